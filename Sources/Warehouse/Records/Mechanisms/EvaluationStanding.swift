/// What the ballots of the double evaluation (万人双评议) say of one unit or cadre, and which of them were set aside.
public struct EvaluationStanding: Record, Hashable {
    public static let table = "double_evaluation"
    public static let columns = [
        "number", "level", "unit_id", "cadre_id", "raw_mean", "adjusted_mean", "lower", "upper", "raters", "counted", "repeated", "straight_lined",
        "outside_period",
    ]
    public static let order = "number"

    /// Counts from 1: units, then cadres.
    public var number: Int
    /// Unit or cadre.
    public var level: EvaluationLevel
    /// The unit; of a cadre, the one at the newest ballot. `nil` where it is not known.
    public var unitID: String?
    /// The cadre; `nil` for a unit.
    public var cadreID: String?
    /// Mean of all ballots of the period; `nil` without any.
    public var rawMean: Double?
    /// Mean of those that count, freed of how severe their raters are; `nil` where raters and rated cannot be told apart.
    public var adjustedMean: Double?
    /// Lower end of its 95% interval.
    public var lower: Double?
    /// Upper end.
    public var upper: Double?
    /// Raters whose ballots count.
    public var raters: Int
    /// Ballots that count.
    public var counted: Int
    /// Set aside: further ballots of a rater who had rated the cadre in the period; what they say is averaged into the one that counts.
    public var repeated: Int
    /// Set aside: of raters who gave everybody the same mark.
    public var straightLined: Int
    /// Set aside: known tonight, and not of the period.
    public var outsidePeriod: Int

    /// A row with these values.
    public init(
        number: Int, level: EvaluationLevel, unitID: String?, cadreID: String?, rawMean: Double?, adjustedMean: Double?, lower: Double?, upper: Double?,
        raters: Int, counted: Int, repeated: Int, straightLined: Int, outsidePeriod: Int
    ) {
        self.number = number
        self.level = level
        self.unitID = unitID
        self.cadreID = cadreID
        self.rawMean = rawMean
        self.adjustedMean = adjustedMean
        self.lower = lower
        self.upper = upper
        self.raters = raters
        self.counted = counted
        self.repeated = repeated
        self.straightLined = straightLined
        self.outsidePeriod = outsidePeriod
    }

    public func write(to row: inout RowWriter) {
        row.integer(number)
        row.code(level)
        row.text(unitID)
        row.text(cadreID)
        row.real(rawMean)
        row.real(adjustedMean)
        row.real(lower)
        row.real(upper)
        row.integer(raters)
        row.integer(counted)
        row.integer(repeated)
        row.integer(straightLined)
        row.integer(outsidePeriod)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        number = try row.integer()
        level = try row.code(EvaluationLevel.self)
        unitID = try row.optionalText()
        cadreID = try row.optionalText()
        rawMean = try row.optionalReal()
        adjustedMean = try row.optionalReal()
        lower = try row.optionalReal()
        upper = try row.optionalReal()
        raters = try row.integer()
        counted = try row.integer()
        repeated = try row.integer()
        straightLined = try row.integer()
        outsidePeriod = try row.integer()
    }
}
