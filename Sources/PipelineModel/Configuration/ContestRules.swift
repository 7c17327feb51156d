/// The six-field contest (六比竞赛): what is compared, and how sure a rank must be. `pipelines/rules/contest.yaml`.
public struct ContestRules: Hashable, Sendable {
    /// The document that asks for the contest.
    public var citation: BilingualText
    /// Length of the trailing window, in complete months.
    public var windowMonths: Int
    /// Level of the rank intervals.
    public var rankLevel: Double
    /// Draws that ranks are made of.
    public var draws: Int
    /// Seed of the draws.
    public var seed: Int
    /// In the order of the file.
    public var measures: [ContestMeasure]

    public init(
        citation: BilingualText, windowMonths: Int = 12, rankLevel: Double = 0.9, draws: Int = 4000, seed: Int = 20_180_918, measures: [ContestMeasure] = []
    ) {
        self.citation = citation
        self.windowMonths = windowMonths
        self.rankLevel = rankLevel
        self.draws = draws
        self.seed = seed
        self.measures = measures
    }
}

/// One thing that units are compared by. One entry of `measures:`.
public struct ContestMeasure: Hashable, Sendable {
    public var id: String
    public var label: BilingualText
    public var field: ContestField
    public var observation: Observation
    public var moreIsBetter: Bool

    /// The measures that it is made of.
    public enum Observation: Hashable, Sendable {
        /// `events` out of `trials`.
        case share(events: String, trials: String)
        /// Mean of the measure's summed values.
        case mean(values: String)
    }

    public init(id: String, label: BilingualText, field: ContestField, observation: Observation, moreIsBetter: Bool) {
        self.id = id
        self.label = label
        self.field = field
        self.observation = observation
        self.moreIsBetter = moreIsBetter
    }
}
