/// A rule that flags a cadre by itself, beside the statistical model, and cites the provision it comes from. One entry of `pipelines/rules/triggers.yaml`.
public struct RuleTrigger: Hashable, Sendable {
    public var id: String
    /// What the rule says, for the people who read the flag.
    public var statement: BilingualText
    /// The provision: name, year, article.
    public var citation: BilingualText
    public var disposition: Disposition
    /// The source whose rows trigger it; it must keep rows.
    public var source: SourceRole
    /// Rows that count towards it.
    public var condition: Condition
    /// Field that dates a row; rows outside `withinMonths` before the as-of date, and rows without a date, do not count.
    public var dateField: String
    public var withinMonths: Int
    /// What it takes to trigger.
    public var pattern: Pattern
    /// What would clear it, for the people who read the flag.
    public var clearedBy: BilingualText

    /// How many rows, and how they must lie.
    public enum Pattern: Hashable, Sendable {
        /// At least so many rows.
        case count(Int)
        /// Rows in so many consecutive values of an integer field, the newest counting back: two years running.
        case consecutive(Int, field: String)
    }

    public init(
        id: String, statement: BilingualText, citation: BilingualText, disposition: Disposition, source: SourceRole, condition: Condition,
        dateField: String, withinMonths: Int, pattern: Pattern, clearedBy: BilingualText
    ) {
        self.id = id
        self.statement = statement
        self.citation = citation
        self.disposition = disposition
        self.source = source
        self.condition = condition
        self.dateField = dateField
        self.withinMonths = withinMonths
        self.pattern = pattern
        self.clearedBy = clearedBy
    }
}

/// What is taken out of a score before anybody is compared. `pipelines/rules/protections.yaml`.
public struct ProtectionRules: Hashable, Sendable {
    /// Kinds of approved leave that leave the exposure.
    public var longLeaveKinds: [LeaveKind]
    /// Days from which an absence is long.
    public var longLeaveMinimumDays: Int
    /// Findings of petitions that count; anything else counts as nothing.
    public var countingFindings: [PetitionFinding]

    public init(
        longLeaveKinds: [LeaveKind] = [.sick, .maternity, .secondment], longLeaveMinimumDays: Int = 15,
        countingFindings: [PetitionFinding] = [.substantiated, .partlySubstantiated]
    ) {
        self.longLeaveKinds = longLeaveKinds
        self.longLeaveMinimumDays = longLeaveMinimumDays
        self.countingFindings = countingFindings
    }
}
