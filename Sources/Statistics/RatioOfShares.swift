/// The share of one group over that of another, or why there is too little to say.
public enum RatioOfShares: Hashable, Sendable {
    /// The ratio with its interval. `ratio` is `nil`, and the upper limit infinite, where the other group has no event: the lower limit still says something.
    case estimated(ratio: Double?, interval: Interval)
    /// No ratio is given.
    case tooFewToSay(Reason)

    /// Why no ratio is given.
    public enum Reason: String, Hashable, Sendable {
        /// One of the groups has fewer trials than asked for.
        case tooFewTrials
        /// Neither group has an event.
        case noEvents
    }

    /// Compares the shares of two groups by Koopman's score interval: the ratios that a χ² test of both groups together would not reject.
    ///
    /// It behaves at 0 and at all events, where the interval of log ratios (Katz) has no value.
    /// - Parameters:
    ///   - events: Of the group, 0 to `trials`; `otherEvents` of the group it is compared with.
    ///   - trials: ≥ 0; `otherTrials` of the other.
    ///   - level: Confidence, strictly between 0 and 1: 0.95.
    ///   - minimumTrials: In each group, for anything to be said; at least 1.
    /// - Throws: `StatisticsError.outsideDomain`.
    /// - Source: Koopman 1984, Biometrics 40:513; the share of the other group given the ratio is the root of a quadratic.
    public init(
        events: Double, trials: Double, otherEvents: Double, otherTrials: Double, level: Double, minimumTrials: Double = 1
    ) throws(StatisticsError) {
        try Observation.share(events: events, trials: trials).validate()
        try Observation.share(events: otherEvents, trials: otherTrials).validate()
        guard level > 0, level < 1, let z = normalQuantile(0.5 + level / 2) else { throw .outsideDomain(parameter: "level", value: level) }
        guard min(trials, otherTrials) >= max(1, minimumTrials) else {
            self = .tooFewToSay(.tooFewTrials)
            return
        }
        guard events + otherEvents > 0 else {
            self = .tooFewToSay(.noEvents)
            return
        }
        let score = KoopmanScore(events: events, trials: trials, otherEvents: otherEvents, otherTrials: otherTrials)
        let ratio = otherEvents > 0 ? (events / trials) / (otherEvents / otherTrials) : nil
        let lower = events == 0 ? 0 : score.limit(from: ratio, towards: 0.5, critical: z * z)
        let upper = otherEvents == 0 ? .infinity : score.limit(from: ratio == 0 ? nil : ratio, towards: 2, critical: z * z)
        self = .estimated(ratio: ratio, interval: Interval(lower: lower, upper: upper))
    }
}

/// Koopman's statistic as a function of the ratio: 0 at the observed ratio, and rising on both sides of it.
private struct KoopmanScore {
    let events: Double
    let trials: Double
    let otherEvents: Double
    let otherTrials: Double

    func statistic(_ ratio: Double) -> Double {
        let all = trials + otherTrials
        let b = ratio * (trials + otherEvents) + events + otherTrials
        let root = (max(0, b * b - 4 * ratio * all * (events + otherEvents))).squareRoot()
        // The smaller root, as a quotient so that nothing cancels: it is the share of the group under the ratio.
        let share = min(1, 2 * ratio * (events + otherEvents) / (b + root))
        let otherShare = min(1, share / ratio)
        func part(_ events: Double, _ trials: Double, _ share: Double) -> Double {
            let residual = events - trials * share
            // No residual counts for nothing even where the share, and so the variance, is 0 or all.
            guard residual.magnitude > 1e-12 * trials else { return 0 }
            return residual * residual / (trials * share * (1 - share))
        }
        return part(events, trials, share) + part(otherEvents, otherTrials, otherShare)
    }

    /// The ratio at which the statistic reaches the critical value, from `start` downwards (factor 0.5) or upwards (factor 2), by bisection of its logarithm.
    func limit(from start: Double?, towards factor: Double, critical: Double) -> Double {
        // Without an observed ratio the statistic falls towards its end, so any start within reach of it will do.
        var inside = start ?? (factor < 1 ? 1e12 : 1e-12)
        var outside = inside * factor
        while statistic(outside) < critical {
            (inside, outside) = (outside, outside * factor)
            if outside < 1e-300 { return 0 }
            if outside > 1e300 { return .infinity }
        }
        for _ in 0..<200 {
            let middle = (inside * outside).squareRoot()
            if middle == inside || middle == outside { break }
            if statistic(middle) < critical { inside = middle } else { outside = middle }
        }
        return (inside * outside).squareRoot()
    }
}
