/// The columns of every table of blocks: number from 1 in the order of the entries, what the block is of, who may be in it, how many entries, its bytes.
private let columns = ["number", "part", "first_cadre", "last_cadre", "entries", "content"]

/// Stores blocks of one kind one after the other.
struct BlockRows<Block: ColumnBlock> {
    let transaction: Transaction
    private var number = 0

    /// Empties the table.
    init(_ transaction: Transaction) throws {
        self.transaction = transaction
        try transaction.clear(Block.table)
    }

    /// Stores a block and empties it; one without entries is no row.
    mutating func store(_ block: inout Block) throws {
        guard let cadres = block.cadreRange else { return }
        number += 1
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        let statement = try PreparedStatement("INSERT INTO \(Block.table) VALUES (\(marks))", in: transaction.database, isKept: true)
        defer { statement.reset() }
        var row = RowWriter()
        row.integer(number)
        row.text(block.part)
        row.text(cadres.lowerBound)
        row.text(cadres.upperBound)
        row.integer(block.count)
        row.blob(block.encoded())
        try statement.execute(row)
        block.removeAll()
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
        let sorted = cadres?.sorted()
        var block = Block()
        var expected = 1
        try forEachRow("SELECT \(columns.joined(separator: ", ")) FROM \(Block.table) ORDER BY number", table: Block.table, columns: columns) { row in
            let (number, part, first, last) = (try row.integer(), try row.text(), try row.text(), try row.text())
            let entries = try row.integer()
            func corrupt(_ reason: String) -> WarehouseError { .corrupt(table: Block.table, row: number, reason: reason) }
            guard number == expected else { throw corrupt("row \(expected) is missing") }
            expected += 1
            if let wanted, part != wanted { return }
            if let sorted, !sorted.mayMeet(first, last) { return }
            try row.withBlob { bytes in
                do throws(BlockReader.Fault) {
                    try block.decode(bytes)
                } catch {
                    throw corrupt(error.reason)
                }
            }
            guard block.cadreRange?.lowerBound == first, block.cadreRange?.upperBound == last, block.part == part, block.count == entries else {
                throw corrupt("it holds other entries than the row says")
            }
            try body(block)
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
