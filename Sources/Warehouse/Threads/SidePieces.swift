import Dispatch
import Synchronization

/// Pieces of work that read the warehouse, and that threads claim one by one.
final class SidePieces<Result: Sendable>: Sendable {
    private struct State {
        var made: [Swift.Result<Result, any Error>?]
        /// The next piece that nobody has begun.
        var next = 0
    }

    private let body: @Sendable (Int, Transaction) throws -> Result
    private let state: Mutex<State>
    private let somethingMade = DispatchSemaphore(value: 0)

    init(_ count: Int, _ body: @escaping @Sendable (Int, Transaction) throws -> Result) {
        self.body = body
        state = Mutex(State(made: [Swift.Result<Result, any Error>?](repeating: nil, count: count)))
    }

    /// Makes pieces until there is none left to begin, or one has failed.
    func work(_ transaction: Transaction) {
        while let piece = claimed() {
            let result = Swift.Result { try body(piece, transaction) }
            state.withLock { state in
                state.made[piece] = result
                if case .failure = result { state.next = state.made.count }
            }
            somethingMade.signal()
        }
    }

    private func claimed() -> Int? {
        state.withLock { state in
            guard state.next < state.made.count else { return nil }
            state.next += 1
            return state.next - 1
        }
    }

    /// Begins no further piece.
    func stop() { state.withLock { $0.next = $0.made.count } }

    /// What all pieces gave, when nobody is at work any more.
    ///
    /// - Throws: What the first piece that failed has thrown: those before it were begun earlier, and are done.
    func results() throws -> [Result] { try state.withLock { $0.made }.compactMap { try $0?.get() } }

    /// What a piece gave, as soon as it is there; it is given once. Pieces are asked for in their order, while others work.
    ///
    /// - Throws: What the piece has thrown.
    func result(of piece: Int) throws -> Result {
        while true {
            let result = state.withLock { state in
                defer { state.made[piece] = nil }
                return state.made[piece]
            }
            if let result { return try result.get() }
            somethingMade.wait()
        }
    }
}
