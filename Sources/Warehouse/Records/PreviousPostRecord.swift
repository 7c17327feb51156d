public import PipelineModel

/// The present post against the previous one of another type.
public struct PreviousPostRecord: Record, Hashable {
    public static let table = "previous_posts"
    public static let columns = [
        "cadre_id", "unit_id", "post", "post_type", "group_id", "start_date", "end_date", "exposure_months", "mean", "deviation", "concern",
        "better_before",
    ]
    public static let order = "cadre_id"

    /// Who.
    public var cadreID: String
    /// Of the previous post.
    public var unitID: String?
    /// Previous post.
    public var post: String?
    /// Its type.
    public var postType: String?
    /// Peers in the previous post.
    public var groupID: String
    /// First day of the previous post.
    public var start: CalendarDate
    /// Last day of the previous post.
    public var end: CalendarDate
    /// Months of it within its window.
    public var exposureMonths: Double
    /// Composite in the previous post.
    public var mean: Double
    /// Its standard deviation.
    public var deviation: Double
    /// P(composite in the previous post < c).
    public var concern: Double
    /// P(composite then > composite now).
    public var betterBefore: Double

    /// A row with these values.
    public init(
        cadreID: String, unitID: String?, post: String?, postType: String?, groupID: String, start: CalendarDate, end: CalendarDate,
        exposureMonths: Double, mean: Double, deviation: Double, concern: Double, betterBefore: Double
    ) {
        self.cadreID = cadreID
        self.unitID = unitID
        self.post = post
        self.postType = postType
        self.groupID = groupID
        self.start = start
        self.end = end
        self.exposureMonths = exposureMonths
        self.mean = mean
        self.deviation = deviation
        self.concern = concern
        self.betterBefore = betterBefore
    }

    public func write(to row: inout RowWriter) {
        row.text(cadreID)
        row.text(unitID)
        row.text(post)
        row.text(postType)
        row.text(groupID)
        row.date(start)
        row.date(end)
        row.real(exposureMonths)
        row.real(mean)
        row.real(deviation)
        row.real(concern)
        row.real(betterBefore)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        cadreID = try row.text()
        unitID = try row.optionalText()
        post = try row.optionalText()
        postType = try row.optionalText()
        groupID = try row.text()
        start = try row.date()
        end = try row.date()
        exposureMonths = try row.real()
        mean = try row.real()
        deviation = try row.real()
        concern = try row.real()
        betterBefore = try row.real()
    }
}
