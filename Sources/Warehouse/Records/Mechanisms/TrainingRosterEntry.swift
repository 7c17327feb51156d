public import PipelineModel

/// One cadre named for one course, with the place in its queue; kept night by night, so that waiting can be counted.
public struct TrainingRosterEntry: Record, Hashable {
    public static let table = "training_roster"
    public static let columns = [
        "as_of", "course", "place", "cadre_id", "status", "reason", "other_reasons", "flag_id", "dimension", "indicator", "size", "waiting_since",
    ]
    public static let order = "as_of, course, place"

    /// The night.
    public var asOf: CalendarDate
    /// The course's id in the training rules.
    public var course: String
    /// In the queue; counts from 1.
    public var place: Int
    /// Who.
    public var cadreID: String
    /// Whether the next session has a place.
    public var status: RosterStatus
    /// The first of the reasons, in the order of the rules.
    public var reason: TrainingReason
    /// Codes of the others, in that order, with `;` between them.
    public var otherReasons: String
    /// For a retraining flag: the flag.
    public var flagID: String?
    /// For a retraining flag: the weakest dimension that a course helps; `nil` where the model says none.
    public var dimension: Dimension?
    /// For a capability gap: the indicator.
    public var indicator: String?
    /// Probability of concern, or the gap in standard deviations; `nil` for a required course.
    public var size: Double?
    /// First day of the need, as far as it is known.
    public var waitingSince: CalendarDate

    /// A row with these values.
    public init(
        asOf: CalendarDate, course: String, place: Int, cadreID: String, status: RosterStatus, reason: TrainingReason, otherReasons: String, flagID: String?,
        dimension: Dimension?, indicator: String?, size: Double?, waitingSince: CalendarDate
    ) {
        self.asOf = asOf
        self.course = course
        self.place = place
        self.cadreID = cadreID
        self.status = status
        self.reason = reason
        self.otherReasons = otherReasons
        self.flagID = flagID
        self.dimension = dimension
        self.indicator = indicator
        self.size = size
        self.waitingSince = waitingSince
    }

    public func write(to row: inout RowWriter) {
        row.date(asOf)
        row.text(course)
        row.integer(place)
        row.text(cadreID)
        row.code(status)
        row.code(reason)
        row.text(otherReasons)
        row.text(flagID)
        row.code(dimension)
        row.text(indicator)
        row.real(size)
        row.date(waitingSince)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        asOf = try row.date()
        course = try row.text()
        place = try row.integer()
        cadreID = try row.text()
        status = try row.code(RosterStatus.self)
        reason = try row.code(TrainingReason.self)
        otherReasons = try row.text()
        flagID = try row.optionalText()
        dimension = try row.optionalCode(Dimension.self)
        indicator = try row.optionalText()
        size = try row.optionalReal()
        waitingSince = try row.date()
    }
}
