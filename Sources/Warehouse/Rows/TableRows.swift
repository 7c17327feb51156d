import GRDBSQLite
public import PipelineModel

extension SourceRole {
    /// The columns of the table of a role that is not packed, after the place.
    var storedColumns: [String] { ["file_id", "line"] + fields.map(\.name) + (isAboutCadres ? ["target_cadre_id"] : []) }

    fileprivate var insertion: String {
        let columns = ["place"] + storedColumns
        return "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))"
    }
}

/// Roles at whose rows people look: each is a row of SQLite, with a code for a category, `REAL` for a number with decimals, days and times as text.
extension Transaction {
    /// Adds the rows of a batch, one by one.
    func insertRows(_ batch: RowBatch, of role: SourceRole, fileID: Int, linesLater: Int) throws {
        let statement = try PreparedStatement(role.insertion, in: database, isKept: true)
        defer { statement.reset() }
        let types = role.fields.map(\.type)
        var stored = RowWriter()
        for block in batch.finished {
            try block.forEachRow(of: batch.layout, fileID: fileID, linesLater: linesLater) { row in
                stored.removeAll()
                stored.integer(SourceRole.place(fileID: row.fileID, line: row.line))
                stored.integer(row.fileID)
                stored.integer(row.line)
                for (field, type) in types.enumerated() { try stored.field(of: row, field, type) }
                if role.isAboutCadres { stored.text(try row.bytes(types.count)) }
                try statement.execute(stored)
            }
        }
    }

    /// Passes rows of a role that is not packed, as `forEachRow(of:reading:)` does.
    ///
    /// - Parameters:
    ///   - places: Of the fields that are read.
    ///   - codes: Fields that must have one of some codes.
    ///   - place: Where given, of the row that alone is passed.
    func forEachTableRow(
        of role: SourceRole, _ places: [Int], ifUnresolved isUnresolved: Bool = false, codes: [(field: Int, codes: [String])] = [], at place: Int? = nil,
        _ body: (SourceRow) throws -> Void
    ) throws {
        let fields = places.map { role.fields[$0] }
        let columns = ["file_id", "line"] + fields.map(\.name) + (role.isAboutCadres ? ["target_cadre_id"] : [])
        var (tests, arguments): ([String], [StatementArgument]) = (["TRUE"], [])
        if isUnresolved { tests.append("target_cadre_id IS NULL") }
        if let place {
            tests.append("place = ?")
            arguments.append(.integer(place))
        }
        for (field, codes) in codes {
            tests.append("\(role.fields[field].name) IN (\(codes.map { _ in "?" }.joined(separator: ", ")))")
            arguments += codes.map { .text($0) }
        }
        let sql = "SELECT \(columns.joined(separator: ", ")) FROM \(role.table) WHERE \(tests.joined(separator: " AND ")) ORDER BY place"
        // Filled again and again: a row that nobody keeps takes no memory of its own.
        var source = SourceRow(of: role)
        try forEachRow(sql, arguments, table: role.table, columns: columns) { row in
            source.fileID = try row.integer()
            source.line = try row.integer()
            for (place, field) in zip(places, fields) { source.values[place] = try row.field(of: field.type) }
            source.cadreID = role.isAboutCadres ? try row.optionalText() : nil
            try body(source)
        }
    }

    /// Passes some fields of every row of a role that is not packed, by file and line, to be read by place: nothing is made of the others, nor of the row.
    ///
    /// - Parameter isUnresolved: Whether only rows that name nobody for certain are passed; not for roles that are about nobody.
    public func forEachRow(
        of role: SourceRole, fields: [String], ifUnresolved isUnresolved: Bool = false, _ body: (inout RowReader) throws -> Void
    ) throws {
        precondition(!role.isPacked, "the role has no rows of SQLite")
        let condition = isUnresolved ? " WHERE target_cadre_id IS NULL" : ""
        try forEachRow(
            "SELECT \(fields.joined(separator: ", ")) FROM \(role.table)\(condition) ORDER BY place", table: role.table, columns: fields, body)
    }
}

extension RowWriter {
    /// A field of a packed row; `NULL` for what is missing or is not stored.
    fileprivate mutating func field(of row: KeptRow, _ field: Int, _ type: FieldType) throws(WarehouseError) {
        switch type {
        case .text, .identityNumber: text(try row.bytes(field))
        case .integer: integer(row.number(field).map { Int($0) })
        case .decimal(let decimals): real(row.number(field).map { Double($0) / powerOfTen(decimals) })
        case .date: date(row.date(field))
        case .timestamp: timestamp(row.timestamp(field))
        case .flag: integer(row.flag(field).map { $0 ? 1 : 0 })
        case .category(let category): text(row.code(field).flatMap { category.codes.indices.contains($0) ? category.codes[$0] : nil })
        }
    }
}

extension RowReader {
    fileprivate mutating func field(of type: FieldType) throws(WarehouseError) -> FieldValue {
        switch type {
        case .text, .identityNumber: return try optionalText().map { .text($0) } ?? .missing
        case .integer: return try optionalInteger().map { .integer(Int64($0)) } ?? .missing
        case .decimal(let decimals): return try optionalReal().map { .decimal(Int64(($0 * powerOfTen(decimals)).rounded())) } ?? .missing
        case .date: return try optionalDate().map { .date($0) } ?? .missing
        case .timestamp: return try optionalTimestamp().map { .timestamp($0) } ?? .missing
        case .flag: return try optionalInteger().map { .flag($0 != 0) } ?? .missing
        case .category(let category):
            guard let text = try optionalText() else { return .missing }
            guard let index = category.index(ofCode: text) else { throw unreadable() }
            return .category(index)
        }
    }
}

private func powerOfTen(_ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { power, _ in power * 10 }
}
