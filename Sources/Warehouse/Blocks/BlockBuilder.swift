/// A block as bytes, with what its row says of it.
struct EncodedBlock: Sendable {
    let part: String
    let first: String
    let last: String
    let entries: Int
    let content: [UInt8]
}

/// The blocks of a long table that are whole.
struct FinishedBlocks<Block: ColumnBlock>: Sendable {
    private(set) var all: [EncodedBlock] = []

    /// Takes a block and empties it; one without entries is no row.
    mutating func finish(_ block: inout Block) {
        guard let cadres = block.cadreRange else { return }
        all.append(
            EncodedBlock(part: block.part, first: cadres.lowerBound, last: cadres.upperBound, entries: block.count, content: block.encoded()))
        block.removeAll()
    }
}

/// Makes the blocks of a long table out of entries that come in its order, outside the warehouse: several work side by side, each on a stretch of the table.
protocol BlockBuilder: Sendable {
    associatedtype Block: ColumnBlock

    /// - Parameter measures: Those of `measures`; no entry may be of another.
    init(measures: Set<String>)
    var finished: FinishedBlocks<Block> { get set }
    /// The one that entries are added to.
    var block: Block { get set }
    /// Ends the block, and goes on in another.
    mutating func flush()
    /// Whether its entries come after those of another, which has some.
    func follows(_ earlier: Self) -> Bool
    /// What is wrong where they do not.
    static var outOfOrder: WarehouseError { get }
}

extension BlockBuilder {
    /// Ends the last block. Its memory is given back: what is made waits for its turn, and what it was made in is several times as much.
    mutating func end() {
        flush()
        block = Block()
    }
}
