public import PipelineModel

/// What one evidence row added to a measure: excluding it subtracts this.
public struct EvidenceIncrement: Record, Hashable {
    public static let table = "evidence_increments"
    public static let columns = [
        "evidence_id", "measure", "month", "count", "sum", "sum_of_squares",
    ]
    public static let order = "evidence_id, measure"

    /// The row.
    public var evidenceID: Int
    /// What.
    public var measure: String
    /// The month it counts in.
    public var month: Month
    /// Rows.
    public var count: Int
    /// Of values.
    public var sum: Int
    /// Of values.
    public var sumOfSquares: Int

    /// A row with these values.
    public init(
        evidenceID: Int, measure: String, month: Month, count: Int, sum: Int, sumOfSquares: Int
    ) {
        self.evidenceID = evidenceID
        self.measure = measure
        self.month = month
        self.count = count
        self.sum = sum
        self.sumOfSquares = sumOfSquares
    }

    public func write(to row: inout RowWriter) {
        row.integer(evidenceID)
        row.text(measure)
        row.month(month)
        row.integer(count)
        row.integer(sum)
        row.integer(sumOfSquares)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        evidenceID = try row.integer()
        measure = try row.text()
        month = try row.month()
        count = try row.integer()
        sum = try row.integer()
        sumOfSquares = try row.integer()
    }
}
