/// A block of facts as a row: who is in it, and its bytes.
struct FactBlockRecord {
    static let table = "fact_blocks"
    static let columns = ["number", "first_cadre", "last_cadre", "facts", "content"]

    /// Counts from 1, in the order of the facts.
    var number: Int
    /// The first cadre of the block.
    var firstCadre: String
    /// The last one.
    var lastCadre: String
    /// How many facts the block holds.
    var facts: Int
    /// As `FactBlock.encoded` gave it.
    var content: [UInt8]
}

extension Transaction {
    /// Adds a block.
    func insert(_ block: FactBlockRecord) throws {
        let marks = FactBlockRecord.columns.map { _ in "?" }.joined(separator: ", ")
        let statement = try PreparedStatement("INSERT INTO \(FactBlockRecord.table) VALUES (\(marks))", in: database, isKept: true)
        defer { statement.reset() }
        var row = RowWriter()
        row.integer(block.number)
        row.text(block.firstCadre)
        row.text(block.lastCadre)
        row.integer(block.facts)
        row.blob(block.content)
        try statement.execute(row)
    }

    /// Passes the blocks in their order, all or only those that may hold facts of some cadres, each read into the same memory.
    ///
    /// - Throws: What `body` throws; `WarehouseError.corrupt` where a block is not what was stored.
    func forEachBlock(of cadres: Set<String>?, _ body: (FactBlock) throws -> Void) throws {
        let sorted = cadres?.sorted()
        var block = FactBlock()
        var expected = 1
        let columns = FactBlockRecord.columns
        try forEachRow(
            "SELECT \(columns.joined(separator: ", ")) FROM \(FactBlockRecord.table) ORDER BY number", table: FactBlockRecord.table, columns: columns
        ) { row in
            let (number, first, last, facts) = (try row.integer(), try row.text(), try row.text(), try row.integer())
            func corrupt(_ reason: String) -> WarehouseError { .corrupt(table: FactBlockRecord.table, row: number, reason: reason) }
            guard number == expected else { throw corrupt("row \(expected) is missing") }
            expected += 1
            if let sorted, !sorted.mayMeet(first, last) { return }
            try row.withBlob { bytes in
                do throws(FactByteReader.Fault) {
                    try block.decode(bytes)
                } catch {
                    throw corrupt(error.reason)
                }
            }
            guard block.cadres.first == first, block.cadres.last == last, block.count == facts else { throw corrupt("it holds other facts than the row says") }
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
