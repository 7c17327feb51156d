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

extension Transaction {
    /// Adds rows to their table.
    public func insert<Stored: Record>(_ records: some Sequence<Stored>) throws {
        let marks = Stored.columns.map { _ in "?" }.joined(separator: ", ")
        let sql = "INSERT INTO \(Stored.table) (\(Stored.columns.joined(separator: ", "))) VALUES (\(marks))"
        let statement = try PreparedStatement(sql, in: database, isKept: true)
        defer { statement.reset() }
        var row = RowWriter()
        for record in records {
            row.removeAll()
            record.write(to: &row)
            try statement.execute(row)
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
        guard let asOf else { return try forEach(type, where: "TRUE", [], body) }
        try forEach(type, where: "as_of = ?", [.text(asOf.description)], body)
    }

    /// Passes some columns of every row of a table, in its order, to be read by place: nothing is made of the others, nor of the row.
    public func forEachRow<Stored: Record>(of type: Stored.Type, columns: [String], _ body: (inout RowReader) throws -> Void) throws {
        try forEachRow("SELECT \(columns.joined(separator: ", ")) FROM \(Stored.table) ORDER BY \(Stored.order)", table: Stored.table, columns: columns, body)
    }

    /// Passes the rows for which a condition holds, in the table's order or in another.
    func forEach<Stored: Record>(
        _ type: Stored.Type, where condition: String, _ arguments: [StatementArgument], order: String = Stored.order, _ body: (Stored) throws -> Void
    ) throws {
        let sql = "SELECT \(Stored.columns.joined(separator: ", ")) FROM \(Stored.table) WHERE \(condition) ORDER BY \(order)"
        try forEachRow(sql, arguments, table: Stored.table, columns: Stored.columns) { try body(try Stored(from: &$0)) }
    }

    /// The rows for which a condition holds, in the table's order.
    func all<Stored: Record>(_ type: Stored.Type, where condition: String, _ arguments: [StatementArgument]) throws -> [Stored] {
        var records: [Stored] = []
        try forEach(type, where: condition, arguments) { records.append($0) }
        return records
    }

    /// Passes each row of a query, to be read by place.
    func forEachRow(
        _ sql: String, _ arguments: [StatementArgument] = [], table: String, columns: [String], _ body: (inout RowReader) throws -> Void
    ) throws {
        let statement = try PreparedStatement(sql, in: database, isKept: false)
        try statement.bind(arguments)
        var row = RowReader(statement.handle, table: table, columns: columns)
        try withExtendedLifetime(statement) {
            while try statement.step() {
                row.begin()
                try body(&row)
            }
        }
    }

    /// Deletes every row of a table.
    public func deleteAll<Stored: Record>(_ type: Stored.Type) throws {
        try clear(Stored.table)
    }

    /// Deletes the rows of one night.
    public func delete<Stored: Record>(_ type: Stored.Type, asOf: CalendarDate) throws {
        try database.execute(sql: "DELETE FROM \(Stored.table) WHERE as_of = ?", arguments: [asOf.description])
    }
}
