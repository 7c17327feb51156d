/// Pieces that are handed over one by one, made into results on several threads, and passed on in their order: while others make, the caller fetches more pieces.
///
/// What a result is does not depend on the number of threads; so many pieces and results are in memory at a time as are under way.
package final class OrderedStream<Piece: Sendable, Result: Sendable> {
    private let pieces: OrderedPieces<Piece, Result>
    /// How many may be under way: one that takes long holds up none of those after it until so many have been made.
    private let most: Int
    /// From how many on others are called: it takes longer to wake a thread than to make a small piece.
    private let few: Int
    /// Handed over, and not passed on.
    private var underWay = 0

    /// - Parameters:
    ///   - threads: The caller's among them.
    ///   - make: Called from several threads, in no order.
    package init(threads: Int, _ make: @escaping @Sendable (Piece) -> Result) {
        pieces = OrderedPieces(threads: threads, make)
        (most, few) = threads > 1 ? (12 * threads, 2 * threads) : (1, 1)
    }

    deinit { pieces.end() }

    /// Hands a piece over, and passes results that are there.
    package func add(_ piece: Piece, _ pass: (Result) throws -> Void) throws {
        pieces.add(piece, callingFrom: few)
        underWay += 1
        while underWay >= most { try passNext(pass) }
        while underWay > 0, let result = pieces.nextIfMade() {
            underWay -= 1
            try pass(result)
        }
    }

    /// Passes all that is left.
    package func finish(_ pass: (Result) throws -> Void) throws {
        pieces.callHelpers()
        while underWay > 0 { try passNext(pass) }
    }

    private func passNext(_ pass: (Result) throws -> Void) throws {
        underWay -= 1
        try pass(pieces.next())
    }
}
