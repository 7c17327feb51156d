public import PipelineModel

/// One share of the cadres in post in one unit, or in all units, beside its target.
public struct StructureTargetRecord: Record, Hashable {
    public static let table = "structure_targets"
    public static let columns = [
        "target", "scope", "unit_id", "members", "meeting", "gap", "additions", "outlook", "weeks", "pace", "pace_lower", "pace_upper", "projected",
        "earliest", "latest",
    ]
    public static let order = "target, scope, unit_id"

    /// The target's id in the rules.
    public var target: String
    /// One unit, or all of them together.
    public var scope: CountScope
    /// The unit; `nil` where it is unknown, and for all units.
    public var unitID: String?
    /// The denominator.
    public var members: Int
    /// Of these, those who count.
    public var meeting: Int
    /// Heads to replace by others who count; `nil` without members.
    public var gap: Int?
    /// Heads to add who count, nobody leaving; `nil` without members, and where no number is enough.
    public var additions: Int?
    /// What is to be expected.
    public var outlook: TargetOutlook
    /// Weeks with a night that the pace rests on, tonight's among them.
    public var weeks: Int
    /// Change of the share a year.
    public var pace: Double?
    /// Lower end of its interval.
    public var paceLower: Double?
    /// Upper end of its interval.
    public var paceUpper: Double?
    /// Day on which the share reaches the target at this pace.
    public var projected: CalendarDate?
    /// The same at the upper end of the pace.
    public var earliest: CalendarDate?
    /// The same at the lower end; `nil` where it is not reached at that pace.
    public var latest: CalendarDate?

    /// A row with these values.
    public init(
        target: String, scope: CountScope, unitID: String?, members: Int, meeting: Int, gap: Int?, additions: Int?, outlook: TargetOutlook, weeks: Int,
        pace: Double?, paceLower: Double?, paceUpper: Double?, projected: CalendarDate?, earliest: CalendarDate?, latest: CalendarDate?
    ) {
        self.target = target
        self.scope = scope
        self.unitID = unitID
        self.members = members
        self.meeting = meeting
        self.gap = gap
        self.additions = additions
        self.outlook = outlook
        self.weeks = weeks
        self.pace = pace
        self.paceLower = paceLower
        self.paceUpper = paceUpper
        self.projected = projected
        self.earliest = earliest
        self.latest = latest
    }

    public func write(to row: inout RowWriter) {
        row.text(target)
        row.code(scope)
        row.text(unitID)
        row.integer(members)
        row.integer(meeting)
        row.integer(gap)
        row.integer(additions)
        row.code(outlook)
        row.integer(weeks)
        row.real(pace)
        row.real(paceLower)
        row.real(paceUpper)
        row.date(projected)
        row.date(earliest)
        row.date(latest)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        target = try row.text()
        scope = try row.code(CountScope.self)
        unitID = try row.optionalText()
        members = try row.integer()
        meeting = try row.integer()
        gap = try row.optionalInteger()
        additions = try row.optionalInteger()
        outlook = try row.code(TargetOutlook.self)
        weeks = try row.integer()
        pace = try row.optionalReal()
        paceLower = try row.optionalReal()
        paceUpper = try row.optionalReal()
        projected = try row.optionalDate()
        earliest = try row.optionalDate()
        latest = try row.optionalDate()
    }
}
