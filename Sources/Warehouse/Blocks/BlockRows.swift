import Synchronization

/// The columns of every table of blocks: number from 1 in the order of the entries, what the block is of, who may be in it, how many entries, its bytes.
private let columns = ["number", "part", "first_cadre", "last_cadre", "entries", "content"]

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
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        statement = try PreparedStatement("INSERT INTO \(Builder.Block.table) VALUES (\(marks))", in: transaction.database, isKept: true)
    }

    /// Stores the next stretch.
    ///
    /// - Throws: Also where it does not follow the one before.
    mutating func add(_ builder: Builder) throws {
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
        builder.end()
        try add(builder)
    }
}

/// What the row of a block says of it.
private struct BlockLabel {
    let number: Int
    let part: String
    let first: String
    let last: String
    let entries: Int

    /// Fills a block with the row's bytes.
    ///
    /// - Throws: `WarehouseError.corrupt` where they are not what was stored.
    func open<Block: ColumnBlock>(_ block: inout Block, _ bytes: UnsafeRawBufferPointer) throws(WarehouseError) {
        do throws(BlockReader.Fault) {
            try block.decode(bytes)
        } catch {
            throw corrupt(Block.table, error.reason)
        }
        guard block.cadreRange?.lowerBound == first, block.cadreRange?.upperBound == last, block.part == part, block.count == entries else {
            throw corrupt(Block.table, "it holds other entries than the row says")
        }
    }

    func corrupt(_ table: String, _ reason: String) -> WarehouseError { .corrupt(table: table, row: number, reason: reason) }
}

/// A block's row, taken out of SQLite.
private struct StoredBlock: Sendable {
    let label: BlockLabel
    let bytes: [UInt8]

    func open<Block: ColumnBlock>(_ block: inout Block) throws {
        try bytes.withUnsafeBytes { try label.open(&block, $0) }
    }
}

extension Transaction {
    /// Passes the blocks in their order, each read into the same memory.
    ///
    /// - Parameters:
    ///   - part: Where given, only blocks of it; the bytes of others are not read.
    ///   - cadres: Where given, only blocks that may hold entries of some of them.
    /// - Throws: What `body` throws; `WarehouseError.corrupt` where a block is not what was stored.
    func forEachBlock<Block: ColumnBlock>(
        _ type: Block.Type, part wanted: String? = nil, of cadres: Set<String>? = nil, _ body: (Block) throws -> Void
    ) throws {
        var block = Block()
        try forEachBlockRow(type, part: wanted, of: cadres) { label, bytes in
            try label.open(&block, bytes)
            try body(block)
        }
    }

    /// Makes something of each block on several threads, and passes what was made in the order of the blocks: the number of threads changes the time alone.
    ///
    /// SQLite is read by one thread; some dozen blocks are in memory at a time.
    ///
    /// - Parameters:
    ///   - part: As for `forEachBlock`.
    ///   - transform: Called from several threads, in no order.
    ///   - body: Called from this one.
    /// - Throws: As `forEachBlock`; of several failures that of the first block.
    func mapBlocks<Block: ColumnBlock, Result: Sendable>(
        _ type: Block.Type, part wanted: String? = nil, threads: Int,
        _ transform: @escaping @Sendable (Block) throws -> Result, _ body: (Result) throws -> Void
    ) throws {
        let spare = Mutex<[Block]>([])
        // Memory that has grown to a block's size serves again.
        @Sendable func made(_ stored: StoredBlock) -> Swift.Result<Result, any Error> {
            var block = spare.withLock { $0.popLast() } ?? Block()
            let result: Swift.Result<Result, any Error>
            do {
                try stored.open(&block)
                result = .success(try transform(block))
            } catch {
                result = .failure(error)
            }
            spare.withLock { [block] in $0.append(block) }
            return result
        }
        let stream = OrderedStream<StoredBlock, Swift.Result<Result, any Error>>(threads: threads, made)
        try forEachBlockRow(type, part: wanted, of: nil) { label, bytes in
            try stream.add(StoredBlock(label: label, bytes: Array(bytes))) { try body(try $0.get()) }
        }
        try stream.finish { try body(try $0.get()) }
    }

    /// Passes the rows of blocks with their bytes, which are SQLite's and stay only that long.
    private func forEachBlockRow<Block: ColumnBlock>(
        _ type: Block.Type, part wanted: String?, of cadres: Set<String>?, _ body: (BlockLabel, UnsafeRawBufferPointer) throws -> Void
    ) throws {
        let sorted = cadres?.sorted()
        var expected = 1
        try forEachRow("SELECT \(columns.joined(separator: ", ")) FROM \(Block.table) ORDER BY number", table: Block.table, columns: columns) { row in
            let label = BlockLabel(
                number: try row.integer(), part: try row.text(), first: try row.text(), last: try row.text(), entries: try row.integer())
            guard label.number == expected else { throw label.corrupt(Block.table, "row \(expected) is missing") }
            expected += 1
            if let wanted, label.part != wanted { return }
            if let sorted, !sorted.mayMeet(label.first, label.last) { return }
            try row.withBlob { try body(label, $0) }
        }
    }
}

extension [String] {
    /// Whether one of these, which ascend, lies between two: the first who is not before them decides.
    func mayMeet(_ first: String, _ last: String) -> Bool {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < first { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low] <= last
    }
}
