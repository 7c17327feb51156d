/// What was observed of one cadre on one indicator, after protections.
public struct ObservationRecord: PackedRecord, Hashable {
    public static let table = "observation_blocks"
    public static let columns: [PackedColumn] =
        [.text("indicator"), .text("group_id"), .text("family")]
        + ["events", "exposure", "value", "within_variance", "adjusted_value", "adjusted_variance", "events_excluded"].map { .real($0) }
        + [.integer("peers_observed"), .real("peer_median"), .real("percentile")]

    /// Only what the trailing window shows is kept.
    public var window: AppraisalWindow { .current }
    /// Who.
    public var cadreID: String
    /// What.
    public var indicator: String
    /// Against whom.
    public var groupID: String
    /// rate, share or mean.
    public var family: String
    /// Counted events; none for a mean.
    public var events: Double?
    /// Months, units of work, trials or values.
    public var exposure: Double
    /// Events per exposure, or the mean; none without exposure.
    public var value: Double?
    /// For a mean: sample variance of the values; none under two values.
    public var withinVariance: Double?
    /// For a mean of marks whose raters could be told apart: the mean freed of their severity; none where nothing was adjusted.
    public var adjustedValue: Double?
    /// Its variance of sampling: of the noise, and of what is not known about the raters; none where nothing was adjusted.
    public var adjustedVariance: Double?
    /// Taken out by protections.
    public var eventsExcluded: Double
    /// Members of the group with a value.
    public var peersObserved: Int
    /// Of the group's judged values.
    public var peerMedian: Double?
    /// Share of peers that did worse, ties halved: 0 worst, 100 best.
    public var percentile: Double?

    /// A row with these values.
    public init(
        cadreID: String, indicator: String, groupID: String, family: String, events: Double?, exposure: Double, value: Double?,
        withinVariance: Double?, adjustedValue: Double? = nil, adjustedVariance: Double? = nil, eventsExcluded: Double, peersObserved: Int,
        peerMedian: Double?, percentile: Double?
    ) {
        self.cadreID = cadreID
        self.indicator = indicator
        self.groupID = groupID
        self.family = family
        self.events = events
        self.exposure = exposure
        self.value = value
        self.withinVariance = withinVariance
        self.adjustedValue = adjustedValue
        self.adjustedVariance = adjustedVariance
        self.eventsExcluded = eventsExcluded
        self.peersObserved = peersObserved
        self.peerMedian = peerMedian
        self.percentile = percentile
    }

    public func write(to row: inout PackedWriter) {
        row.text(indicator)
        row.text(groupID)
        row.text(family)
        row.real(events)
        row.real(exposure)
        row.real(value)
        row.real(withinVariance)
        row.real(adjustedValue)
        row.real(adjustedVariance)
        row.real(eventsExcluded)
        row.integer(peersObserved)
        row.real(peerMedian)
        row.real(percentile)
    }

    public init(window: AppraisalWindow, cadreID: String, from row: inout PackedReader) throws(WarehouseError) {
        self.cadreID = cadreID
        indicator = row.text()
        groupID = row.text()
        family = row.text()
        events = row.optionalReal()
        exposure = try row.real()
        value = row.optionalReal()
        withinVariance = row.optionalReal()
        adjustedValue = row.optionalReal()
        adjustedVariance = row.optionalReal()
        eventsExcluded = try row.real()
        peersObserved = row.integer()
        peerMedian = row.optionalReal()
        percentile = row.optionalReal()
    }
}
