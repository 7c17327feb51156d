#if canImport(Glibc)
    import Glibc
#else
    import Foundation
#endif

/// A funnel: where units that differ by chance, and no more than all of them differ anyway, lie by their size around what all of them show together.
///
/// Everything happens on the scale of `Deviation`, so that a unit lies outside its limits exactly where its z says so.
public struct Funnel: Hashable, Sendable {
    /// What is drawn against the size.
    private enum Scale { case share, ratio }

    private let scale: Scale
    /// The share of all units together, or 1 for ratios of what was observed to what was expected.
    public let target: Double
    /// φ and τ²: how much more the units differ than chance has them differ.
    public let overdispersion: Overdispersion

    /// A funnel of shares around the share of all units together.
    ///
    /// - Parameters:
    ///   - shares: One per unit, in any order; units without trials say nothing. No event at all and one trial are as good as any other number.
    ///   - winsorised: As in `Overdispersion`.
    /// - Returns: `nil` where no unit has a trial.
    /// - Throws: `StatisticsError.outsideDomain`.
    /// - Source: Spiegelhalter 2005, Quality and Safety in Health Care 14:347.
    public init?(shares: [(events: Double, trials: Double)], winsorised: Double = 0.1) throws(StatisticsError) {
        // Summed in ascending order, so that the order of units changes no bit.
        let events = shares.map(\.events).sorted().reduce(0, +)
        let trials = shares.map(\.trials).sorted().reduce(0, +)
        guard trials > 0 else { return nil }
        let target = min(1, max(0, events / trials))
        var deviations: [Deviation] = []
        for share in shares where share.trials > 0 { deviations.append(try Deviation(events: share.events, trials: share.trials, target: target)) }
        self.target = target
        overdispersion = try Overdispersion(deviations, winsorised: winsorised)
        scale = .share
    }

    /// A funnel of observed counts over expected ones, around 1.
    ///
    /// - Parameter ratios: One per unit, in any order; units of which nothing was expected say nothing.
    /// - Returns: `nil` where nothing was expected of any unit.
    /// - Throws: `StatisticsError.outsideDomain`.
    /// - Source: As above.
    public init?(ratios: [(observed: Double, expected: Double)], winsorised: Double = 0.1) throws(StatisticsError) {
        var deviations: [Deviation] = []
        for ratio in ratios where ratio.expected > 0 { deviations.append(try Deviation(observed: ratio.observed, expected: ratio.expected)) }
        guard !deviations.isEmpty else { return nil }
        target = 1
        overdispersion = try Overdispersion(deviations, winsorised: winsorised)
        scale = .ratio
    }

    /// How far a unit lies from the target, in standard deviations of chance and of what all units differ by.
    ///
    /// - Parameters:
    ///   - count: Events, or what was observed.
    ///   - size: Trials, or what was expected; `nil` is returned where it is 0.
    public func z(_ count: Double, of size: Double) throws(StatisticsError) -> Double? {
        guard size > 0 else { return nil }
        switch scale {
        case .share: return try Deviation(events: count, trials: size, target: target).z(tauSquared: overdispersion.tauSquared)
        case .ratio: return try Deviation(observed: count, expected: size).z(tauSquared: overdispersion.tauSquared)
        }
    }

    /// The shares, or ratios, between which a unit of a size lies with probability `level` or so if it is like the others; `nil` for a size of 0.
    ///
    /// - Parameter level: Strictly between 0 and 1: 0.95, 0.998.
    /// - Throws: `StatisticsError.outsideDomain`.
    public func limits(size: Double, level: Double) throws(StatisticsError) -> Interval? {
        guard let z = normalQuantile(1 - (try tailProbability(level))) else { throw .outsideDomain(parameter: "level", value: level) }
        guard size > 0 else { return nil }
        let reach = z * (1 / (4 * size) + overdispersion.tauSquared).squareRoot()
        switch scale {
        case .share:
            let centre = asin(target.squareRoot())
            let (low, high) = (sin(max(0, centre - reach)), sin(min(.pi / 2, centre + reach)))
            return Interval(lower: low * low, upper: high * high)
        case .ratio:
            let low = max(0, 1 - reach)
            return Interval(lower: low * low, upper: (1 + reach) * (1 + reach))
        }
    }
}
