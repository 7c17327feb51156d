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

    /// Made once per role: a row is inserted every few microseconds.
    private static let insertions = Dictionary(
        uniqueKeysWithValues: allCases.map { role in
            let columns = role.storedColumns
            let marks = columns.map { _ in "?" }.joined(separator: ", ")
            return (role, "INSERT INTO \(role.table) (\(columns.joined(separator: ", "))) VALUES (\(marks))")
        })

    var insertion: String { SourceRole.insertions[self] ?? "" }
}

extension Transaction {
    /// Adds one row of a source.
    public func insert(_ row: SourceRow, of role: SourceRole) throws {
        let statement = try database.cachedStatement(sql: role.insertion)
        var values: [DatabaseValue] = [row.fileID.databaseValue, row.line.databaseValue]
        for (field, value) in zip(role.fields, row.values) { values.append(value.stored(as: field.type)) }
        if role.isAboutCadres { values.append(row.cadreID?.databaseValue ?? .null) }
        try statement.execute(arguments: StatementArguments(values))
    }

    /// Takes a row back that a later row of the same key replaces.
    public func deleteRow(of role: SourceRole, fileID: Int, line: Int) throws {
        let statement = try database.cachedStatement(sql: "DELETE FROM \(role.table) WHERE file_id = ? AND line = ?")
        try statement.execute(arguments: [fileID, line])
    }

    /// Notes the cadre that a row was resolved to.
    public func resolveRow(of role: SourceRole, fileID: Int, line: Int, to cadreID: String) throws {
        let statement = try database.cachedStatement(sql: "UPDATE \(role.table) SET target_cadre_id = ? WHERE file_id = ? AND line = ?")
        try statement.execute(arguments: [cadreID, fileID, line])
    }

    /// Passes every row of a source, by file and line.
    public func forEachRow(of role: SourceRole, _ body: (SourceRow) throws -> Void) throws {
        let sql = "SELECT \(role.storedColumns.joined(separator: ", ")) FROM \(role.table) ORDER BY file_id, line"
        let fields = role.fields
        let cursor = try Row.fetchCursor(database, sql: sql)
        while let row = try cursor.next() { try body(try sourceRow(row, role, fields)) }
    }

    /// One row of a source; `nil` where none stands there.
    public func row(of role: SourceRole, fileID: Int, line: Int) throws -> SourceRow? {
        let sql = "SELECT \(role.storedColumns.joined(separator: ", ")) FROM \(role.table) WHERE file_id = ? AND line = ?"
        return try Row.fetchOne(database, sql: sql, arguments: [fileID, line]).map { try sourceRow($0, role, role.fields) }
    }

    private func sourceRow(_ row: Row, _ role: SourceRole, _ fields: [SourceField]) throws -> SourceRow {
        var values: [FieldValue] = []
        values.reserveCapacity(fields.count)
        for (index, field) in fields.enumerated() {
            let stored: DatabaseValue = row[index + 2]
            guard let value = FieldValue(stored, as: field.type) else {
                throw WarehouseError.unreadable(table: role.table, column: field.name, value: stored.description)
            }
            values.append(value)
        }
        let cadreID: String? = role.isAboutCadres ? row[fields.count + 2] : nil
        return SourceRow(fileID: row[0], line: row[1], values: values, cadreID: cadreID)
    }

    /// Every row of a source, by file and line.
    public func rows(of role: SourceRole) throws -> [SourceRow] {
        var rows: [SourceRow] = []
        try forEachRow(of: role) { rows.append($0) }
        return rows
    }
}

extension FieldValue {
    func stored(as type: FieldType) -> DatabaseValue {
        switch self {
        case .missing, .present: return .null
        case .text(let text): return text.databaseValue
        case .integer(let number): return number.databaseValue
        case .decimal(let scaled):
            guard case .decimal(let decimals) = type else { return .null }
            return (Double(scaled) / powerOfTen(decimals)).databaseValue
        case .date(let date): return date.description.databaseValue
        case .timestamp(let timestamp): return timestamp.description.databaseValue
        case .flag(let flag): return (flag ? 1 : 0).databaseValue
        case .category(let index):
            guard case .category(let category) = type, category.codes.indices.contains(index) else { return .null }
            return category.codes[index].databaseValue
        }
    }

    init?(_ stored: DatabaseValue, as type: FieldType) {
        if stored.isNull {
            self = .missing
            return
        }
        switch type {
        case .text, .identityNumber:
            guard let text = String.fromDatabaseValue(stored) else { return nil }
            self = .text(text)
        case .integer:
            guard let number = Int64.fromDatabaseValue(stored) else { return nil }
            self = .integer(number)
        case .decimal(let decimals):
            guard let number = Double.fromDatabaseValue(stored) else { return nil }
            self = .decimal(Int64((number * powerOfTen(decimals)).rounded()))
        case .date:
            guard let text = String.fromDatabaseValue(stored), let date = CalendarDate(iso: text) else { return nil }
            self = .date(date)
        case .timestamp:
            guard let text = String.fromDatabaseValue(stored), let timestamp = Timestamp(iso: text) else { return nil }
            self = .timestamp(timestamp)
        case .flag:
            guard let number = Int.fromDatabaseValue(stored) else { return nil }
            self = .flag(number != 0)
        case .category(let category):
            guard let text = String.fromDatabaseValue(stored), let index = category.index(ofCode: text) else { return nil }
            self = .category(index)
        }
    }
}

private func powerOfTen(_ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { power, _ in power * 10 }
}
