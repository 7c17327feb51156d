/// Shares that the opinion asks for. `pipelines/rules/targets.yaml`.
public struct TargetRules: Hashable, Sendable {
    public var trend: Trend
    public var targets: [StructureTarget]

    public init(trend: Trend = Trend(), targets: [StructureTarget] = []) {
        self.trend = trend
        self.targets = targets
    }

    /// How the pace of a share is read from earlier nights.
    public struct Trend: Hashable, Sendable {
        /// Weeks, counted back from tonight, that have a night; with fewer, no pace is said.
        public var minimumWeeks: Int
        /// Weeks that are looked back.
        public var weeks: Int
        /// Confidence of the interval of the pace and of the date.
        public var level: Double
        /// A date further off than this is not in sight.
        public var horizonYears: Int

        public init(minimumWeeks: Int = 8, weeks: Int = 52, level: Double = 0.90, horizonYears: Int = 10) {
            self.minimumWeeks = minimumWeeks
            self.weeks = weeks
            self.level = level
            self.horizonYears = horizonYears
        }
    }
}

/// One share of the cadres in post, and what it is to reach.
public struct StructureTarget: Hashable, Sendable {
    public var id: String
    public var label: BilingualText
    /// The provision that asks for it.
    public var citation: BilingualText
    /// The mechanism of the opinion that it belongs to.
    public var mechanism: Mechanism
    /// What the share is to reach, more than 0 and at most 1.
    public var share: Double
    /// The denominator: a condition on `FieldSet.cadreInPost`.
    public var among: Condition
    /// What those must meet who count, on the same fields; always met where not given.
    public var meets: Condition?
    /// What a post must meet that those must have held before the present one: a condition on `FieldSet.heldPost`.
    public var everHeld: Condition?

    public init(
        id: String, label: BilingualText, citation: BilingualText, mechanism: Mechanism = .selection, share: Double, among: Condition,
        meets: Condition? = nil, everHeld: Condition? = nil
    ) {
        self.id = id
        self.label = label
        self.citation = citation
        self.mechanism = mechanism
        self.share = share
        self.among = among
        self.meets = meets
        self.everHeld = everHeld
    }
}

/// Where township Party secretaries come from and go to. `pipelines/rules/selection.yaml`.
public struct SelectionRules: Hashable, Sendable {
    /// Which posts are those of a township's Party secretary: a condition on `FieldSet.heldPost`.
    public var secretary: Condition
    /// Which posts are in a county's leadership team: a condition on `FieldSet.heldPost`.
    public var countyTeam: Condition
    /// Which posts are in the leadership team of a municipal organ: a condition on `FieldSet.heldPost`; `nil`: nobody is counted there.
    public var municipalTeam: Condition?
    /// Completed years as secretary from which promotion is considered.
    public var windowFromYears: Double
    /// Years up to which it is.
    public var windowToYears: Double
    public var citation: BilingualText

    public init(
        secretary: Condition, countyTeam: Condition, municipalTeam: Condition? = nil, windowFromYears: Double = 3, windowToYears: Double = 8,
        citation: BilingualText
    ) {
        self.secretary = secretary
        self.countyTeam = countyTeam
        self.municipalTeam = municipalTeam
        self.windowFromYears = windowFromYears
        self.windowToYears = windowToYears
        self.citation = citation
    }
}

/// How long anybody may stay, as one scheme limits it; `rotation:` of a scheme's file.
public struct RotationLimits: Hashable, Sendable {
    /// Years in one post; `nil`: no limit.
    public var postYears: Double?
    /// Years in one unit, whatever the posts; `nil`: no limit.
    public var unitYears: Double?
    /// Types of post that are limited; empty: all.
    public var postTypes: [String]
    /// Months before the limit from which somebody is listed.
    public var horizonMonths: Int
    public var citation: BilingualText

    public init(postYears: Double? = nil, unitYears: Double? = nil, postTypes: [String] = [], horizonMonths: Int = 12, citation: BilingualText) {
        self.postYears = postYears
        self.unitYears = unitYears
        self.postTypes = postTypes
        self.horizonMonths = horizonMonths
        self.citation = citation
    }
}
