import Dispatch
import Synchronization

/// Work cut into blocks of fixed size, done on several threads, and handed back in the order of the blocks.
///
/// The blocks do not depend on the number of threads, so sums over them come out the same to the last bit however many there are.
enum Blocks {
    /// Units in a block: enough to outweigh the handing out, few enough to keep two cores evenly busy.
    static let size = 512

    /// - Parameter size: Of a block.
    static func map<Result: Sendable>(_ count: Int, size: Int = size, threads: Int, _ body: @Sendable (Range<Int>) -> Result) -> [Result] {
        let blocks = (count + size - 1) / size
        let range: @Sendable (Int) -> Range<Int> = { $0 * size..<min(count, ($0 + 1) * size) }
        guard threads > 1, blocks > 1 else { return (0..<blocks).map { body(range($0)) } }
        let next = Atomic(0)
        let results = Mutex([Result?](repeating: nil, count: blocks))
        DispatchQueue.concurrentPerform(iterations: min(threads, blocks)) { _ in
            while true {
                let block = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard block < blocks else { return }
                let result = body(range(block))
                results.withLock { $0[block] = result }
            }
        }
        return results.withLock { $0.compactMap(\.self) }
    }
}
