/// How sure the model must be before it names anybody. `pipelines/rules/flagging.yaml`.
public struct FlaggingRules: Hashable, Sendable {
    /// Promised share of wrong names among the flagged, 0 to 1: the longest prefix whose mean(1 − p) does not exceed it is flagged.
    public var falseFlagRate: Double
    /// The same for the watch list, which takes in more people and proposes nothing; not under `falseFlagRate`.
    public var watchRate: Double
    /// The same for commendations.
    public var commendRate: Double
    /// A flag that stood last night stays until the probability of concern falls under this, so that names do not flicker.
    public var clearBelow: Double

    /// The rules where the pipeline names no file.
    public init(falseFlagRate: Double = 0.10, watchRate: Double = 0.30, commendRate: Double = 0.10, clearBelow: Double = 0.5) {
        self.falseFlagRate = falseFlagRate
        self.watchRate = watchRate
        self.commendRate = commendRate
        self.clearBelow = clearBelow
    }
}

/// Which disposition a flag of the model proposes. `pipelines/rules/dispositions.yaml`.
public struct DispositionRules: Hashable, Sendable {
    /// A dimension is of concern where the weighted mean of its indicators' standings is under this, in standard deviations among peers.
    public var dimensionConcernBelow: Double
    /// In order: the first that holds decides. Where none does, a support talk is proposed, the mildest.
    public var rules: [DispositionRule]

    /// Rules with their threshold; without rules everybody flagged by the model is proposed for a support talk.
    public init(dimensionConcernBelow: Double = -0.5, rules: [DispositionRule] = []) {
        self.dimensionConcernBelow = dimensionConcernBelow
        self.rules = rules
    }
}

/// One rule of `pipelines/rules/dispositions.yaml`: it holds where every condition that it states holds, and always where it states none.
public struct DispositionRule: Hashable, Sendable {
    public var id: String
    public var disposition: Disposition
    /// What the rule says, for the people who read the flag.
    public var statement: BilingualText
    /// The provision: name, year, article.
    public var citation: BilingualText
    /// Probability, above which the composite in the previous post, of another type, was better than now. False without such a post.
    public var contrastProbability: Double?
    /// Probability of concern in the previous post, under which there was none. False without such a post.
    public var previousPostConcernBelow: Double?
    /// By type of post, the specialties that fit it: holds for a known specialty that is not among those of the present post's type.
    public var specialties: [String: [String]]?
    /// Dimensions that must not be of concern.
    public var clear: [Dimension]
    /// Dimensions of which one must pull the composite down most.
    public var drivenBy: [Dimension]
    /// Indicators of which one must have counted an event.
    public var eventsOf: [String]
    /// Probability of concern in the window before, above which concern lasts two windows running.
    public var previousWindowConcernAbove: Double?
    /// How many dimensions at least must be of concern.
    public var concernedDimensions: Int?
    /// A graded warning before.
    public var warning: EarlierWarning?
    /// Dispositions of which a rule trigger must propose one tonight.
    public var triggers: [Disposition]

    /// An earlier graded warning (提醒、批评教育、函询、诫勉) that a rule asks for.
    public struct EarlierWarning: Hashable, Sendable {
        public var kinds: [WarningKind]
        /// Months before the as-of date in which it was given.
        public var withinMonths: Int
        /// Whether its required correction must be overdue.
        public var uncorrected: Bool

        public init(kinds: [WarningKind] = WarningKind.allCases, withinMonths: Int, uncorrected: Bool = false) {
            self.kinds = kinds
            self.withinMonths = withinMonths
            self.uncorrected = uncorrected
        }
    }

    /// A rule without conditions.
    public init(id: String, disposition: Disposition, statement: BilingualText, citation: BilingualText) {
        self.id = id
        self.disposition = disposition
        self.statement = statement
        self.citation = citation
        self.clear = []
        self.drivenBy = []
        self.eventsOf = []
        self.triggers = []
    }
}
