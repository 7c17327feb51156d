import Dispatch
import Synchronization

/// The results of pieces of work that differ in size, done on several threads, in the order of the pieces.
package func concurrentMap<Result: Sendable>(_ count: Int, threads: Int, _ body: @Sendable (Int) -> Result) -> [Result] {
    guard threads > 1, count > 1 else { return (0..<count).map(body) }
    let next = Atomic(0)
    let results = Mutex([Result?](repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
        while true {
            let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard piece < count else { return }
            let result = body(piece)
            results.withLock { $0[piece] = result }
        }
    }
    return results.withLock { $0.compactMap(\.self) }
}
