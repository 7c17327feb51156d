#if canImport(Glibc)
    import Glibc
#else
    import Foundation
#endif

/// How far a unit lies from its target, on a scale on which chance alone has a standard deviation that is known.
public struct Deviation: Hashable, Sendable {
    /// Observed less target.
    public let difference: Double
    /// Positive: the standard deviation of the difference where the unit is on target.
    public let standardError: Double

    /// A deviation from numbers already on such a scale.
    ///
    /// - Throws: `StatisticsError.outsideDomain`.
    public init(difference: Double, standardError: Double) throws(StatisticsError) {
        guard difference.isFinite else { throw .outsideDomain(parameter: "difference", value: difference) }
        guard standardError > 0, standardError.isFinite else { throw .outsideDomain(parameter: "standardError", value: standardError) }
        self.difference = difference
        self.standardError = standardError
    }

    /// √(O/E) − 1, with standard error 1 / (2√E). An observed 0 is as good as any other number.
    ///
    /// - Parameters:
    ///   - observed: ≥ 0.
    ///   - expected: > 0: where nothing was expected, nothing can be said.
    /// - Throws: `StatisticsError.outsideDomain`.
    /// - Source: Spiegelhalter 2005, Quality and Safety in Health Care 14:347, appendix.
    public init(observed: Double, expected: Double) throws(StatisticsError) {
        guard observed >= 0, observed.isFinite else { throw .outsideDomain(parameter: "observed", value: observed) }
        guard expected > 0, expected.isFinite else { throw .outsideDomain(parameter: "expected", value: expected) }
        try self.init(difference: (observed / expected).squareRoot() - 1, standardError: 1 / (2 * expected.squareRoot()))
    }

    /// asin √(events/trials) − asin √target, with standard error 1 / (2√trials). No event, all events, and one trial are as good as any other number.
    ///
    /// - Parameters:
    ///   - trials: > 0.
    ///   - target: 0 to 1.
    /// - Throws: `StatisticsError.outsideDomain`.
    /// - Source: As above.
    public init(events: Double, trials: Double, target: Double) throws(StatisticsError) {
        guard trials > 0, trials.isFinite else { throw .outsideDomain(parameter: "trials", value: trials) }
        guard events >= 0, events <= trials else { throw .outsideDomain(parameter: "events", value: events) }
        guard (0...1).contains(target) else { throw .outsideDomain(parameter: "target", value: target) }
        try self.init(
            difference: asin((events / trials).squareRoot()) - asin(target.squareRoot()), standardError: 1 / (2 * trials.squareRoot()))
    }

    /// In standard errors of chance alone.
    public var z: Double {
        difference / standardError
    }

    /// In standard deviations of chance and of the differences that all units show together.
    public func z(tauSquared: Double) -> Double {
        difference / (standardError * standardError + tauSquared).squareRoot()
    }
}

/// How much more units differ than chance has them differ.
public struct Overdispersion: Hashable, Sendable {
    /// φ: the mean of z², after winsorising; about 1 where there is chance alone. 0 without units.
    public let phi: Double
    /// τ²: the variance between units, on the scale of the differences; 0 for one unit or none, and where chance suffices.
    public let tauSquared: Double

    /// Estimates φ and τ² from units' deviations, the largest and smallest of which are drawn in so that those sought do not hide themselves.
    ///
    /// - Parameters:
    ///   - deviations: One per unit, in any order.
    ///   - winsorised: The share of z at each end that is set to the quantile there (definition 7); 0 to 0.5.
    /// - Throws: `StatisticsError.outsideDomain`.
    /// - Source: Spiegelhalter 2005, Quality and Safety in Health Care 14:347; τ² as DerSimonian & Laird 1986.
    public init(_ deviations: [Deviation], winsorised: Double = 0.1) throws(StatisticsError) {
        guard (0...0.5).contains(winsorised) else { throw .outsideDomain(parameter: "winsorised", value: winsorised) }
        let sorted = deviations.map(\.z).sorted()
        guard let low = quantile(ofSorted: sorted, at: winsorised), let high = quantile(ofSorted: sorted, at: 1 - winsorised) else {
            (phi, tauSquared) = (0, 0)
            return
        }
        let count = Double(sorted.count)
        let squares = sorted.reduce(0) { $0 + min(high, max(low, $1)) * min(high, max(low, $1)) }
        // Summed in ascending order, so that the order of units changes no bit.
        let weights = deviations.map { 1 / ($0.standardError * $0.standardError) }.sorted()
        let weight = weights.reduce(0, +)
        let denominator = weight - weights.reduce(0) { $0 + $1 * $1 } / weight
        phi = squares / count
        tauSquared = sorted.count > 1 && denominator > 0 ? max(0, (squares - (count - 1)) / denominator) : 0
    }
}
