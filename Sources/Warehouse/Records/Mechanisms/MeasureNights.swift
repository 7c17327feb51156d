import GRDB
public import PipelineModel

extension Transaction {
    /// The newest night of a month that has measures; `nil` where there was none.
    public func newestMeasureNight(in month: Month) throws -> CalendarDate? {
        let text = try String.fetchOne(
            database, sql: "SELECT MAX(as_of) FROM measure_values WHERE as_of BETWEEN ? AND ?",
            arguments: [month.firstDay.description, month.lastDay.description])
        return text.flatMap { CalendarDate(iso: $0) }
    }
}
