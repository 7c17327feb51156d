import GRDB
public import PipelineModel

extension Transaction {
    /// The newest night before `asOf` that was tracked; `nil` where there was none.
    public func trackedNight(before asOf: CalendarDate) throws -> CalendarDate? {
        try day("SELECT MAX(as_of) FROM measure_values WHERE as_of < ?", [asOf.description], of: MeasureValue.table)
    }

    /// The first night up to and including `asOf` that raised a flag; `nil` where none has.
    public func firstNight(ofFlag flagID: String, through asOf: CalendarDate) throws -> CalendarDate? {
        try day("SELECT MIN(as_of) FROM flags WHERE flag_id = ? AND as_of <= ?", [flagID, asOf.description], of: FlagRecord.table)
    }

    /// The values of a measure on the nights from `first` on that come before `asOf`, earlier nights first, then by unit.
    public func values(ofMeasure measure: String, from first: CalendarDate, before asOf: CalendarDate) throws -> [MeasureValue] {
        let cursor = try Row.fetchCursor(
            database,
            sql:
                "SELECT \(MeasureValue.columns.joined(separator: ", ")) FROM measure_values WHERE as_of >= ? AND as_of < ? AND measure = ? ORDER BY \(MeasureValue.order)",
            arguments: [first.description, asOf.description, measure])
        var values: [MeasureValue] = []
        while let row = try cursor.next() {
            var reader = RowReader(row: row, table: MeasureValue.table, columns: MeasureValue.columns)
            values.append(try MeasureValue(from: &reader))
        }
        return values
    }

    private func day(_ sql: String, _ arguments: StatementArguments, of table: String) throws -> CalendarDate? {
        guard let text = try String.fetchOne(database, sql: sql, arguments: arguments) else { return nil }
        guard let day = CalendarDate(iso: text) else { throw WarehouseError.unreadable(table: table, column: "as_of", value: text) }
        return day
    }
}
