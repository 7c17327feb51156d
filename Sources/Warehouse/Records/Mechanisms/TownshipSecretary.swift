public import PipelineModel

/// A Party secretary of a township or sub-district, as a source of county leadership teams.
public struct TownshipSecretary: Record, Hashable {
    public static let table = "township_secretaries"
    public static let columns = [
        "cadre_id", "county_id", "post_start", "post_years", "secretary_years", "window_state", "window_from", "window_to", "previous_posts", "career",
        "standing", "outstanding", "commendation_id", "flags",
    ]
    public static let order = "cadre_id"

    /// Who.
    public var cadreID: String
    /// The unit above the township.
    public var countyID: String?
    /// First day in the present post.
    public var postStart: CalendarDate
    /// Years in it.
    public var postYears: Double
    /// Years as secretary of any township, this one included.
    public var secretaryYears: Double
    /// Before, in or past the window of promotion.
    public var window: PromotionWindow
    /// First day of the window, if the post lasts.
    public var windowFrom: CalendarDate
    /// Its last day.
    public var windowTo: CalendarDate
    /// Posts held before the present one.
    public var previousPosts: Int
    /// Those posts, newest first: unit, title, first and last day.
    public var career: String
    /// Mean of the composite; `nil` where not judged.
    public var standing: Double?
    /// P(composite > −c); `nil` where not judged.
    public var outstanding: Double?
    /// The commendation proposed tonight.
    public var commendationID: String?
    /// Flags proposed tonight.
    public var flags: Int

    /// A row with these values.
    public init(
        cadreID: String, countyID: String?, postStart: CalendarDate, postYears: Double, secretaryYears: Double, window: PromotionWindow,
        windowFrom: CalendarDate, windowTo: CalendarDate, previousPosts: Int, career: String, standing: Double?, outstanding: Double?,
        commendationID: String?, flags: Int
    ) {
        self.cadreID = cadreID
        self.countyID = countyID
        self.postStart = postStart
        self.postYears = postYears
        self.secretaryYears = secretaryYears
        self.window = window
        self.windowFrom = windowFrom
        self.windowTo = windowTo
        self.previousPosts = previousPosts
        self.career = career
        self.standing = standing
        self.outstanding = outstanding
        self.commendationID = commendationID
        self.flags = flags
    }

    public func write(to row: inout RowWriter) {
        row.text(cadreID)
        row.text(countyID)
        row.date(postStart)
        row.real(postYears)
        row.real(secretaryYears)
        row.code(window)
        row.date(windowFrom)
        row.date(windowTo)
        row.integer(previousPosts)
        row.text(career)
        row.real(standing)
        row.real(outstanding)
        row.text(commendationID)
        row.integer(flags)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        cadreID = try row.text()
        countyID = try row.optionalText()
        postStart = try row.date()
        postYears = try row.real()
        secretaryYears = try row.real()
        window = try row.code(PromotionWindow.self)
        windowFrom = try row.date()
        windowTo = try row.date()
        previousPosts = try row.integer()
        career = try row.text()
        standing = try row.optionalReal()
        outstanding = try row.optionalReal()
        commendationID = try row.optionalText()
        flags = try row.integer()
    }
}
