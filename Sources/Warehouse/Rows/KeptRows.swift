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
    /// Adds the rows of a batch to a role that is packed.
    func insertBlocks(_ batch: RowBatch, of role: SourceRole, fileID: Int, linesLater: Int) throws {
        let statement = try PreparedStatement(
            "INSERT INTO \(role.table) (\(blockColumns.joined(separator: ", "))) VALUES (?, ?, ?, ?, ?)", in: database, isKept: true)
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
        let condition = place.map { " WHERE place = (SELECT MAX(place) FROM \(role.table) WHERE place <= \($0))" } ?? ""
        let sql = "SELECT \(blockColumns.joined(separator: ", ")) FROM \(role.table)\(condition) ORDER BY place"
        try chosen.withUnsafeBufferPointer { columns in
            try forEachRow(sql, table: role.table, columns: blockColumns) { row in
                let (place, fileID, line, rows) = (try row.integer(), try row.integer(), try row.integer(), try row.integer())
                try row.withBlob { bytes in
                    let (slots, texts) = try RowBlock.open(bytes, rows: rows, layout, at: place)
                    var next = corrections.first(from: place)
                    for offset in stride(from: 0, to: slots.count, by: layout.stride) {
                        let own = slots.baseAddress.unsafelyUnwrapped + offset
                        let ownLine = line + Int(UInt32(littleEndian: own.loadUnaligned(as: UInt32.self)))
                        var resolved: UnsafeBufferPointer<UInt8>?
                        if let correction = corrections[next], correction.place == SourceRole.place(fileID: fileID, line: ownLine) {
                            next += 1
                            guard let cadre = correction.cadre else { continue }
                            resolved = cadre
                        }
                        if isUnresolved {
                            let cadre = UInt32(littleEndian: own.loadUnaligned(fromByteOffset: cadreOffset, as: UInt32.self))
                            if resolved != nil || cadre != RowLayout.Missing.text { continue }
                        }
                        try body(
                            KeptRow(
                                fileID: fileID, line: ownLine, slots: own, texts: texts, columns: columns, role: role, cadreField: cadreField,
                                resolved: resolved))
                    }
                }
            }
        }
        withExtendedLifetime(corrections) {}
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

extension RowBlock {
    /// Passes every row with all its fields.
    func forEachRow(_ layout: RowLayout, fileID: Int, linesLater: Int, _ body: (KeptRow) throws -> Void) throws {
        try layout.columns.withUnsafeBufferPointer { columns in
            try content.withUnsafeBytes { bytes in
                let (slots, texts) = try RowBlock.open(bytes, rows: rows, layout, at: SourceRole.place(fileID: fileID, line: firstLine))
                for offset in stride(from: 0, to: slots.count, by: layout.stride) {
                    let own = slots.baseAddress.unsafelyUnwrapped + offset
                    let line = firstLine + linesLater + Int(UInt32(littleEndian: own.loadUnaligned(as: UInt32.self)))
                    try body(
                        KeptRow(
                            fileID: fileID, line: line, slots: own, texts: texts, columns: columns, role: layout.role, cadreField: -1, resolved: nil))
                }
            }
        }
    }

    /// The slots and the texts of a block.
    ///
    /// - Throws: `WarehouseError.corrupt` where it is not what was stored.
    static func open(_ bytes: UnsafeRawBufferPointer, rows: Int, _ layout: RowLayout, at place: Int) throws(WarehouseError) -> (
        slots: UnsafeRawBufferPointer, texts: UnsafeRawBufferPointer
    ) {
        func corrupt(_ reason: String) -> WarehouseError { .corrupt(table: layout.role.table, row: place, reason: reason) }
        guard rows > 0, bytes.count >= headLength, rows <= (bytes.count - headLength) / layout.stride else { throw corrupt("it ends too early") }
        guard bytes[0] == version else { throw corrupt("its format has version \(bytes[0]), this software reads \(version)") }
        let content = UnsafeRawBufferPointer(rebasing: bytes[headLength...])
        guard checksumByWords(of: content) == UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 1, as: UInt64.self)) else {
            throw corrupt("its checksum does not agree with its bytes")
        }
        let ends = rows * layout.stride
        return (UnsafeRawBufferPointer(rebasing: content[..<ends]), UnsafeRawBufferPointer(rebasing: content[ends...]))
    }
}
