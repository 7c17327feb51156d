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
    /// Ends the last block.
    mutating func flush()
    /// Whether its entries come after those of another, which has some.
    func follows(_ earlier: Self) -> Bool
    /// What is wrong where they do not.
    static var outOfOrder: WarehouseError { get }
}

extension BlockBuilder {
    /// Keeps only what tells where its entries ended.
    fileprivate mutating func forget() { finished = FinishedBlocks() }
}

/// Stores what builders made, one stretch of a table after the other.
struct BlockRows<Builder: BlockBuilder> {
    private let measures: Set<String>
    private let statement: PreparedStatement
    private var number = 0
    private var before: Builder?
    private var row = RowWriter()

    /// Empties the table.
    init(_ transaction: Transaction) throws {
        try transaction.clear(Builder.Block.table)
        measures = Set(try transaction.all(MeasureRecord.self).map(\.measure))
        let marks = blockColumns.map { _ in "?" }.joined(separator: ", ")
        statement = try PreparedStatement("INSERT INTO \(Builder.Block.table) VALUES (\(marks))", in: transaction.database, isKept: true)
    }

    /// Stores the next stretch.
    private mutating func add(_ builder: Builder) throws {
        defer { statement.reset() }
        if builder.finished.all.isEmpty { return }
        if let before, !builder.follows(before) { throw Builder.outOfOrder }
        for block in builder.finished.all {
            number += 1
            row.removeAll()
            row.integer(number)
            row.text(block.part)
            row.text(block.first)
            row.text(block.last)
            row.integer(block.entries)
            row.blob(block.content)
            try statement.execute(row)
        }
        before = builder
        before?.forget()
    }
    /// Stores one more stretch: what `body` adds.
    mutating func append(_ body: (inout Builder) throws -> Void) throws {
        var builder = Builder(measures: measures)
        try body(&builder)
        builder.flush()
        try add(builder)
    }

    /// Stores more stretches: what each comes to is made on several threads, and stored by this one; a few wait in memory.
    ///
    /// Where blocks end depends on the stretches, and on nothing else.
    ///
    /// - Throws: Of several failures that of the first stretch.
    mutating func append(stretches: Int, threads: Int, _ make: @escaping @Sendable (Int, inout Builder) throws -> Void) throws {
        let measures = measures
        try OrderedWork(count: stretches, threads: threads) { stretch in
            Result {
                var builder = Builder(measures: measures)
                try make(stretch, &builder)
                builder.flush()
                return builder
            }
        }.forEach { _, result in try add(try result.get()) }
    }
}
