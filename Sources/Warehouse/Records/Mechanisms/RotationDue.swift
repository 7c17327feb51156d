public import PipelineModel

/// A cadre who has reached, or will soon reach, the limit of years in one post or unit.
public struct RotationDue: Record, Hashable {
    public static let table = "rotation_due"
    public static let columns = [
        "cadre_id", "due_date", "limited_by", "status", "overdue_years", "post_since", "post_years", "post_limit", "unit_since", "unit_years", "unit_limit",
    ]
    public static let order = "due_date, cadre_id"

    /// Who.
    public var cadreID: String
    /// First day over the first limit.
    public var due: CalendarDate
    /// Which limit comes first.
    public var limitedBy: RotationLimit
    /// Over the limit, or soon.
    public var status: RotationStatus
    /// Years over it; 0 before the day.
    public var overdueYears: Double
    /// First day in the post, terms that follow one another counted as one.
    public var postSince: CalendarDate
    /// Years in it.
    public var postYears: Double
    /// Years allowed; `nil` without a limit.
    public var postLimit: Double?
    /// First day in the unit, posts that follow one another counted as one.
    public var unitSince: CalendarDate
    /// Years in it.
    public var unitYears: Double
    /// Years allowed; `nil` without a limit.
    public var unitLimit: Double?

    /// A row with these values.
    public init(
        cadreID: String, due: CalendarDate, limitedBy: RotationLimit, status: RotationStatus, overdueYears: Double, postSince: CalendarDate,
        postYears: Double, postLimit: Double?, unitSince: CalendarDate, unitYears: Double, unitLimit: Double?
    ) {
        self.cadreID = cadreID
        self.due = due
        self.limitedBy = limitedBy
        self.status = status
        self.overdueYears = overdueYears
        self.postSince = postSince
        self.postYears = postYears
        self.postLimit = postLimit
        self.unitSince = unitSince
        self.unitYears = unitYears
        self.unitLimit = unitLimit
    }

    public func write(to row: inout RowWriter) {
        row.text(cadreID)
        row.date(due)
        row.code(limitedBy)
        row.code(status)
        row.real(overdueYears)
        row.date(postSince)
        row.real(postYears)
        row.real(postLimit)
        row.date(unitSince)
        row.real(unitYears)
        row.real(unitLimit)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        cadreID = try row.text()
        due = try row.date()
        limitedBy = try row.code(RotationLimit.self)
        status = try row.code(RotationStatus.self)
        overdueYears = try row.real()
        postSince = try row.date()
        postYears = try row.real()
        postLimit = try row.optionalReal()
        unitSince = try row.date()
        unitYears = try row.real()
        unitLimit = try row.optionalReal()
    }
}
