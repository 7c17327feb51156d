/// What follows from the reviewers' decisions. `pipelines/rules/reviews.yaml`.
public struct ReviewRules: Hashable, Sendable {
    public var fitnessChecks: [FitnessCheck]
    /// Months with new marks that reopen an overturned flag which no single row speaks for.
    public var newMonthsOfMarks: Int
    public var outcomes: OutcomeRules

    /// A check that falls due after a confirmed disposition.
    public struct FitnessCheck: Hashable, Sendable {
        public var disposition: Disposition
        /// Months after the decision.
        public var fromMonths: Int
        public var toMonths: Int
        public var citation: BilingualText

        public init(disposition: Disposition, fromMonths: Int, toMonths: Int, citation: BilingualText) {
            self.disposition = disposition
            self.fromMonths = fromMonths
            self.toMonths = toMonths
            self.citation = citation
        }
    }

    /// How standing before and after a disposition is compared.
    public struct OutcomeRules: Hashable, Sendable {
        /// Similar cadres for each case.
        public var matches: Int
        /// Largest distance in (composite, its standard deviation).
        public var caliper: Double
        /// Fewer cases, and nothing is said.
        public var minimumCases: Int
        /// Of the interval.
        public var level: Double

        public init(matches: Int = 5, caliper: Double = 0.5, minimumCases: Int = 5, level: Double = 0.90) {
            self.matches = matches
            self.caliper = caliper
            self.minimumCases = minimumCases
            self.level = level
        }
    }

    /// The rules where the pipeline names no file.
    public init(
        fitnessChecks: [FitnessCheck] = [
            FitnessCheck(
                disposition: .retraining, fromMonths: 3, toMonths: 6,
                citation: BilingualText(chinese: "温州二十条·考核评价机制(回炉锻造)", english: "The 20 measures, mechanism 3: retraining"))
        ], newMonthsOfMarks: Int = 3, outcomes: OutcomeRules = OutcomeRules()
    ) {
        self.fitnessChecks = fitnessChecks
        self.newMonthsOfMarks = newMonthsOfMarks
        self.outcomes = outcomes
    }

    /// The check after a disposition; `nil` where none is asked for.
    public func fitnessCheck(after disposition: Disposition) -> FitnessCheck? { fitnessChecks.first { $0.disposition == disposition } }
}
