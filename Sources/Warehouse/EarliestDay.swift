import GRDB
public import PipelineModel

extension Transaction {
    /// The day of a source's earliest event; `nil` without rows that have one, and for a source whose rows are about no day.
    ///
    /// - Parameter threads: Changes the time alone.
    public func earliestDay(of role: SourceRole, threads: Int = 1) throws -> CalendarDate? {
        guard let field = role.eventDateField else { return nil }
        if role.isPacked {
            var earliest: CalendarDate?
            @Sendable func take(_ day: CalendarDate?, _ earliest: inout CalendarDate?) {
                if let day, earliest.map({ day < $0 }) ?? true { earliest = day }
            }
            try foldKeptRows(of: role, fields: [field], threads: threads, from: CalendarDate?.none) {
                take($1.day(0), &$0)
            } _: {
                take($0, &earliest)
            }
            return earliest
        }
        guard let text = try String.fetchOne(database, sql: "SELECT MIN(\(field)) FROM \(role.table)") else { return nil }
        // Days and times are written so that they sort; a time begins with its day.
        guard let day = CalendarDate(iso: String(text.prefix(10))) else { throw WarehouseError.unreadable(table: role.table, column: field, value: text) }
        return day
    }
}
