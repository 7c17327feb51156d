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
    @specialized(where Stored == EstimateRecord)
    @specialized(where Stored == ObservationRecord)
    public static func blocks(of records: ArraySlice<Stored>) throws(WarehouseError) -> [PackedRows] {
        var blocks: [PackedRows] = []
        var writer = PackedWriter(Stored.columns)
        var window = AppraisalWindow.current
        func close() {
            guard let first = writer.block.cadres.first, let last = writer.block.cadres.last else { return }
            blocks.append(
                PackedRows(window: window, firstCadre: first, lastCadre: last, rows: writer.block.count, content: writer.block.encoded()))
            writer.block.removeAll()
        }
        var order = IndicatorOrder()
        var start = records.startIndex
        while start != records.endIndex {
            let first = records[start]
            var end = start + 1
            while end != records.endIndex, records[end].cadreID == first.cadreID, records[end].window == first.window { end += 1 }
            let own = records[start..<end]
            if end != records.endIndex {
                let next = records[end]
                guard (first.window.rawValue, first.cadreID) < (next.window.rawValue, next.cadreID) else { throw outOfOrder }
            }
            if first.window != window || writer.block.count >= size { close() }
            window = first.window
            guard order.set(own.lazy.map { $0.indicator }) else { throw .failed(reason: "\(Stored.table): an indicator comes twice for one cadre") }
            for place in order.places {
                writer.beginRow(of: first.cadreID)
                own[start + place].write(to: &writer)
            }
            start = end
        }
        close()
        return blocks
    }

    static var outOfOrder: WarehouseError { .failed(reason: "rows of \(Stored.table) do not come by window and cadre") }
}

/// Where the rows of a cadre stand once they are sorted by indicator: mostly where those of the cadre before them did.
private struct IndicatorOrder {
    private var names: [String] = []
    private(set) var places: [Int] = []

    /// - Returns: Whether each indicator comes once.
    mutating func set(_ indicators: some Collection<String>) -> Bool {
        guard !names.elementsEqual(indicators) else { return true }
        names = Array(indicators)
        places = names.indices.sorted { names[$0] < names[$1] }
        return !zip(places, places.dropFirst()).contains { names[$0] == names[$1] }
    }
}

extension Transaction {
    private static var blockColumns: [String] { ["number", "window", "first_cadre", "last_cadre", "rows", "content"] }

