import Dispatch
import Synchronization

/// Work that is done beside its caller's, on a thread of its own where there are several, and asked for its result later.
final class Beside<Value: Sendable>: Sendable {
    private let work: @Sendable () -> Value
    private let done = DispatchGroup()
    private let result = Mutex<Value?>(nil)

    /// - Parameter threads: With one the work is done when its result is asked for.
    init(threads: Int, _ work: @escaping @Sendable () -> Value) {
        self.work = work
        guard threads > 1 else { return }
        DispatchQueue.global(qos: .userInitiated).async(group: done) {
            let value = work()
            self.result.withLock { $0 = value }
        }
    }

    /// The result; waits for it.
    func value() -> Value {
        done.wait()
        if let value = result.withLock({ $0 }) { return value }
        let value = work()
        result.withLock { $0 = value }
        return value
    }
}
