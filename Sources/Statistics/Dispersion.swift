/// How much more a unit's counts jump from period to period than chance has them jump: φ, over many units.
///
/// φ = Σ (observed − the unit's own expected)² / Σ (the variance that chance gives this difference). The unit's expectation is its own rate or share over all
/// its periods, which takes up a degree of freedom of each: the variance of a residual is the chance variance times (1 − the period's part of the exposure).
/// With that both sums have the same expectation where there is chance alone, for one period of exposure or a hundred.
///
/// The sums are a commutative monoid up to rounding: units in any order, and parts merged.
/// - Source: Pearson's statistic as in McCullagh & Nelder 1989, section 4.5, with the degrees of freedom taken unit by unit.
public struct Dispersion: Hashable, Sendable {
    /// Σ (observed − expected)².
    public private(set) var observed = 0.0
    /// Σ of what it would be by chance.
    public private(set) var expected = 0.0

    /// Of no unit yet.
    public init() {}

    /// Adds a unit's counts.
    ///
    /// - Parameter periods: Events and exposure per period. A unit without events, or with exposure in one period only, says nothing.
    /// - Throws: `StatisticsError.outsideDomain`; nothing is added then.
    public mutating func addCounts(_ periods: [(events: Double, exposure: Double)]) throws(StatisticsError) {
        var (events, exposure) = (0.0, 0.0)
        for period in periods {
            try Observation.count(events: period.events, exposure: period.exposure).validate()
            events += period.events
            exposure += period.exposure
        }
        guard exposure > 0 else { return }
        let rate = events / exposure
        for period in periods {
            let residual = period.events - rate * period.exposure
            observed += residual * residual
            expected += rate * period.exposure * (1 - period.exposure / exposure)
        }
    }

    /// Adds a unit's shares.
    ///
    /// - Parameter periods: Events and trials per period. A unit with one trial, with trials in one period only, or with all or no events says nothing.
    /// - Throws: `StatisticsError.outsideDomain`; nothing is added then.
    public mutating func addShares(_ periods: [(events: Double, trials: Double)]) throws(StatisticsError) {
        var (events, trials) = (0.0, 0.0)
        for period in periods {
            try Observation.share(events: period.events, trials: period.trials).validate()
            events += period.events
            trials += period.trials
        }
        guard trials > 1 else { return }
        let share = events / trials
        // The unbiased estimate of p(1 − p).
        let variance = share * (1 - share) * trials / (trials - 1)
        for period in periods {
            let residual = period.events - share * period.trials
            observed += residual * residual
            expected += variance * period.trials * (1 - period.trials / trials)
        }
    }

    /// Adds the sums of other units.
    public mutating func merge(_ other: Dispersion) {
        observed += other.observed
        expected += other.expected
    }

    /// φ, at least 1; 1 where nothing could be seen.
    public var phi: Double {
        expected > 0 ? max(1, observed / expected) : 1
    }
}
