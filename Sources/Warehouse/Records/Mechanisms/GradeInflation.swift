public import PipelineModel

/// A unit's annual grades beside what the estimates of its members let expect.
public struct GradeInflation: Record, Hashable {
    public static let table = "grade_inflation"
    public static let columns =
        ["number", "unit_id", "kind", "year", "graded", "excellent", "allowed", "judged", "excellent_judged", "expected"] + FunnelReading.columns("ratio")
    public static let order = "number"

    /// Counts from 1, by unit and year.
    public var number: Int
    /// The unit on the day the grades were decided; `nil` where it is not known.
    public var unitID: String?
    /// Its kind of body: the units it is compared with.
    public var kind: KindOfBody?
    /// The year that was graded.
    public var year: Int
    /// Members with a grade.
    public var graded: Int
    /// Of these, excellent.
    public var excellent: Int
    /// The largest whole number within the share that the rule allows.
    public var allowed: Int
    /// Of the graded, those whom the model has an estimate of.
    public var judged: Int
    /// Of these, excellent.
    public var excellentJudged: Int
    /// Excellent grades to be expected of these if grades followed estimates; `nil` where the kind of body has no estimate, or no or only excellent grades.
    public var expected: Double?
    /// Excellent grades given over those expected, among the units.
    public var ratio: FunnelReading

    /// A row with these values.
    public init(
        number: Int, unitID: String?, kind: KindOfBody?, year: Int, graded: Int, excellent: Int, allowed: Int, judged: Int, excellentJudged: Int,
        expected: Double?, ratio: FunnelReading
    ) {
        self.number = number
        self.unitID = unitID
        self.kind = kind
        self.year = year
        self.graded = graded
        self.excellent = excellent
        self.allowed = allowed
        self.judged = judged
        self.excellentJudged = excellentJudged
        self.expected = expected
        self.ratio = ratio
    }

    public func write(to row: inout RowWriter) {
        row.integer(number)
        row.text(unitID)
        row.code(kind)
        row.integer(year)
        row.integer(graded)
        row.integer(excellent)
        row.integer(allowed)
        row.integer(judged)
        row.integer(excellentJudged)
        row.real(expected)
        ratio.write(to: &row)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        number = try row.integer()
        unitID = try row.optionalText()
        kind = try row.optionalCode(KindOfBody.self)
        year = try row.integer()
        graded = try row.integer()
        excellent = try row.integer()
        allowed = try row.integer()
        judged = try row.integer()
        excellentJudged = try row.integer()
        expected = try row.optionalReal()
        ratio = try FunnelReading(from: &row)
    }
}
