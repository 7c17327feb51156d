import GRDB
public import PipelineModel

/// One row of a source that keeps rows, as parsed under its contract.
public struct SourceRow: Hashable, Sendable {
    /// The export file.
    public var fileID: Int
    /// Where the record starts; counts from 1.
    public var line: Int
    /// One value for each field of the role, in the role's order; identity numbers as their keyed hash.
    public var values: [FieldValue]
    /// The cadre that the row was resolved to; `nil` where it names nobody, or nobody for certain.
    public var cadreID: String?

    /// A row of an export.
    public init(fileID: Int, line: Int, values: [FieldValue], cadreID: String? = nil) {
        self.fileID = fileID
        self.line = line
        self.values = values
        self.cadreID = cadreID
    }
}

extension SourceRole {
    /// The warehouse table that keeps the role's rows.
    public var table: String {
        switch self {
        case .roster: "cadres"
        case .posts: "post_tenures"
        case .faultTolerance: "fault_tolerance_cases"
        default: rawValue
        }
    }

    /// Whether rows of the role are about one cadre, and so are resolved.
    public var isAboutCadres: Bool {
        switch self {
        case .roster, .units, .reviews: false
        default: true
        }
    }

    var storedColumns: [String] { ["file_id", "line"] + fields.map(\.name) + (isAboutCadres ? ["target_cadre_id"] : []) }

    /// The number by which a row is kept: its file, then its line.
    static func place(fileID: Int, line: Int) -> Int { fileID << 32 | line }

    /// Made once per role: a row is inserted every few microseconds.
    private static let insertions = Dictionary(
        uniqueKeysWithValues: allCases.map { role in
            let columns = ["place"] + role.storedColumns
            let marks = columns.map { _ in "?" }.joined(separator: ", ")
            return (role, "INSERT INTO \(role.table) (\(columns.joined(separator: ", "))) VALUES (\(marks))")
        })

    var insertion: String { SourceRole.insertions[self] ?? "" }
}

extension Transaction {
    /// Adds one row of a source.
    public func insert(_ row: SourceRow, of role: SourceRole) throws {
        let statement = try PreparedStatement(role.insertion, in: database, isKept: true)
        defer { statement.reset() }
        var stored = RowWriter()
        stored.integer(SourceRole.place(fileID: row.fileID, line: row.line))
        stored.integer(row.fileID)
        stored.integer(row.line)
        for (field, value) in zip(role.fields, row.values) { stored.field(value, of: field.type) }
        if role.isAboutCadres { stored.text(row.cadreID) }
        try statement.execute(stored)
    }

    /// Takes a row back that a later row of the same key replaces.
    public func deleteRow(of role: SourceRole, fileID: Int, line: Int) throws {
        let statement = try database.cachedStatement(sql: "DELETE FROM \(role.table) WHERE place = ?")
        try statement.execute(arguments: [SourceRole.place(fileID: fileID, line: line)])
    }

    /// Notes the cadre that a row was resolved to.
    public func resolveRow(of role: SourceRole, fileID: Int, line: Int, to cadreID: String) throws {
        let statement = try database.cachedStatement(sql: "UPDATE \(role.table) SET target_cadre_id = ? WHERE place = ?")
        try statement.execute(arguments: [cadreID, SourceRole.place(fileID: fileID, line: line)])
    }

