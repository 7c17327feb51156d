/// What the study found.
public struct StudyResult: Sendable {
    public let study: ValidityStudy
    /// One per scenario, in their order.
    public let scenarios: [ScenarioSummary]

    /// What must hold, line by line.
    public var requirements: [Requirement] {
        scenarios.filter(\.scenario.isRequired).flatMap { summary in
            summary.promises.flatMap { promise in
                let falseShare = Requirement(
                    scenario: summary.scenario, promised: promise.promised, kind: .falseShare,
                    value: max(promise.model.falseShare.mean, promise.model.pooledFalseShare), limit: promise.promised + 0.02)
                guard summary.scenario == .asAssumed else { return [falseShare] }
                return [
                    falseShare,
                    Requirement(
                        scenario: summary.scenario, promised: promise.promised, kind: .recall, value: promise.recallRatio.mean, limit: 0.97),
                ]
            }
        }
    }

    /// Whether all of it holds.
    public var holds: Bool { requirements.allSatisfy(\.holds) && scenarios.allSatisfy { !$0.scenario.isRequired || $0.failures.isEmpty } }
}

/// One thing that must hold, and what was found.
public struct Requirement: Hashable, Sendable {
    /// What is held to a limit.
    public enum Kind: Sendable {
        /// The realised false share, the larger of mean over worlds and pooled: at most the limit.
        case falseShare
        /// Recall over the oracle's: at least the limit.
        case recall
    }

    public let scenario: Scenario
    public let promised: Double
    public let kind: Kind
    public let value: Double
    public let limit: Double

    /// Whether it does.
    public var holds: Bool {
        switch kind {
        case .falseShare: value <= limit
        case .recall: value >= limit
        }
    }
}
