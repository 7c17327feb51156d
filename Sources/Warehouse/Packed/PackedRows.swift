/// Rows of one kind and window, made into a block outside the warehouse: several threads can make blocks side by side.
public struct PackedRows<Stored: PackedRecord>: Sendable {
    /// Rows after which a block ends, once its last cadre is whole: some 40 KB, so that few cadres need little of the table.
    static var size: Int { 512 }

    let window: AppraisalWindow
    let firstCadre: String
    let lastCadre: String
    let rows: Int
    let content: [UInt8]

    /// The blocks of some rows, those of a cadre and window one after the other.
    ///
    /// - Throws: `WarehouseError.failed` where rows do not come by window and cadre, or an indicator comes twice for one cadre.
    public static func blocks(of records: some Sequence<Stored>) throws(WarehouseError) -> [PackedRows] {
        var blocks: [PackedRows] = []
        var writer = PackedWriter(Stored.columns)
        var window = AppraisalWindow.current
        func close() {
            guard let first = writer.block.cadres.first, let last = writer.block.cadres.last else { return }
            blocks.append(
                PackedRows(window: window, firstCadre: first, lastCadre: last, rows: writer.block.count, content: writer.block.encoded()))
            writer.block.removeAll()
        }
        func add(_ own: [Stored]) throws(WarehouseError) {
            guard let first = own.first else { return }
            if first.window != window || writer.block.count >= size { close() }
            window = first.window
            var last: String?
            for record in own.sorted(by: { $0.indicator < $1.indicator }) {
                guard record.indicator != last else { throw .failed(reason: "\(Stored.table): an indicator comes twice for one cadre") }
                last = record.indicator
                writer.beginRow(of: record.cadreID)
                record.write(to: &writer)
            }
        }
        var own: [Stored] = []
        for record in records {
            if let last = own.last, (last.window, last.cadreID) != (record.window, record.cadreID) {
                guard (last.window.rawValue, last.cadreID) < (record.window.rawValue, record.cadreID) else { throw outOfOrder }
                try add(own)
                own.removeAll(keepingCapacity: true)
            }
            own.append(record)
        }
        try add(own)
        close()
        return blocks
    }

    static var outOfOrder: WarehouseError { .failed(reason: "rows of \(Stored.table) do not come by window and cadre") }
}

extension Transaction {
    private static var blockColumns: [String] { ["number", "window", "first_cadre", "last_cadre", "rows", "content"] }

    /// Adds rows, by window and cadre, after those that are there.
    ///
    /// - Throws: `WarehouseError.failed` where they do not come in this order.
    public func insert<Stored: PackedRecord>(_ records: some Sequence<Stored>) throws { try insert(try PackedRows.blocks(of: records)) }

    /// Adds blocks, by window and cadre, after those that are there.
    ///
    /// - Throws: `WarehouseError.failed` where they do not come in this order.
    public func insert<Stored: PackedRecord>(_ blocks: [PackedRows<Stored>]) throws {
        var (number, window, cadre) = (0, "", "")
        let columns = Transaction.blockColumns
        let sql = "SELECT number, window, last_cadre FROM \(Stored.table) ORDER BY number DESC LIMIT 1"
        try forEachRow(sql, table: Stored.table, columns: ["number", "window", "last_cadre"]) { row in
            (number, window, cadre) = (try row.integer(), try row.text(), try row.text())
        }
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        let statement = try PreparedStatement("INSERT INTO \(Stored.table) VALUES (\(marks))", in: database, isKept: true)
        defer { statement.reset() }
        var row = RowWriter()
        for block in blocks {
            guard (window, cadre) < (block.window.rawValue, block.firstCadre) else { throw PackedRows<Stored>.outOfOrder }
            (number, window, cadre) = (number + 1, block.window.rawValue, block.lastCadre)
            row.removeAll()
            row.integer(number)
            row.code(block.window)
            row.text(block.firstCadre)
            row.text(block.lastCadre)
            row.integer(block.rows)
            row.blob(block.content)
            try statement.execute(row)
        }
    }

    /// All rows, by window, cadre and indicator.
    public func all<Stored: PackedRecord>(_ type: Stored.Type) throws -> [Stored] {
        var records: [Stored] = []
        try forEach(type) { records.append($0) }
        return records
    }

    /// Passes every row, or every row of one window, by window, cadre and indicator; one block is in memory at a time.
    ///
    /// - Throws: What `body` throws; `WarehouseError.corrupt` where a block is not what was stored.
    public func forEach<Stored: PackedRecord>(_ type: Stored.Type, window: AppraisalWindow? = nil, _ body: (Stored) throws -> Void) throws {
        try forEach(type, window: window, wanted: nil, body)
    }

    /// Passes the rows of some cadres, by cadre and indicator; only blocks that may hold some are read.
    ///
    /// - Throws: What `body` throws; `WarehouseError.corrupt` where a block is not what was stored.
    public func forEach<Stored: PackedRecord>(
        _ type: Stored.Type, of cadres: some Sequence<String>, window: AppraisalWindow = .current, _ body: (Stored) throws -> Void
    ) throws {
        try forEach(type, window: window, wanted: Set(cadres), body)
    }

    private func forEach<Stored: PackedRecord>(
        _ type: Stored.Type, window: AppraisalWindow?, wanted: Set<String>?, _ body: (Stored) throws -> Void
    ) throws {
        let sorted = wanted?.sorted()
        var reader = PackedReader(Stored.columns, table: Stored.table)
        var expected: Int?
        let columns = Transaction.blockColumns
        // The content comes last, and is not touched where it is not needed.
        let sql = "SELECT \(columns.joined(separator: ", ")) FROM \(Stored.table)\(window.map { " WHERE window = '\($0.rawValue)'" } ?? "") ORDER BY number"
        try forEachRow(sql, table: Stored.table, columns: columns) { row in
            let (number, window, first, last, rows) = (
                try row.integer(), try row.code(AppraisalWindow.self), try row.text(), try row.text(), try row.integer()
            )
            func corrupt(_ reason: String) -> WarehouseError { .corrupt(table: Stored.table, row: number, reason: reason) }
            let next = expected ?? (window == .current ? 1 : number)
            guard number == next else { throw corrupt("row \(next) is missing") }
            expected = number + 1
            if let sorted, !sorted.mayMeet(first, last) { return }
            try row.withBlob { bytes in
                do throws(BlockReader.Fault) {
                    try reader.open(bytes)
                } catch {
                    throw corrupt(error.reason)
                }
            }
            let (cadres, counts) = (reader.block.cadres, reader.block.rowCounts)
            guard cadres.first == first, cadres.last == last, reader.block.count == rows else { throw corrupt("it holds other rows than the row says") }
            var place = 0
            for (cadre, count) in zip(cadres, counts) {
                defer { place += count }
                guard wanted?.contains(cadre) ?? true else { continue }
                for own in place..<(place + count) {
                    reader.go(to: own)
                    try body(try Stored(window: window, cadreID: cadre, from: &reader))
                }
            }
        }
    }
}
