public import PipelineModel

/// What one indicator does to a flag.
public struct FlagContribution: Record, Hashable {
    public static let table = "flag_contributions"
    public static let columns = [
        "as_of", "flag_id", "indicator", "value", "adjusted_value", "peer_median", "mean", "lower", "upper", "weight", "contribution", "events_counted",
        "events_excluded", "cleared_at",
    ]
    public static let order = "as_of, flag_id, indicator"

    /// The night.
    public var asOf: CalendarDate
    /// The flag.
    public var flagID: String
    /// Which.
    public var indicator: String
    /// Observed.
    public var value: Double?
    /// The mean freed of its raters' severity, which is what was judged; none where nothing was adjusted.
    public var adjustedValue: Double?
    /// Of the group's judged values.
    public var peerMedian: Double?
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
    /// The value of this indicator alone that would clear the flag; none where no value would.
    public var clearedAt: Double?

    /// A row with these values.
    public init(
        asOf: CalendarDate, flagID: String, indicator: String, value: Double?, adjustedValue: Double? = nil, peerMedian: Double?, mean: Double, lower: Double,
        upper: Double,
        weight: Double, contribution: Double, eventsCounted: Double?, eventsExcluded: Double, clearedAt: Double?
    ) {
        self.asOf = asOf
        self.flagID = flagID
        self.indicator = indicator
        self.value = value
        self.adjustedValue = adjustedValue
        self.peerMedian = peerMedian
        self.mean = mean
        self.lower = lower
        self.upper = upper
        self.weight = weight
        self.contribution = contribution
        self.eventsCounted = eventsCounted
        self.eventsExcluded = eventsExcluded
        self.clearedAt = clearedAt
    }

    public func write(to row: inout RowWriter) {
        row.date(asOf)
        row.text(flagID)
        row.text(indicator)
        row.real(value)
        row.real(adjustedValue)
        row.real(peerMedian)
        row.real(mean)
        row.real(lower)
        row.real(upper)
        row.real(weight)
        row.real(contribution)
        row.real(eventsCounted)
        row.real(eventsExcluded)
        row.real(clearedAt)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        asOf = try row.date()
        flagID = try row.text()
        indicator = try row.text()
        value = try row.optionalReal()
        adjustedValue = try row.optionalReal()
        peerMedian = try row.optionalReal()
        mean = try row.real()
        lower = try row.real()
        upper = try row.real()
        weight = try row.real()
        contribution = try row.real()
        eventsCounted = try row.optionalReal()
        eventsExcluded = try row.real()
        clearedAt = try row.optionalReal()
    }
}
