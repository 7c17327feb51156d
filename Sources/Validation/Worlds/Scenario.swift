/// How the people of a world come about, and how the model is asked about them: as it assumes, or otherwise on purpose.
public enum Scenario: String, CaseIterable, Sendable {
    /// As the model assumes.
    case asAssumed
    /// Events of the two rates come in incidents of geometric size, mean 2; φ is estimated from the months.
    case clustered
    /// The same worlds; φ is left at 1.
    case clusteredWithoutDispersion
    /// Standings are multivariate t with 6 degrees of freedom, scaled to variance 1.
    case heavyTails
    /// The fifth indicator varies by chance alone: it says nothing about anybody.
    case emptyIndicator
    /// The fifth indicator varies as much as it should, but by something else than the standing that the composite weighs.
    case foreignIndicator
    /// The better a cadre, the busier the post; and a busy post draws more events than in proportion.
    case busiestPosts
    /// 5% of the observations are missing at random.
    case missing5
    /// 30% of the observations are missing at random.
    case missing30
    /// 160 groups of 30 (in a city of 5,000) where there were 20 of 250.
    case smallGroups

    /// As the model assumes, with facts of 24 months in place of 12, and twice the ratings.
    case twiceTheFacts

    /// Whether the promise must hold here: where the model is right, and where it was built to hold although it is not.
    public var isRequired: Bool {
        self == .asAssumed || self == .clustered
    }

    /// Scenarios of one stream have the same worlds.
    var stream: UInt64 {
        switch self {
        case .asAssumed: 1
        case .clustered, .clusteredWithoutDispersion: 2
        case .heavyTails: 3
        case .emptyIndicator: 4
        case .foreignIndicator: 5
        case .busiestPosts: 6
        case .missing5: 7
        case .missing30: 8
        case .smallGroups: 9
        case .twiceTheFacts: 10
        }
    }

    /// Mean size of an incident; 1 where every event stands for itself.
    var incidentSize: Double {
        stream == Scenario.clustered.stream ? 2 : 1
    }

    /// Months of the window.
    var months: Int {
        self == .twiceTheFacts ? 24 : 12
    }

    var missingShare: Double {
        switch self {
        case .missing5: 0.05
        case .missing30: 0.30
        default: 0
        }
    }

    /// Groups, and people in each.
    func groups(cadres: Int) -> (count: Int, size: Int) {
        let (most, atLeast) = self == .smallGroups ? (cadres * 160 / 5000, 30) : (20, 30)
        let count = max(1, min(most, cadres / atLeast))
        return (count, self == .smallGroups ? atLeast : cadres / count)
    }
}
