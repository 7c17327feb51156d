/// What was seen of one unit on one measurement.
public enum Observation: Hashable, Sendable {
    /// Events in an exposure, as Poisson(exposure · exp(η)). Events that count in part make the number fractional.
    case count(events: Double, exposure: Double)
    /// Events in a number of trials, as Binomial(trials, 1 / (1 + exp(−η))). Both may be fractional; events ≤ trials.
    case share(events: Double, trials: Double)
    /// A mean and the variance of its sampling, as Normal(η, variance).
    case mean(value: Double, variance: Double)

    /// Whether it says anything: an exposure or a number of trials of 0 does not, nor does an infinite variance.
    public var isInformative: Bool {
        switch self {
        case .count(_, let exposure): exposure > 0
        case .share(_, let trials): trials > 0
        case .mean(_, let variance): variance < .infinity
        }
    }

    /// Checks the domains: finite numbers, none negative but the value of a mean; no events without exposure; events ≤ trials.
    ///
    /// - Throws: `StatisticsError.outsideDomain` with the name and value of the first that is outside.
    func validate() throws(StatisticsError) {
        switch self {
        case .count(let events, let exposure):
            guard exposure >= 0, exposure.isFinite else { throw .outsideDomain(parameter: "exposure", value: exposure) }
            guard events >= 0, events.isFinite, exposure > 0 || events == 0 else { throw .outsideDomain(parameter: "events", value: events) }
        case .share(let events, let trials):
            guard trials >= 0, trials.isFinite else { throw .outsideDomain(parameter: "trials", value: trials) }
            guard events >= 0, events <= trials else { throw .outsideDomain(parameter: "events", value: events) }
        case .mean(let value, let variance):
            guard value.isFinite else { throw .outsideDomain(parameter: "value", value: value) }
            guard variance >= 0 else { throw .outsideDomain(parameter: "variance", value: variance) }
        }
    }
}

/// Whether a higher observation stands for a higher or a lower θ.
public enum Direction: Double, Hashable, Sendable {
    /// More is better: η grows with θ.
    case higherIsBetter = 1
    /// Less is better: η falls with θ.
    case lowerIsBetter = -1
}
