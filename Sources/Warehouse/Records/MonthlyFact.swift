public import PipelineModel

/// A count, a sum and a sum of squares of one cadre, measure and month, before any protection.
public struct MonthlyFact: Hashable, Sendable {
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
}
