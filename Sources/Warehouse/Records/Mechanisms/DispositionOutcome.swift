public import PipelineModel

/// Whether an outcome can be told.
public enum OutcomeRemark: String, Category {
    case estimated, tooFewToSay, noCases

    public var chinese: String {
        switch self {
        case .estimated: "已估计"
        case .tooFewToSay: "人数太少,不作结论"
        case .noCases: "尚无个案"
        }
    }
}

/// What became of those with a confirmed disposition, beside similar cadres whom no night up to the decision had flagged.
public struct DispositionOutcome: Record, Hashable {
    public static let table = "outcomes_by_disposition"
    public static let columns = [
        "disposition", "confirmed", "waiting", "unmatched", "cases", "before", "after", "change", "comparison_change", "effect", "lower",
        "upper", "remark",
    ]
    public static let order = "disposition"

    /// Which.
    public var disposition: Disposition
    /// Confirmed by tonight.
    public var confirmed: Int
    /// Of these, too recent: no window lies wholly after the decision.
    public var waiting: Int
    /// Of these, without a standing before or after, or without a similar cadre.
    public var unmatched: Int
    /// The others.
    public var cases: Int
    /// Mean composite of the cases before; `nil` where nothing is said.
    public var before: Double?
    /// After.
    public var after: Double?
    /// After less before.
    public var change: Double?
    /// The same of their matches.
    public var comparisonChange: Double?
    /// Change less comparison change.
    public var effect: Double?
    /// Of its interval.
    public var lower: Double?
    /// Of its interval.
    public var upper: Double?
    /// What can be said.
    public var remark: OutcomeRemark

    /// A row with these values.
    public init(
        disposition: Disposition, confirmed: Int, waiting: Int, unmatched: Int, cases: Int, before: Double?, after: Double?, change: Double?,
        comparisonChange: Double?, effect: Double?, lower: Double?, upper: Double?, remark: OutcomeRemark
    ) {
        self.disposition = disposition
        self.confirmed = confirmed
        self.waiting = waiting
        self.unmatched = unmatched
        self.cases = cases
        self.before = before
        self.after = after
        self.change = change
        self.comparisonChange = comparisonChange
        self.effect = effect
        self.lower = lower
        self.upper = upper
        self.remark = remark
    }

    public func write(to row: inout RowWriter) {
        row.code(disposition)
        row.integer(confirmed)
        row.integer(waiting)
        row.integer(unmatched)
        row.integer(cases)
        row.real(before)
        row.real(after)
        row.real(change)
        row.real(comparisonChange)
        row.real(effect)
        row.real(lower)
        row.real(upper)
        row.code(remark)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        disposition = try row.code(Disposition.self)
        confirmed = try row.integer()
        waiting = try row.integer()
        unmatched = try row.integer()
        cases = try row.integer()
        before = try row.optionalReal()
        after = try row.optionalReal()
        change = try row.optionalReal()
        comparisonChange = try row.optionalReal()
        effect = try row.optionalReal()
        lower = try row.optionalReal()
        upper = try row.optionalReal()
        remark = try row.code(OutcomeRemark.self)
    }
}
