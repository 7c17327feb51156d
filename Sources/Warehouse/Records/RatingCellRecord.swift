public import PipelineModel

/// What one rater gave one cadre in a month: what rater severity is estimated from.
public struct RatingCellRecord: Record, Hashable {
    public static let table = "rating_cells"
    public static let columns = [
        "measure", "source", "cadre_id", "month", "rater", "count", "sum", "sum_of_squares",
    ]
    public static let order = "measure, source, cadre_id, month, rater"

    /// `ballots.score`.
    public var measure: String
    /// The contract: raters are numbered within it.
    public var source: String
    /// Who was rated.
    public var cadreID: String
    /// When.
    public var month: Month
    /// A number that stands for the rater within the source, and says nothing of them.
    public var rater: Int
    /// Marks.
    public var count: Int
    /// Of marks, in the measure's unit.
    public var sum: Int
    /// Of marks.
    public var sumOfSquares: Int

    /// A row with these values.
    public init(
        measure: String, source: String, cadreID: String, month: Month, rater: Int, count: Int, sum: Int, sumOfSquares: Int
    ) {
        self.measure = measure
        self.source = source
        self.cadreID = cadreID
        self.month = month
        self.rater = rater
        self.count = count
        self.sum = sum
        self.sumOfSquares = sumOfSquares
    }

    public func write(to row: inout RowWriter) {
        row.text(measure)
        row.text(source)
        row.text(cadreID)
        row.month(month)
        row.integer(rater)
        row.integer(count)
        row.integer(sum)
        row.integer(sumOfSquares)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        measure = try row.text()
        source = try row.text()
        cadreID = try row.text()
        month = try row.month()
        rater = try row.integer()
        count = try row.integer()
        sum = try row.integer()
        sumOfSquares = try row.integer()
    }
}

extension Transaction {
    /// Passes a measure's cells of the window's months, by source, cadre, month and rater: the longest table, read without a detour over generic values.
    public func forEachRatingCell(of measure: String, in window: MonthWindow, _ body: (RatingCellRecord) throws -> Void) throws {
        let sql = """
            SELECT source, cadre_id, month, rater, count, sum, sum_of_squares FROM rating_cells
            WHERE measure = ? AND month BETWEEN ? AND ? ORDER BY source, cadre_id, month, rater
            """
        let bounds = [StatementArgument.text(measure), .integer(Int(window.first.index)), .integer(Int(window.last.index))]
        let columns = ["source", "cadre_id", "month", "rater", "count", "sum", "sum_of_squares"]
        try forEachRow(sql, bounds, table: RatingCellRecord.table, columns: columns) { row in
            try body(
                RatingCellRecord(
                    measure: measure, source: try row.text(), cadreID: try row.text(), month: try row.month(), rater: try row.integer(),
                    count: try row.integer(), sum: try row.integer(), sumOfSquares: try row.integer()))
        }
    }
}
