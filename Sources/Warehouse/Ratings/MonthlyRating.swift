public import PipelineModel

/// What one rater gave one cadre in a month: what rater severity is estimated from.
public struct MonthlyRating: Hashable, Sendable {
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

    /// A rating with these values.
    public init(measure: String, source: String, cadreID: String, month: Month, rater: Int, count: Int, sum: Int, sumOfSquares: Int) {
        self.measure = measure
        self.source = source
        self.cadreID = cadreID
        self.month = month
        self.rater = rater
        self.count = count
        self.sum = sum
        self.sumOfSquares = sumOfSquares
    }
}
