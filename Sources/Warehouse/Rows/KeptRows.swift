import GRDBSQLite
public import PipelineModel

extension SourceRole {
    /// Whether rows are kept in blocks: those of which a cadre has many, which are read by the million and which nobody looks at one by one.
    ///
    /// Rosters, posts, cases and reviews, at which people look, are rows of SQLite.
    public var isPacked: Bool {
        switch self {
        case .leave, .training, .appraisals, .tasks, .ballots, .petitions, .clarifications: true
        default: false
        }
    }
}

/// The columns of every table of packed rows: file and line of the first row in one number, its file and line, how many rows, their bytes.
private let blockColumns = ["place", "file_id", "line", "rows", "content"]

extension Transaction {
    /// Adds the rows of a batch, whose last block has ended.
    func insertBlocks(_ batch: RowBatch, fileID: Int, linesLater: Int) throws {
        let sql = "INSERT INTO \(batch.layout.table) (\(blockColumns.joined(separator: ", "))) VALUES (?, ?, ?, ?, ?)"
        let statement = try PreparedStatement(sql, in: database, isKept: true)
        defer { statement.reset() }
        for block in batch.finished {
            let line = block.firstLine + linesLater
            try block.content.withUnsafeBytes { content in
                // The first code that is no success stands for all.
                let codes = [
                    sqlite3_bind_int64(statement.handle, 1, Int64(SourceRole.place(fileID: fileID, line: line))),
                    sqlite3_bind_int64(statement.handle, 2, Int64(fileID)),
                    sqlite3_bind_int64(statement.handle, 3, Int64(line)),
                    sqlite3_bind_int64(statement.handle, 4, Int64(block.rows)),
                    sqlite3_bind_blob64(statement.handle, 5, content.baseAddress, UInt64(content.count), nil),
                ]
                try statement.executeBound(codes.first { $0 != SQLITE_OK } ?? SQLITE_OK)
            }
        }
    }

    /// Passes some fields of every row of a packed role, by file and line.
    ///
    /// - Parameters:
    ///   - fields: Of the role; `target_cadre_id` is the cadre that a row is about.
    ///   - isUnresolved: Whether only rows that name nobody for certain are passed; not for roles that are about nobody.
    /// - Throws: What `body` throws; `WarehouseError.corrupt` where a block is not what was stored.
    public func forEachKeptRow(
        of role: SourceRole, fields: [String], ifUnresolved isUnresolved: Bool = false, _ body: (KeptRow) throws -> Void
    ) throws {
        try forEachKeptRow(of: role, fields: fields, within: nil, ifUnresolved: isUnresolved, body)
    }

    /// - Parameter place: Where given, only the block is read that would hold the row at it.
    func forEachKeptRow(
        of role: SourceRole, fields: [String], within place: Int?, ifUnresolved isUnresolved: Bool = false, _ body: (KeptRow) throws -> Void
    ) throws {
        let pass = try KeptRowPass(of: role, fields: fields, ifUnresolved: isUnresolved, in: self)
        try forEachBlock(of: pass.layout, within: place) { block, bytes in try pass.forEachRow(of: block, bytes, body) }
    }

    /// Adds up the rows of each block on several threads, and passes what they came to by file and line of their first: the number of threads changes the time alone.
    ///
    /// SQLite is read by this thread; some dozen blocks are in memory at a time.
    ///
    /// - Parameters:
    ///   - fields: As for `forEachKeptRow`, and so is `isUnresolved`.
    ///   - empty: What a block without rows comes to.
    ///   - add: Called from several threads, for the rows of a block in their order.
    ///   - body: Called from this one.
    /// - Throws: As `forEachKeptRow`; of several failures that of the first block.
    public func foldKeptRows<Part: Sendable>(
        of role: SourceRole, fields: [String], ifUnresolved isUnresolved: Bool = false, threads: Int, from empty: Part,
        _ add: @escaping @Sendable (inout Part, KeptRow) throws -> Void, _ body: (Part) throws -> Void
    ) throws {
        let pass = try KeptRowPass(of: role, fields: fields, ifUnresolved: isUnresolved, in: self)
        let stream = OrderedStream<(block: RowBlockLabel, bytes: [UInt8]), Result<Part, any Error>>(threads: threads) { stored in
            Result {
                var part = empty
                try stored.bytes.withUnsafeBytes { bytes in try pass.forEachRow(of: stored.block, bytes) { try add(&part, $0) } }
                return part
            }
        }
        try forEachBlock(of: pass.layout, within: nil) { block, bytes in
            try stream.add((block, Array(bytes))) { try body(try $0.get()) }
        }
        try stream.finish { try body(try $0.get()) }
    }

    /// Passes every row of a table of blocks with all its fields, by file and line.
    func forEachRow(of layout: RowLayout, _ body: (KeptRow) throws -> Void) throws {
        try layout.columns.withUnsafeBufferPointer { columns in
            try forEachBlock(of: layout, within: nil) { block, bytes in
                let block = try OpenRowBlock(bytes, block, layout)
                try block.forEachRow { slots, line in try body(block.row(slots, line, columns)) }
            }
        }
    }

    /// Passes the blocks of a table with their bytes, which are SQLite's and stay only that long.
    private func forEachBlock(of layout: RowLayout, within place: Int?, _ body: (RowBlockLabel, UnsafeRawBufferPointer) throws -> Void) throws {
        let condition = place.map { " WHERE place = (SELECT MAX(place) FROM \(layout.table) WHERE place <= \($0))" } ?? ""
        let sql = "SELECT \(blockColumns.joined(separator: ", ")) FROM \(layout.table)\(condition) ORDER BY place"
        try forEachRow(sql, table: layout.table, columns: blockColumns) { row in
            let block = RowBlockLabel(place: try row.integer(), fileID: try row.integer(), line: try row.integer(), rows: try row.integer())
            try row.withBlob { try body(block, $0) }
        }
    }
}
