import Dispatch
import Synchronization

/// Pieces of work that are made on several threads, and whose results are taken on the caller's thread, one at a time and in order.
///
/// The caller makes pieces too while the next result is not there, so that one thread more or less changes nothing but the time.
package struct OrderedWork<Result: Sendable>: Sendable {
    private struct State {
        var results: [Int: Result] = [:]
        /// The next piece that nobody has begun.
        var next = 0
        /// The next piece to be taken.
        var taken = 0
        /// Threads at work beside the caller's.
        var helpers = 0
        var hasEnded = false
    }

    private let count: Int
    private let threads: Int
    private let ahead: Int
    private let make: @Sendable (Int) -> Result

    /// - Parameters:
    ///   - count: Pieces.
    ///   - threads: The caller's among them.
    ///   - ahead: How many pieces may be begun and not yet taken, for each thread: results wait in memory.
    ///   - make: May not depend on which thread calls it.
    package init(count: Int, threads: Int, ahead: Int = 3, _ make: @escaping @Sendable (Int) -> Result) {
        (self.count, self.threads, self.ahead, self.make) = (count, threads, ahead, make)
    }

    /// Calls `take` with the result of each piece, in the order of the pieces.
    package func forEach(_ take: (Int, Result) throws -> Void) rethrows { try begin().forEach(take) }

    /// Lets other threads begin while the caller does something else first.
    package func begin() -> Begun { Begun(self) }

    /// Work that other threads do; it ends with whoever holds it.
    package final class Begun {
        private let work: OrderedWork
        private let shared: Shared?

        fileprivate init(_ work: OrderedWork) {
            self.work = work
            shared = work.threads > 1 && work.count > 1 ? Shared(work: work) : nil
            shared?.callHelpers()
        }

        deinit { shared?.end() }

        /// Calls `take` with the result of each piece, in the order of the pieces; once.
        package func forEach(_ take: (Int, Result) throws -> Void) rethrows {
            guard let shared else {
                for piece in 0..<work.count { try take(piece, work.make(piece)) }
                return
            }
            defer {
                shared.end()
                shared.waitForHelpers()
            }
            for piece in 0..<work.count { try take(piece, shared.result(of: piece)) }
        }
    }

    private final class Shared: Sendable {
        private let work: OrderedWork
        private let state = Mutex(State())
        private let somethingMade = DispatchSemaphore(value: 0)
        private let helpers = DispatchGroup()

        init(work: OrderedWork) { self.work = work }

        /// Gets as many threads to work as there are pieces for. One that finds nothing to do leaves and is called again: one that waited would keep from work begun
        /// elsewhere a thread of the few that there are.
        func callHelpers() {
            let missing = state.withLock { state in
                let pieces = min(work.count - state.next, work.ahead * work.threads - (state.next - state.taken))
                let missing = state.hasEnded ? 0 : max(0, min(pieces, work.threads - 1 - state.helpers))
                state.helpers += missing
                return missing
            }
            for _ in 0..<missing { DispatchQueue.global().async(group: helpers) { self.help() } }
        }

        /// Makes pieces until there is none to be begun.
        private func help() {
            while true {
                let piece = state.withLock { state in
                    let piece = claim(&state)
                    if piece == nil { state.helpers -= 1 }
                    return piece
                }
                guard let piece else { return }
                store(work.make(piece), piece)
                somethingMade.signal()
            }
        }

        /// The result of the next piece; makes others while it is not there.
        func result(of piece: Int) -> Result {
            while true {
                if let result = state.withLock({ take(piece, &$0) }) {
                    callHelpers()
                    return result
                }
                if let other = state.withLock({ claim(&$0) }) {
                    store(work.make(other), other)
                } else {
                    somethingMade.wait()
                }
            }
        }

        func end() { state.withLock { $0.hasEnded = true } }

        func waitForHelpers() { helpers.wait() }

        private func claim(_ state: inout State) -> Int? {
            if state.hasEnded || state.next == work.count || state.next - state.taken >= work.ahead * work.threads { return nil }
            state.next += 1
            return state.next - 1
        }

        private func store(_ result: sending Result, _ piece: Int) {
            state.withLock { $0.results[piece] = result }
        }

        private func take(_ piece: Int, _ state: inout State) -> Result? {
            guard let result = state.results.removeValue(forKey: piece) else { return nil }
            state.taken += 1
            return result
        }
    }
}
