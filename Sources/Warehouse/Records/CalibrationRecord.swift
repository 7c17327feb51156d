/// How many of the flags that the model raised at one level of certainty a reviewer confirmed.
public struct CalibrationRecord: Record, Hashable {
    public static let table = "calibration"
    public static let columns = ["band_from", "band_to", "reviewed", "confirmed", "mean_concern", "share", "lower", "upper"]
    public static let order = "band_from"

    /// Concern from here; belongs to the band.
    public var from: Double
    /// Concern up to here; belongs to the next band, and 1 to the last.
    public var to: Double
    /// Flags confirmed or overturned; a deferred one is not decided.
    public var reviewed: Int
    /// Of these, confirmed.
    public var confirmed: Int
    /// What the model promised: the mean of their concern; none without reviews.
    public var meanConcern: Double?
    /// confirmed / reviewed; none without reviews.
    public var share: Double?
    /// Lower Wilson limit, 95%.
    public var lower: Double?
    /// Upper Wilson limit, 95%.
    public var upper: Double?

    /// A row with these values.
    public init(from: Double, to: Double, reviewed: Int, confirmed: Int, meanConcern: Double?, share: Double?, lower: Double?, upper: Double?) {
        self.from = from
        self.to = to
        self.reviewed = reviewed
        self.confirmed = confirmed
        self.meanConcern = meanConcern
        self.share = share
        self.lower = lower
        self.upper = upper
    }

    public func write(to row: inout RowWriter) {
        row.real(from)
        row.real(to)
        row.integer(reviewed)
        row.integer(confirmed)
        row.real(meanConcern)
        row.real(share)
        row.real(lower)
        row.real(upper)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        from = try row.real()
        to = try row.real()
        reviewed = try row.integer()
        confirmed = try row.integer()
        meanConcern = try row.optionalReal()
        share = try row.optionalReal()
        lower = try row.optionalReal()
        upper = try row.optionalReal()
    }
}
