public import PipelineModel

/// Where one unit stands in one measure of the six-field contest (六比竞赛), among units of its kind of body.
public struct ContestStanding: Record, Hashable {
    public static let table = "contest_standings"
    public static let columns = [
        "number", "measure", "field", "unit_id", "kind", "events", "trials", "value", "adjusted", "lower", "upper", "units", "rank", "rank_best", "rank_worst",
    ]
    public static let order = "number"

    /// Counts from 1: by measure in the order of the rules, kind of body and unit.
    public var number: Int
    /// Its id in the rules.
    public var measure: String
    /// Field of the contest.
    public var field: ContestField
    /// The unit.
    public var unitID: String
    /// Its kind of body: the units it is compared with.
    public var kind: KindOfBody
    /// Of a share: what is counted; `nil` for a mean.
    public var events: Int?
    /// Of what they are a part, or the number of values.
    public var trials: Int
    /// The share or mean as it is; `nil` without trials.
    public var value: Double?
    /// The same drawn towards the units of the kind as far as chance asks for; `nil` where nothing can be said.
    public var adjusted: Double?
    /// Lower end of its interval, at the level of the ranks.
    public var lower: Double?
    /// Upper end.
    public var upper: Double?
    /// Units of the kind that have a value.
    public var units: Int
    /// Middle of the drawn ranks; 1 is best.
    public var rank: Int?
    /// Best rank of the interval.
    public var rankBest: Int?
    /// Worst rank of the interval.
    public var rankWorst: Int?

    /// A row with these values.
    public init(
        number: Int, measure: String, field: ContestField, unitID: String, kind: KindOfBody, events: Int?, trials: Int, value: Double?, adjusted: Double?,
        lower: Double?, upper: Double?, units: Int, rank: Int?, rankBest: Int?, rankWorst: Int?
    ) {
        self.number = number
        self.measure = measure
        self.field = field
        self.unitID = unitID
        self.kind = kind
        self.events = events
        self.trials = trials
        self.value = value
        self.adjusted = adjusted
        self.lower = lower
        self.upper = upper
        self.units = units
        self.rank = rank
        self.rankBest = rankBest
        self.rankWorst = rankWorst
    }

    public func write(to row: inout RowWriter) {
        row.integer(number)
        row.text(measure)
        row.code(field)
        row.text(unitID)
        row.code(kind)
        row.integer(events)
        row.integer(trials)
        row.real(value)
        row.real(adjusted)
        row.real(lower)
        row.real(upper)
        row.integer(units)
        row.integer(rank)
        row.integer(rankBest)
        row.integer(rankWorst)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        number = try row.integer()
        measure = try row.text()
        field = try row.code(ContestField.self)
        unitID = try row.text()
        kind = try row.code(KindOfBody.self)
        events = try row.optionalInteger()
        trials = try row.integer()
        value = try row.optionalReal()
        adjusted = try row.optionalReal()
        lower = try row.optionalReal()
        upper = try row.optionalReal()
        units = try row.integer()
        rank = try row.optionalInteger()
        rankBest = try row.optionalInteger()
        rankWorst = try row.optionalInteger()
    }
}
