import GRDB
public import PipelineModel

/// A count, a sum and a sum of squares of one cadre, measure and month, before any protection.
public struct MonthlyFact: Record, Hashable {
    public static let table = "monthly_facts"
    public static let columns = [
        "cadre_id", "measure", "month", "count", "sum", "sum_of_squares",
    ]
    public static let order = "cadre_id, measure, month"

    /// Who.
    public var cadreID: String
    /// What.
    public var measure: String
    /// When it became known.
    public var month: Month
    /// Rows.
    public var count: Int
    /// Of values, in the measure's unit.
    public var sum: Int
    /// Of values, in the square of that unit.
    public var sumOfSquares: Int

    /// A row with these values.
    public init(
        cadreID: String, measure: String, month: Month, count: Int, sum: Int, sumOfSquares: Int
    ) {
        self.cadreID = cadreID
        self.measure = measure
        self.month = month
        self.count = count
        self.sum = sum
        self.sumOfSquares = sumOfSquares
    }

    public func write(to row: inout RowWriter) {
        row.text(cadreID)
        row.text(measure)
        row.month(month)
        row.integer(count)
        row.integer(sum)
        row.integer(sumOfSquares)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        cadreID = try row.text()
        measure = try row.text()
        month = try row.month()
        count = try row.integer()
        sum = try row.integer()
        sumOfSquares = try row.integer()
    }
}

extension Transaction {
    /// Passes the facts of the window's months, by cadre, measure and month: the long table, read without a detour over generic values.
    public func forEachFact(in window: MonthWindow, _ body: (MonthlyFact) throws -> Void) throws {
        let cursor = try Row.fetchCursor(
            database,
            sql: """
                SELECT cadre_id, measure, month, count, sum, sum_of_squares FROM monthly_facts
                WHERE month BETWEEN ? AND ? ORDER BY cadre_id, measure, month
                """, arguments: [Int(window.first.index), Int(window.last.index)])
        while let row = try cursor.next() {
            try body(
                MonthlyFact(
                    cadreID: row[0], measure: row[1], month: Month(index: row[2]), count: row[3], sum: row[4], sumOfSquares: row[5]))
        }
    }
}
