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
        precondition(role.isPacked, "the role has rows of SQLite")
        let layout = RowLayout.of(role)
        let chosen = fields.map { layout.columns[role.storedPlace(of: $0)] }
        let cadreField = role.isAboutCadres ? fields.firstIndex(of: "target_cadre_id") ?? -1 : -1
        let cadreOffset = layout.columns[layout.columns.count - 1].offset
        let corrections = try RowCorrections(of: role, in: self)
        try chosen.withUnsafeBufferPointer { columns in
            try forEachBlock(of: layout, within: place) { block in
                var next = corrections.first(from: block.place)
                try block.forEachRow { slots, line in
                    let place = SourceRole.place(fileID: block.fileID, line: line)
                    // A correction of a row that is not there must not hold back those after it.
                    while let passed = corrections[next], passed.place < place { next += 1 }
                    var resolved: UnsafeBufferPointer<UInt8>?
                    if let correction = corrections[next], correction.place == place {
                        guard let cadre = correction.cadre else { return }
                        resolved = cadre
                    }
                    if isUnresolved {
                        let cadre = UInt32(littleEndian: slots.loadUnaligned(fromByteOffset: cadreOffset, as: UInt32.self))
                        if resolved != nil || cadre != RowLayout.Missing.text { return }
                    }
                    try body(block.row(slots, line, columns, cadreField: cadreField, resolved: resolved))
                }
            }
        }
        withExtendedLifetime(corrections) {}
    }

    /// Passes every row of a table of blocks with all its fields, by file and line.
    func forEachRow(of layout: RowLayout, _ body: (KeptRow) throws -> Void) throws {
        try layout.columns.withUnsafeBufferPointer { columns in
            try forEachBlock(of: layout, within: nil) { block in
                try block.forEachRow { slots, line in try body(block.row(slots, line, columns)) }
            }
        }
    }

    private func forEachBlock(of layout: RowLayout, within place: Int?, _ body: (OpenRowBlock) throws -> Void) throws {
        let condition = place.map { " WHERE place = (SELECT MAX(place) FROM \(layout.table) WHERE place <= \($0))" } ?? ""
        let sql = "SELECT \(blockColumns.joined(separator: ", ")) FROM \(layout.table)\(condition) ORDER BY place"
        try forEachRow(sql, table: layout.table, columns: blockColumns) { row in
            let (place, fileID, line, rows) = (try row.integer(), try row.integer(), try row.integer(), try row.integer())
            try row.withBlob { try body(try OpenRowBlock($0, rows: rows, layout, place: place, fileID: fileID, line: line)) }
        }
    }
}

extension SourceRole {
    /// The place of a field in a packed row.
    fileprivate func storedPlace(of field: String) -> Int {
        if let place = index(of: field) { return place }
        precondition(isAboutCadres && field == "target_cadre_id", "the role has no such field")
        return fields.count
    }
}
