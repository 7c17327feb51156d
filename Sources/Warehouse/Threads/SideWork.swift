import Dispatch
import Synchronization

/// Pieces of work that other threads begin while this one goes on, and that it ends together with them when it needs the results.
///
/// What a piece gives does not depend on the others, so the results are the same however many threads there are; with one, all is done where the results are asked for.
public final class SideWork<Result: Sendable>: Sendable {
    private let body: @Sendable (Int) -> Result
    private let next = Atomic(0)
    private let done: Mutex<[Result?]>
    private let helpers = DispatchGroup()
    private let count: Int

    /// - Parameters:
    ///   - count: Pieces.
    ///   - threads: This one among them.
    ///   - waitsForDisk: Whether a piece mostly waits for the disk: its threads are then beside the few that compute, and keep none of them from work.
    public init(_ count: Int, threads: Int, waitsForDisk: Bool = false, _ body: @escaping @Sendable (Int) -> Result) {
        (self.count, self.body) = (count, body)
        done = Mutex([Result?](repeating: nil, count: count))
        for _ in 0..<max(0, min(threads - 1, count)) {
            let queue = waitsForDisk ? DispatchQueue(label: "waits for the disk") : .global()
            queue.async(group: helpers) { self.work() }
        }
    }

    /// The results, in the order of the pieces.
    public func results() -> [Result] {
        work()
        helpers.wait()
        return done.withLock { $0.compactMap(\.self) }
    }

    private func work() {
        while true {
            let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard piece < count else { return }
            let result = body(piece)
            done.withLock { $0[piece] = result }
        }
    }
}
