/// Pieces that are handed over one by one, made into results on several threads, and passed on in their order: while others make, the caller fetches more pieces.
///
/// What a result is does not depend on the number of threads; a batch of pieces and one of results are in memory at a time.
package struct OrderedStream<Piece: Sendable, Result: Sendable> {
    private let threads: Int
    private let make: @Sendable (Piece) -> Result
    private var waiting: [Piece] = []
    private var working: SideWork<Result>?

    /// - Parameters:
    ///   - threads: The caller's among them.
    ///   - make: Called from several threads, in no order.
    package init(threads: Int, _ make: @escaping @Sendable (Piece) -> Result) {
        (self.threads, self.make) = (max(threads, 1), make)
    }

    /// Hands a piece over, and passes results that are there.
    package mutating func add(_ piece: Piece, _ pass: (Result) throws -> Void) throws {
        waiting.append(piece)
        if waiting.count == 8 * threads { try begin(pass) }
    }

    /// Passes all that is left.
    package mutating func finish(_ pass: (Result) throws -> Void) throws {
        try begin(pass)
        try end(working, pass)
        working = nil
    }

    /// Other threads begin with what was handed over, while this one ends the batch before.
    private mutating func begin(_ pass: (Result) throws -> Void) throws {
        let (pieces, before, make) = (waiting, working, make)
        waiting.removeAll(keepingCapacity: true)
        working = SideWork(pieces.count, threads: threads) { make(pieces[$0]) }
        try end(before, pass)
    }

    private func end(_ work: SideWork<Result>?, _ pass: (Result) throws -> Void) throws {
        for result in work?.results() ?? [] { try pass(result) }
    }
}
