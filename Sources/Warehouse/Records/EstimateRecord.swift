/// The posterior of one cadre's standing on one indicator.
public struct EstimateRecord: PackedRecord, Hashable {
    public static let table = "estimate_blocks"
    public static let columns: [PackedColumn] =
        [.text("indicator"), .text("group_id")]
        + ["value", "adjusted_value", "peer_median", "mean", "deviation", "lower", "upper", "weight", "contribution"].map { .real($0) }
        + [.integer("is_observed")]

    /// Current or previous.
    public var window: AppraisalWindow
    /// Who.
    public var cadreID: String
    /// Which.
    public var indicator: String
    /// Against whom.
    public var groupID: String
    /// Observed, after protections; none where nothing was observed.
    public var value: Double?
    /// The mean freed of its raters' severity, which is what was judged; none where nothing was adjusted.
    public var adjustedValue: Double?
    /// Of the group's judged values.
    public var peerMedian: Double?
    /// Posterior mean of θ, in standard deviations among peers; higher is better.
    public var mean: Double
    /// Posterior standard deviation of θ.
    public var deviation: Double
    /// Lower end of the 90% interval.
    public var lower: Double
    /// Upper end of the 90% interval.
    public var upper: Double
    /// In the composite.
    public var weight: Double
    /// weight × mean; over all indicators they sum to the composite's mean.
    public var contribution: Double
    /// Whether the indicator speaks of this cadre; if not, its estimate comes from the others through R.
    public var isObserved: Bool

    /// What is judged: the adjusted value where there is one, else the value as observed.
    public var judgedValue: Double? { adjustedValue ?? value }

    /// A row with these values.
    public init(
        window: AppraisalWindow, cadreID: String, indicator: String, groupID: String, value: Double?, adjustedValue: Double? = nil, peerMedian: Double?,
        mean: Double,
        deviation: Double, lower: Double, upper: Double, weight: Double, contribution: Double, isObserved: Bool
    ) {
        self.window = window
        self.cadreID = cadreID
        self.indicator = indicator
        self.groupID = groupID
        self.value = value
        self.adjustedValue = adjustedValue
        self.peerMedian = peerMedian
        self.mean = mean
        self.deviation = deviation
        self.lower = lower
        self.upper = upper
        self.weight = weight
        self.contribution = contribution
        self.isObserved = isObserved
    }

    public func write(to row: inout PackedWriter) {
        row.text(indicator)
        row.text(groupID)
        row.real(value)
        row.real(adjustedValue)
        row.real(peerMedian)
        row.real(mean)
        row.real(deviation)
        row.real(lower)
        row.real(upper)
        row.real(weight)
        row.real(contribution)
        row.flag(isObserved)
    }

    public init(window: AppraisalWindow, cadreID: String, from row: inout PackedReader) throws(WarehouseError) {
        (self.window, self.cadreID) = (window, cadreID)
        indicator = row.text()
        groupID = row.text()
        value = row.optionalReal()
        adjustedValue = row.optionalReal()
        peerMedian = row.optionalReal()
        mean = try row.real()
        deviation = try row.real()
        lower = try row.real()
        upper = try row.real()
        weight = try row.real()
        contribution = try row.real()
        isObserved = row.flag()
    }
}
