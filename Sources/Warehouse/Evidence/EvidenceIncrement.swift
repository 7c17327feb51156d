public import PipelineModel

/// What one evidence row added to a measure: excluding it subtracts this.
public struct EvidenceIncrement: Hashable, Sendable {
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

    /// An increment with these values.
    public init(measure: String, month: Month, count: Int, sum: Int, sumOfSquares: Int) {
        self.measure = measure
        self.month = month
        self.count = count
        self.sum = sum
        self.sumOfSquares = sumOfSquares
    }
}