    /// Passes every row of a source, by file and line.
    ///
    /// - Parameters:
    ///   - names: Where given, only these fields are read; the others are as if missing.
    ///   - isUnresolved: Whether only rows that name nobody for certain are passed; not for roles that are about nobody.
    ///   - condition: Where given, SQLite leaves out rows that fail it by the code of a category, as many as it can tell; the rest of it is not looked at.
    public func forEachRow(
        of role: SourceRole, reading names: Set<String>? = nil, ifUnresolved isUnresolved: Bool = false, ifCodesOf condition: Condition? = nil,
        _ body: (SourceRow) throws -> Void
    ) throws {
        let fields = role.fields.enumerated().filter { names?.contains($1.name) ?? true }.map { (place: $0, type: $1.type) }
        let columns = ["file_id", "line"] + fields.map { role.fields[$0.place].name } + (role.isAboutCadres ? ["target_cadre_id"] : [])
        var (tests, arguments): ([String], [StatementArgument]) = (["TRUE"], [])
        if isUnresolved { tests.append("target_cadre_id IS NULL") }
        for (field, codes) in condition?.necessaryValues ?? [] {
            guard let place = role.index(of: field), case .category = role.fields[place].type else { continue }
            tests.append("\(field) IN (\(codes.map { _ in "?" }.joined(separator: ", ")))")
            arguments += codes.map { .text($0) }
        }
        let sql = "SELECT \(columns.joined(separator: ", ")) FROM \(role.table) WHERE \(tests.joined(separator: " AND ")) ORDER BY place"
        // Filled again and again: a row that nobody keeps takes no memory of its own.
        var source = SourceRow(fileID: 0, line: 0, values: [FieldValue](repeating: .missing, count: role.fields.count))
        let isAboutCadres = role.isAboutCadres
        try forEachRow(sql, arguments, table: role.table, columns: columns) { row in
            try source.fill(from: &row, fields, isAboutCadres: isAboutCadres)
            try body(source)
        }
    }

    /// Passes some fields of every row of a source, by file and line, to be read by place: nothing is made of the others, nor of the row.
    ///
    /// - Parameter isUnresolved: Whether only rows that name nobody for certain are passed; not for roles that are about nobody.
    public func forEachRow(
        of role: SourceRole, fields: [String], ifUnresolved isUnresolved: Bool = false, _ body: (inout RowReader) throws -> Void
    ) throws {
        let condition = isUnresolved ? " WHERE target_cadre_id IS NULL" : ""
        try forEachRow(
            "SELECT \(fields.joined(separator: ", ")) FROM \(role.table)\(condition) ORDER BY place", table: role.table, columns: fields, body)
    }

    /// One row of a source; `nil` where none stands there.
    public func row(of role: SourceRole, fileID: Int, line: Int) throws -> SourceRow? {
        let sql = "SELECT \(role.storedColumns.joined(separator: ", ")) FROM \(role.table) WHERE place = ?"
        var found: SourceRow?
        try forEachRow(sql, [.integer(SourceRole.place(fileID: fileID, line: line))], table: role.table, columns: role.storedColumns) {
            var source = SourceRow(fileID: 0, line: 0, values: [FieldValue](repeating: .missing, count: role.fields.count))
            try source.fill(from: &$0, role.fields.enumerated().map { ($0, $1.type) }, isAboutCadres: role.isAboutCadres)
            found = source
        }
        return found
    }

    /// Every row of a source, by file and line.
    public func rows(of role: SourceRole) throws -> [SourceRow] {
        var rows: [SourceRow] = []
        try forEachRow(of: role) { rows.append($0) }
        return rows
    }
}

extension SourceRow {
    fileprivate mutating func fill(
        from row: inout RowReader, _ fields: [(place: Int, type: FieldType)], isAboutCadres: Bool
    ) throws(WarehouseError) {
        fileID = try row.integer()
        line = try row.integer()
        for field in fields { values[field.place] = try row.field(of: field.type) }
        cadreID = isAboutCadres ? try row.optionalText() : nil
    }
}

extension RowWriter {
    /// A field of a source's row: a code for a category, a number with decimals as `REAL`; `NULL` for what is missing or is not stored.
    fileprivate mutating func field(_ value: FieldValue, of type: FieldType) {
        switch (value, type) {
        case (.text(let text), _): self.text(text)
        case (.integer(let number), _): integer(Int(number))
        case (.decimal(let scaled), .decimal(let decimals)): real(Double(scaled) / powerOfTen(decimals))
        case (.date(let date), _): self.date(date)
        case (.timestamp(let timestamp), _): text(timestamp.description)
        case (.flag(let flag), _): self.flag(flag)
        case (.category(let index), .category(let category)) where category.codes.indices.contains(index): text(category.codes[index])
        case (.missing, _), (.decimal, _), (.category, _): text(nil)
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
