extension Scenario {
    /// What it is called in tables.
    var title: String {
        switch self {
        case .asAssumed: "as assumed"
        case .clustered: "clustered events, with φ"
        case .clusteredWithoutDispersion: "clustered events, φ left at 1"
        case .heavyTails: "heavy tails (t, 6 d.f.)"
        case .emptyIndicator: "an indicator of pure noise"
        case .foreignIndicator: "an indicator of something else"
        case .busiestPosts: "the best in the busiest posts"
        case .missing5: "5% missing"
        case .missing30: "30% missing"
        case .smallGroups: "groups of 30"
        case .twiceTheFacts: "as assumed, twice the facts"
        }
    }

    /// How its worlds are made.
    var making: String {
        switch self {
        case .asAssumed: "The model's own assumptions."
        case .clustered:
            "Events of both rates come in incidents: Poisson in number, geometric in size with mean 2. A count's variance is 3 times its mean. φ is estimated from the months."
        case .clusteredWithoutDispersion: "The same worlds (the first of them), with φ left at 1."
        case .heavyTails:
            "θ is multivariate t with 6 degrees of freedom, scaled to variance 1 and correlation R: one factor per person stretches all five standings."
        case .emptyIndicator: "The fifth indicator varies by chance alone (σ = 0), though the composite weighs its standing."
        case .foreignIndicator: "The fifth indicator varies between people as much as in the other worlds, by a trait that has nothing to do with any standing."
        case .busiestPosts:
            "The logarithm of a rate's exposure correlates 0.5 with the standing on it, and the rate itself grows with the exposure to the power of 0.2. "
                + "The model knows of neither."
        case .missing5: "Each observation is missing with probability 5%, for no reason that matters."
        case .missing30: "The same with 30%."
        case .smallGroups: "Peer groups of 30 in place of 250."
        case .twiceTheFacts: "The model's own assumptions, with 24 months in place of 12 and twice the ratings: what more evidence brings."
        }
    }
}

extension NaiveRule {
    var title: String {
        switch self {
        case .worstTenth: "worst tenth of the raw score"
        case .threeOrMore: "three or more substantiated petitions"
        case .zScoreUnderMinus2: "z-score under −2"
        }
    }
}
