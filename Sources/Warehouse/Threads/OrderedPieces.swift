import Dispatch
import Synchronization

/// What makes the results of pieces of work on several threads and gives them in the order of the pieces: the middle of `OrderedWork` and `OrderedStream`.
///
/// Whoever asks for a result makes pieces too while it is not there, so that one thread more or less changes nothing but the time. What a result is does not depend on who made it.
final class OrderedPieces<Piece: Sendable, Result: Sendable>: Sendable {
    private struct State {
        /// Pieces that nobody has begun, the next one first.
        var waiting: [Piece] = []
        /// How many were begun: the place of the first that waits.
        var begun = 0
        /// What was made and not taken, by place.
        var results: [Int: Result] = [:]
        /// The place of the next to be taken.
        var taken = 0
        /// Threads at work beside the caller's.
        var helpers = 0
        var hasEnded = false
    }

    private let threads: Int
    private let make: @Sendable (Piece) -> Result
    private let state = Mutex(State())
    private let somethingMade = DispatchSemaphore(value: 0)
    private let helpers = DispatchGroup()

    /// - Parameters:
    ///   - threads: The caller's among them.
    ///   - make: Called from several threads, in no order.
    init(threads: Int, _ make: @escaping @Sendable (Piece) -> Result) { (self.threads, self.make) = (threads, make) }

    /// Hands a piece over, and gets other threads to work where so many wait.
    func add(_ piece: Piece, callingFrom few: Int = 1) {
        let waiting = state.withLock { state in
            state.waiting.append(piece)
            return state.waiting.count
        }
        if waiting >= few { callHelpers() }
    }

    /// Gets as many threads to work as there are pieces for. One that finds nothing to do leaves and is called again: one that waited would keep from work begun
    /// elsewhere a thread of the few that there are.
    func callHelpers() {
        let missing = state.withLock { state in
            let missing = state.hasEnded ? 0 : max(0, min(state.waiting.count, threads - 1 - state.helpers))
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
            store(make(piece.piece), piece.place)
            somethingMade.signal()
        }
    }

    /// The result of the next piece; makes others while it is not there.
    ///
    /// - Precondition: A piece was added that was not taken.
    func next() -> Result {
        while true {
            if let result = nextIfMade() { return result }
            if let other = state.withLock({ claim(&$0) }) {
                store(make(other.piece), other.place)
            } else {
                somethingMade.wait()
            }
        }
    }

    /// The result of the next piece, if it is there.
    func nextIfMade() -> Result? {
        state.withLock { state in
            guard let result = state.results.removeValue(forKey: state.taken) else { return nil }
            state.taken += 1
            return result
        }
    }

    /// Begins no further piece.
    func end() { state.withLock { $0.hasEnded = true } }

    /// Waits until nobody else is at work.
    func waitForHelpers() { helpers.wait() }

    private func claim(_ state: inout State) -> (place: Int, piece: Piece)? {
        guard !state.hasEnded, !state.waiting.isEmpty else { return nil }
        state.begun += 1
        return (state.begun - 1, state.waiting.removeFirst())
    }

    private func store(_ result: sending Result, _ place: Int) {
        state.withLock { $0.results[place] = result }
    }
}
