import GRDB
public import PipelineModel

extension Transaction {
    /// The day of a source's earliest event; `nil` without rows that have one, and for a source whose rows are about no day.
    public func earliestDay(of role: SourceRole) throws -> CalendarDate? {
        guard let field = role.eventDateField else { return nil }
        if role.isPacked {
            var earliest: CalendarDate?
            try forEachKeptRow(of: role, fields: [field]) { row in
                guard let day = row.day(0), earliest.map({ day < $0 }) ?? true else { return }
                earliest = day
            }
            return earliest
        }
        guard let text = try String.fetchOne(database, sql: "SELECT MIN(\(field)) FROM \(role.table)") else { return nil }
        // Days and times are written so that they sort; a time begins with its day.
        guard let day = CalendarDate(iso: String(text.prefix(10))) else { throw WarehouseError.unreadable(table: role.table, column: field, value: text) }
        return day
    }
}
