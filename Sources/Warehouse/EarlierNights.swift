import GRDB
public import PipelineModel

extension Transaction {
    /// The newest night before `asOf` that was tracked; `nil` where there was none.
    public func trackedNight(before asOf: CalendarDate) throws -> CalendarDate? {
        try day("SELECT MAX(as_of) FROM measure_values WHERE as_of < ?", [asOf.description], of: MeasureValue.table)
    }

    /// The first night up to and including `asOf` that raised each flag: all at once, because one flag of all nights can only be found by looking at every one.
    public func firstNightOfFlags(through asOf: CalendarDate) throws -> [String: CalendarDate] {
        var nights: [String: CalendarDate] = [:]
        let sql = "SELECT flag_id, MIN(as_of) FROM flags WHERE as_of <= ? GROUP BY flag_id"
        try forEachRow(sql, [.text(asOf.description)], table: FlagRecord.table, columns: ["flag_id", "as_of"]) { row in
            nights[try row.text()] = try row.date()
        }
        return nights
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
