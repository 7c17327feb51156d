public import PipelineModel

/// What one indicator does to a commendation: the evidence for it, beside the peers.
public struct CommendationContribution: Record, Hashable {
    public static let table = "commendation_contributions"
    public static let columns = [
        "as_of", "commendation_id", "cadre_id", "indicator", "value", "adjusted_value", "peer_median", "percentile", "mean", "lower", "upper", "weight",
        "contribution",
        "events_counted", "events_excluded",
    ]
    public static let order = "as_of, commendation_id, indicator"

    /// The night.
    public var asOf: CalendarDate
    /// The proposal.
    public var commendationID: String
    /// Who.
    public var cadreID: String
    /// Which.
    public var indicator: String
    /// Observed.
    public var value: Double?
    /// The mean freed of its raters' severity, which is what was judged; none where nothing was adjusted.
    public var adjustedValue: Double?
    /// Of the group's judged values.
    public var peerMedian: Double?
    /// Share of peers that did worse: 0 to 100.
    public var percentile: Double?
    /// Posterior mean of θ.
    public var mean: Double
    /// Lower end of the 90% interval.
    public var lower: Double
    /// Upper end of the 90% interval.
    public var upper: Double
    /// In the composite.
    public var weight: Double
    /// weight × mean.
    public var contribution: Double
    /// Events.
    public var eventsCounted: Double?
    /// Taken out by protections.
    public var eventsExcluded: Double

    /// A row with these values.
    public init(
        asOf: CalendarDate, commendationID: String, cadreID: String, indicator: String, value: Double?, adjustedValue: Double? = nil, peerMedian: Double?,
        percentile: Double?,
        mean: Double, lower: Double, upper: Double, weight: Double, contribution: Double, eventsCounted: Double?, eventsExcluded: Double
    ) {
        self.asOf = asOf
        self.commendationID = commendationID
        self.cadreID = cadreID
        self.indicator = indicator
        self.value = value
        self.adjustedValue = adjustedValue
        self.peerMedian = peerMedian
        self.percentile = percentile
        self.mean = mean
        self.lower = lower
        self.upper = upper
        self.weight = weight
        self.contribution = contribution
        self.eventsCounted = eventsCounted
        self.eventsExcluded = eventsExcluded
    }

    public func write(to row: inout RowWriter) {
        row.date(asOf)
        row.text(commendationID)
        row.text(cadreID)
        row.text(indicator)
        row.real(value)
        row.real(adjustedValue)
        row.real(peerMedian)
        row.real(percentile)
        row.real(mean)
        row.real(lower)
        row.real(upper)
        row.real(weight)
        row.real(contribution)
        row.real(eventsCounted)
        row.real(eventsExcluded)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        asOf = try row.date()
        commendationID = try row.text()
        cadreID = try row.text()
        indicator = try row.text()
        value = try row.optionalReal()
        adjustedValue = try row.optionalReal()
        peerMedian = try row.optionalReal()
        percentile = try row.optionalReal()
        mean = try row.real()
        lower = try row.real()
        upper = try row.real()
        weight = try row.real()
        contribution = try row.real()
        eventsCounted = try row.optionalReal()
        eventsExcluded = try row.real()
    }
}
