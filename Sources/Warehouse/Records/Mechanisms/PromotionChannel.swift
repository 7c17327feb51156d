public import PipelineModel

/// One rank of one class of civil servant: who waits in it, and who has come up into it.
public struct PromotionChannel: Record, Hashable {
    public static let table = "promotion_channels"
    public static let columns = [
        "number", "civil_service_class", "rank", "headcount", "promotions", "waiting", "waited_lower", "waited_median", "waited_upper",
    ]
    public static let order = "number"

    /// Counts from 1, classes in their order and ranks from the lowest.
    public var number: Int
    /// Class; `nil` where the roster says none.
    public var serviceClass: CivilServiceClass?
    /// Rank as the HR system writes it; `nil` where it says none.
    public var rank: String?
    /// Cadres in service.
    public var headcount: Int
    /// Of these, promoted into the rank within the months of the rule; `nil` where no ladder has the rank.
    public var promotions: Int?
    /// Of the cadres, those whose first day in the rank is known.
    public var waiting: Int
    /// Years in the rank so far, lower quartile.
    public var waitedLower: Double?
    /// Median.
    public var waitedMedian: Double?
    /// Upper quartile.
    public var waitedUpper: Double?

    /// A row with these values.
    public init(
        number: Int, serviceClass: CivilServiceClass?, rank: String?, headcount: Int, promotions: Int?, waiting: Int, waitedLower: Double?,
        waitedMedian: Double?, waitedUpper: Double?
    ) {
        self.number = number
        self.serviceClass = serviceClass
        self.rank = rank
        self.headcount = headcount
        self.promotions = promotions
        self.waiting = waiting
        self.waitedLower = waitedLower
        self.waitedMedian = waitedMedian
        self.waitedUpper = waitedUpper
    }

    public func write(to row: inout RowWriter) {
        row.integer(number)
        row.code(serviceClass)
        row.text(rank)
        row.integer(headcount)
        row.integer(promotions)
        row.integer(waiting)
        row.real(waitedLower)
        row.real(waitedMedian)
        row.real(waitedUpper)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        number = try row.integer()
        serviceClass = try row.optionalCode(CivilServiceClass.self)
        rank = try row.optionalText()
        headcount = try row.integer()
        promotions = try row.optionalInteger()
        waiting = try row.integer()
        waitedLower = try row.optionalReal()
        waitedMedian = try row.optionalReal()
        waitedUpper = try row.optionalReal()
    }
}
