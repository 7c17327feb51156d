public import PipelineModel

/// The indicators on which a world's cadres have a true standing.
public enum SimulatedIndicator: String, CaseIterable, Sendable {
    case tasksOverdue = "tasks_overdue"
    case taskQuality = "task_quality"
    case mediaOverdue = "media_overdue"
    case petitionsSubstantiated = "petitions_substantiated"
    case ballotScore = "ballot_score"
    case regularAppraisal = "regular_appraisal"
    case capabilityScore = "capability_score"
    case trainingMissed = "training_missed"

    /// Family of the observation (docs/method.md, section 1).
    public var family: String {
        switch self {
        case .tasksOverdue, .mediaOverdue, .trainingMissed: "share"
        case .petitionsSubstantiated: "rate"
        case .taskQuality, .ballotScore, .regularAppraisal, .capabilityScore: "mean"
        }
    }

    /// d of the method: +1 where more is better, −1 where less is.
    public var direction: Double { family == "mean" ? 1 : -1 }

    /// Its place among all indicators.
    var place: Int { SimulatedIndicator.allCases.firstIndex(of: self) ?? 0 }

    /// Loading on the general factor, from which the default correlations follow: r = product of two loadings.
    private var loading: Double {
        switch self {
        case .tasksOverdue: 0.80
        case .taskQuality: 0.75
        case .mediaOverdue: 0.60
        case .petitionsSubstantiated: 0.50
        case .ballotScore: 0.65
        case .regularAppraisal: 0.80
        case .capabilityScore: 0.70
        case .trainingMissed: 0.45
        }
    }

    /// A correlation matrix with one general factor: unit diagonal, positive definite, in the order of `allCases`.
    public static var defaultCorrelation: [[Double]] {
        allCases.map { row in allCases.map { row == $0 ? 1 : row.loading * $0.loading } }
    }
}

/// Centre μ and spread σ of an indicator among the peers of one group, on the family's own scale: logit, logarithm of a monthly rate, or marks.
public struct IndicatorParameters: Hashable, Sendable {
    public var centre: Double
    public var spread: Double

    public init(centre: Double, spread: Double) {
        self.centre = centre
        self.spread = spread
    }
}

/// Kind of body × rank band × post type: whose holders share their parameters.
public struct SimulatedGroup: Hashable, Sendable, CustomStringConvertible {
    public var kind: KindOfBody
    public var band: RankBandName
    public var postType: PostType

    /// `county/section/综合管理岗位`.
    public var description: String { "\(kind.rawValue)/\(band.rawValue)/\(postType.rawValue)" }

    /// The parameters of an indicator in this group of the standard world: busy posts draw more petitions, leaders answer for harder tasks.
    public func standardParameters(of indicator: SimulatedIndicator) -> IndicatorParameters {
        let level = Double(band.level)
        let street = postType == .enforcement || postType == .window ? 1.0 : 0.0
        let grassRoots = kind == .township ? 1.0 : 0.0
        switch indicator {
        case .tasksOverdue: return IndicatorParameters(centre: -2.1 + 0.15 * level + 0.25 * grassRoots, spread: 0.65 + 0.05 * street)
        case .taskQuality: return IndicatorParameters(centre: 82 + 0.8 * level - 1.2 * grassRoots, spread: 3.2)
        case .mediaOverdue: return IndicatorParameters(centre: -1.3 + 0.1 * grassRoots, spread: 0.7)
        case .petitionsSubstantiated:
            return IndicatorParameters(centre: -4.0 + 0.35 * level + 0.6 * street + 0.5 * grassRoots, spread: 0.7)
        case .ballotScore: return IndicatorParameters(centre: 77 - 1.5 * street + 0.7 * grassRoots, spread: 4)
        case .regularAppraisal: return IndicatorParameters(centre: 84 + 0.5 * level, spread: 3)
        case .capabilityScore: return IndicatorParameters(centre: 80 + 0.7 * level, spread: 4)
        case .trainingMissed: return IndicatorParameters(centre: -2.0 + 0.2 * level + 0.3 * street, spread: 0.8)
        }
    }
}
