/// A word in the two languages of the reports.
public struct BilingualText: Hashable, Sendable {
    public var chinese: String
    public var english: String

    public init(chinese: String, english: String) {
        self.chinese = chinese
        self.english = english
    }
}

/// The side of performance that an indicator speaks of.
public enum Dimension: String, Category {
    case achievement, responsiveness, publicEvaluation, capability, conduct

    public var chinese: String {
        switch self {
        case .achievement: "实绩"
        case .responsiveness: "回应"
        case .publicEvaluation: "公众评价"
        case .capability: "能力"
        case .conduct: "作风"
        }
    }
}

/// One number observed of each cadre over the window. One entry of `pipelines/indicators.yaml`.
public struct Indicator: Hashable, Sendable {
    public var id: String
    public var label: BilingualText
    public var dimension: Dimension
    public var observation: Observation
    /// Whether more is better (+1) or less is (−1): d of the method.
    public var moreIsBetter: Bool

    /// The family of the observation and the measures that make it.
    public enum Observation: Hashable, Sendable {
        /// `events` per month of exposure.
        case ratePerMonth(events: String)
        /// `events` per unit of work, counted by another measure.
        case rate(events: String, exposure: String)
        /// `events` out of `trials`.
        case share(events: String, trials: String)
        /// Mean of the measure's summed values.
        case mean(values: String)
    }

    public init(id: String, label: BilingualText, dimension: Dimension, observation: Observation, moreIsBetter: Bool) {
        self.id = id
        self.label = label
        self.dimension = dimension
        self.observation = observation
        self.moreIsBetter = moreIsBetter
    }

    /// The measures that the observation needs: the event's first.
    public var measures: [String] {
        switch observation {
        case .ratePerMonth(let events): [events]
        case .rate(let events, let exposure): [events, exposure]
        case .share(let events, let trials): [events, trials]
        case .mean(let values): [values]
        }
    }

    /// `rate`, `share` or `mean`.
    public var family: String {
        switch observation {
        case .ratePerMonth, .rate: "rate"
        case .share: "share"
        case .mean: "mean"
        }
    }
}

/// How one kind of body is appraised. One file of `pipelines/schemes/`.
public struct AppraisalScheme: Hashable, Sendable {
    public var kind: KindOfBody
    public var configurationFile: String
    public var label: BilingualText
    /// Length of the trailing window, in complete months.
    public var windowMonths: Int
    /// Fewer peers than this, and the group merges into the next coarser one.
    public var minimumPeers: Int
    /// Months of exposure in the present post without which nobody is judged in it.
    public var minimumExposureMonths: Double
    /// The share of peers, worst first, that a fair observer would be concerned about.
    public var concernShare: Double
    /// Rank bands: a band and the ranks, as the HR system writes them, that belong to it.
    public var rankBands: [RankBand]
    /// The order in which distinctions are given up when a group is too small, finest first.
    public var peerGroups: [PeerGrouping]
    /// Indicators and their weights; they sum to 1.
    public var weights: [IndicatorWeight]
    /// How long anybody may stay in one place; `nil`: not limited.
    public var rotation: RotationLimits?

    public init(kind: KindOfBody, label: BilingualText) {
        self.kind = kind
        self.configurationFile = ""
        self.label = label
        self.windowMonths = 12
        self.minimumPeers = 30
        self.minimumExposureMonths = 6
        self.concernShare = 0.10
        self.rankBands = []
        self.peerGroups = [.rankBandAndPostType, .rankBand, .scheme]
        self.weights = []
    }

    /// The band that a rank belongs to; ranks that no band lists share the band `other`.
    public func band(ofRank rank: String?) -> String {
        guard let rank else { return "other" }
        return rankBands.first { $0.ranks.contains(rank) }?.id ?? "other"
    }
}

/// A band of ranks whose holders are compared.
public struct RankBand: Hashable, Sendable {
    public var id: String
    public var ranks: [String]

    public init(id: String, ranks: [String]) {
        self.id = id
        self.ranks = ranks
    }
}

/// What peers have in common, beside the scheme.
public enum PeerGrouping: String, CaseIterable, Sendable {
    case rankBandAndPostType = "rank_band_and_post_type"
    case rankBand = "rank_band"
    case scheme
}

/// An indicator's part in a scheme's composite.
public struct IndicatorWeight: Hashable, Sendable {
    public var indicator: String
    public var weight: Double

    public init(indicator: String, weight: Double) {
        self.indicator = indicator
        self.weight = weight
    }
}
