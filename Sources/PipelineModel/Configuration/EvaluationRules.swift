/// Which ballots count, and how many annual grades may be excellent. `pipelines/rules/evaluation.yaml`.
public struct EvaluationRules: Hashable, Sendable {
    /// `nil`: no table of the double evaluation.
    public var ballots: BallotRules?
    /// `nil`: no table of annual grades.
    public var annualGrades: AnnualGradeRules?

    public init(ballots: BallotRules? = nil, annualGrades: AnnualGradeRules? = nil) {
        self.ballots = ballots
        self.annualGrades = annualGrades
    }
}

/// Which ballots of the double evaluation (万人双评议) count.
public struct BallotRules: Hashable, Sendable {
    /// The rule that says so.
    public var citation: BilingualText
    /// Measure of the marks.
    public var measure: String
    /// The period: so many complete months up to the as-of date.
    public var windowMonths: Int
    /// A rater who gave so many people one and the same mark, and no other mark, did not look.
    public var straightLine: Int

    public init(citation: BilingualText, measure: String, windowMonths: Int = 12, straightLine: Int = 8) {
        self.citation = citation
        self.measure = measure
        self.windowMonths = windowMonths
        self.straightLine = straightLine
    }
}

/// How many of a unit's annual grades may be excellent.
public struct AnnualGradeRules: Hashable, Sendable {
    /// The rule that says so.
    public var citation: BilingualText
    /// Largest share, 0 to 1.
    public var excellentShare: Double

    public init(citation: BilingualText, excellentShare: Double = 0.20) {
        self.citation = citation
        self.excellentShare = excellentShare
    }
}