    /// Adds rows, by window and cadre, after those that are there.
    ///
    /// - Throws: `WarehouseError.failed` where they do not come in this order.
    public func insert<Stored: PackedRecord>(_ records: some Sequence<Stored>) throws { try insert(try PackedRows.blocks(of: Array(records)[...])) }

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
        var reader = PackedReader(Stored.columns, table: Stored.table)
        try forEachBlock(type, window: window, wanted: wanted) { place, bytes in
            try reader.open(bytes, at: place)
            try reader.forEachCadre(of: wanted) { cadre, rows, reader in
                for own in rows {
                    reader.go(to: own)
                    try body(try Stored(window: place.window, cadreID: cadre, from: &reader))
                }
            }
        }
    }

    /// Makes something of the rows of each block on several threads, and passes what was made by window, cadre and indicator.
    ///
    /// SQLite is read by one thread; some dozen blocks are in memory at a time.
    ///
    /// - Parameters:
    ///   - transform: Called from several threads, in no order.
    ///   - body: Called from this one.
    /// - Throws: What `body` throws; `WarehouseError.corrupt` where a block is not what was stored.
    package func mapBlocks<Stored: PackedRecord, Result: Sendable>(
        _ type: Stored.Type, threads: Int, _ transform: @escaping @Sendable ([Stored]) -> Result, _ body: (Result) throws -> Void
    ) throws {
        typealias Stretch = (place: PackedPlace, bytes: [UInt8])
        let stream = OrderedStream<Stretch, Swift.Result<Result, any Error>>(threads: threads) { stretch in
            Swift.Result {
                var reader = PackedReader(Stored.columns, table: Stored.table)
                try stretch.bytes.withUnsafeBytes { try reader.open($0, at: stretch.place) }
                return transform(try reader.all(Stored.self, window: stretch.place.window))
            }
        }
        try forEachBlock(type, window: nil, wanted: nil) { place, bytes in
            try stream.add((place, Array(bytes))) { try body(try $0.get()) }
        }
        try stream.finish { try body(try $0.get()) }
    }

    /// Passes the blocks in their order, unread; their bytes are SQLite's and stay only for the call.
    ///
    /// - Parameter wanted: Where given, only blocks that may hold rows of some of them.
    func forEachBlock<Stored: PackedRecord>(
        _ type: Stored.Type, window: AppraisalWindow?, wanted: Set<String>?, _ body: (PackedPlace, UnsafeRawBufferPointer) throws -> Void
    ) throws {
        let sorted = wanted?.sorted()
        var expected: Int?
        let columns = Transaction.blockColumns
        // The content comes last, and is not touched where it is not needed.
        let sql = "SELECT \(columns.joined(separator: ", ")) FROM \(Stored.table)\(window.map { " WHERE window = '\($0.rawValue)'" } ?? "") ORDER BY number"
        try forEachRow(sql, table: Stored.table, columns: columns) { row in
            let place = PackedPlace(
                number: try row.integer(), window: try row.code(AppraisalWindow.self), first: try row.text(), last: try row.text(), rows: try row.integer())
            let next = expected ?? (place.window == .current ? 1 : place.number)
            guard place.number == next else { throw WarehouseError.corrupt(table: Stored.table, row: place.number, reason: "row \(next) is missing") }
            expected = place.number + 1
            if let sorted, !sorted.mayMeet(place.first, place.last) { return }
            try row.withBlob { bytes in try body(place, bytes) }
        }
    }
}

/// Which block, and what its row says of it.
struct PackedPlace: Sendable {
    let number: Int
    let window: AppraisalWindow
    let first: String
    let last: String
    let rows: Int
}

extension PackedReader {
    /// Reads the block that stands at a place.
    ///
    /// - Throws: `WarehouseError.corrupt` where it is not what was stored there.
    mutating func open(_ bytes: UnsafeRawBufferPointer, at place: PackedPlace) throws(WarehouseError) {
        do throws(BlockReader.Fault) {
            try open(bytes)
        } catch {
            throw .corrupt(table: table, row: place.number, reason: error.reason)
        }
        guard block.cadres.first == place.first, block.cadres.last == place.last, block.count == place.rows else {
            throw .corrupt(table: table, row: place.number, reason: "it holds other rows than the row says")
        }
    }

    /// All rows of the block.
    @specialized(where Stored == EstimateRecord)
    @specialized(where Stored == ObservationRecord)
    fileprivate mutating func all<Stored: PackedRecord>(_ type: Stored.Type, window: AppraisalWindow) throws(WarehouseError) -> [Stored] {
        var records: [Stored] = []
        records.reserveCapacity(block.count)
        let (cadres, counts) = (block.cadres, block.rowCounts)
        for (cadre, count) in zip(cadres, counts) {
            for _ in 0..<count {
                go(to: records.count)
                records.append(try Stored(window: window, cadreID: cadre, from: &self))
            }
        }
        return records
    }

    /// Passes each cadre of the block, or each of some, with the places of their rows.
    mutating func forEachCadre<Failure: Error>(
        of wanted: Set<String>?, _ body: (String, Range<Int>, inout PackedReader) throws(Failure) -> Void
    ) throws(Failure) {
        let (cadres, counts) = (block.cadres, block.rowCounts)
        var start = 0
        for (cadre, count) in zip(cadres, counts) {
            defer { start += count }
            guard wanted?.contains(cadre) ?? true else { continue }
            try body(cadre, start..<(start + count), &self)
        }
    }
}
