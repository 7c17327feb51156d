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
        var values: [MeasureValue] = []
        try forEach(
            MeasureValue.self, where: "as_of >= ? AND as_of < ? AND measure = ?",
            [.text(first.description), .text(asOf.description), .text(measure)]
        ) { values.append($0) }
        return values
    }

    private func day(_ sql: String, _ arguments: StatementArguments, of table: String) throws -> CalendarDate? {
        guard let text = try String.fetchOne(database, sql: sql, arguments: arguments) else { return nil }
        guard let day = CalendarDate(iso: text) else { throw WarehouseError.unreadable(table: table, column: "as_of", value: text) }
        return day
    }
}
