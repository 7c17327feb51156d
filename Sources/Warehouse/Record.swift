import GRDB
public import PipelineModel

/// A row of a table, written and read by place: no reflection, so that a million rows cost seconds.
public protocol Record: Sendable {
    /// The table's name.
    static var table: String { get }
    /// The columns, in the order in which `write` and `init(from:)` pass them.
    static var columns: [String] { get }
    /// The order in which rows come back: always a total one, so that every run writes the same bytes.
    static var order: String { get }
    func write(to row: inout RowWriter)
    init(from row: inout RowReader) throws(WarehouseError)
}

/// Collects the values of a row, in the order of its columns.
public struct RowWriter {
    var values: [DatabaseValue] = []

    public mutating func text(_ value: String?) { values.append(value?.databaseValue ?? .null) }
    public mutating func integer(_ value: Int?) { values.append(value?.databaseValue ?? .null) }
    public mutating func real(_ value: Double?) { values.append(value?.databaseValue ?? .null) }
    public mutating func flag(_ value: Bool) { values.append((value ? 1 : 0).databaseValue) }
    public mutating func date(_ value: CalendarDate?) { text(value?.description) }
    public mutating func month(_ value: Month) { integer(Int(value.index)) }
    public mutating func code<Code: RawRepresentable>(_ value: Code?) where Code.RawValue == String { text(value?.rawValue) }
}

/// Gives the values of a row back, in the order of its columns.
public struct RowReader {
    let row: Row
    let table: String
    let columns: [String]
    var next = 0

    init(row: Row, table: String, columns: [String]) {
        self.row = row
        self.table = table
        self.columns = columns
    }

    private mutating func take<Value: DatabaseValueConvertible>(_ type: Value.Type) throws(WarehouseError) -> Value? {
        defer { next += 1 }
        let stored: DatabaseValue = row[next]
        if stored.isNull { return nil }
        guard let value = Value.fromDatabaseValue(stored) else { throw unreadable(at: next) }
        return value
    }

    private func unreadable(at index: Int) -> WarehouseError {
        let stored: DatabaseValue = row[index]
        return .unreadable(table: table, column: columns[index], value: stored.description)
    }

    private mutating func require<Value>(_ value: Value?) throws(WarehouseError) -> Value {
        guard let value else { throw unreadable(at: next - 1) }
        return value
    }

    public mutating func optionalText() throws(WarehouseError) -> String? { try take(String.self) }
    public mutating func text() throws(WarehouseError) -> String { try require(try take(String.self)) }
    public mutating func optionalInteger() throws(WarehouseError) -> Int? { try take(Int.self) }
    public mutating func integer() throws(WarehouseError) -> Int { try require(try take(Int.self)) }
    public mutating func optionalReal() throws(WarehouseError) -> Double? { try take(Double.self) }
    public mutating func real() throws(WarehouseError) -> Double { try require(try take(Double.self)) }
    public mutating func flag() throws(WarehouseError) -> Bool { try integer() != 0 }
    public mutating func month() throws(WarehouseError) -> Month { Month(index: Int32(try integer())) }

    public mutating func optionalDate() throws(WarehouseError) -> CalendarDate? {
        guard let text = try take(String.self) else { return nil }
        return try require(CalendarDate(iso: text))
    }

    public mutating func date() throws(WarehouseError) -> CalendarDate { try require(try optionalDate()) }

    public mutating func optionalCode<Code: RawRepresentable>(_ type: Code.Type) throws(WarehouseError) -> Code? where Code.RawValue == String {
        guard let text = try take(String.self) else { return nil }
        return try require(Code(rawValue: text))
    }

    public mutating func code<Code: RawRepresentable>(_ type: Code.Type) throws(WarehouseError) -> Code where Code.RawValue == String {
        try require(try optionalCode(type))
    }
}

extension Transaction {
    /// Adds rows to their table.
    public func insert<Stored: Record>(_ records: some Sequence<Stored>) throws {
        let marks = Stored.columns.map { _ in "?" }.joined(separator: ", ")
        let sql = "INSERT INTO \(Stored.table) (\(Stored.columns.joined(separator: ", "))) VALUES (\(marks))"
        let statement = try database.cachedStatement(sql: sql)
        var writer = RowWriter()
        for record in records {
            writer.values.removeAll(keepingCapacity: true)
            record.write(to: &writer)
            try statement.execute(arguments: StatementArguments(writer.values))
        }
    }

    /// All rows of a table in its order.
    public func all<Stored: Record>(_ type: Stored.Type) throws -> [Stored] {
        var records: [Stored] = []
        try forEach(type) { records.append($0) }
        return records
    }

    /// Passes every row of a table in its order, one at a time, so that no table must fit in memory.
    ///
    /// - Parameter asOf: Where given, only rows of that night; the table has a column `as_of`.
    public func forEach<Stored: Record>(_ type: Stored.Type, asOf: CalendarDate? = nil, _ body: (Stored) throws -> Void) throws {
        let filter = asOf.map { " WHERE as_of = '\($0)'" } ?? ""
        let sql = "SELECT \(Stored.columns.joined(separator: ", ")) FROM \(Stored.table)\(filter) ORDER BY \(Stored.order)"
        let cursor = try Row.fetchCursor(database, sql: sql)
        while let row = try cursor.next() {
            var reader = RowReader(row: row, table: Stored.table, columns: Stored.columns)
            try body(try Stored(from: &reader))
        }
    }

    /// Deletes every row of a table.
    public func deleteAll<Stored: Record>(_ type: Stored.Type) throws {
        try database.execute(sql: "DELETE FROM \(Stored.table)")
    }

    /// Deletes the rows of one night.
    public func delete<Stored: Record>(_ type: Stored.Type, asOf: CalendarDate) throws {
        try database.execute(sql: "DELETE FROM \(Stored.table) WHERE as_of = ?", arguments: [asOf.description])
    }
}
