#if canImport(Glibc)
    import Glibc
#else
    import Foundation
#endif

/// Exact limits of the mean of a Poisson count: the means that would give so few, or so many, with probability (1 − level) / 2 at least.
///
/// - Parameters:
///   - count: ≥ 0; a weighted count may be fractional. 0 has the lower limit 0.
///   - level: Confidence, strictly between 0 and 1: 0.95, 0.998.
/// - Throws: `StatisticsError.outsideDomain`.
/// - Source: Garwood 1936, Biometrika 28:437, through the gamma distribution.
public func poissonLimits(count: Double, level: Double) throws(StatisticsError) -> Interval {
    let tail = try tailProbability(level)
    guard count >= 0, count.isFinite else { throw .outsideDomain(parameter: "count", value: count) }
    let lower = count > 0 ? try GammaDistribution(shape: count).quantile(tail) : 0
    guard let lower, let upper = try GammaDistribution(shape: count + 1).upperQuantile(tail) else {
        throw .outsideDomain(parameter: "count", value: count)
    }
    return Interval(lower: lower, upper: upper)
}

/// Byar's limits of the mean of a Poisson count: within 1% of the exact ones from a count of 5 on at 95%, of 20 at 99.8%.
///
/// - Parameters: As for `poissonLimits`. 0 has the lower limit 0.
/// - Throws: `StatisticsError.outsideDomain`.
/// - Source: Breslow & Day 1987, Statistical Methods in Cancer Research II, equation 2.13.
public func byarLimits(count: Double, level: Double) throws(StatisticsError) -> Interval {
    guard count >= 0, count.isFinite else { throw .outsideDomain(parameter: "count", value: count) }
    guard let z = normalQuantile(1 - (try tailProbability(level))) else { throw .outsideDomain(parameter: "level", value: level) }
    let more = count + 1
    let up = 1 - 1 / (9 * more) + z / (3 * more.squareRoot())
    guard count > 0 else { return Interval(lower: 0, upper: more * up * up * up) }
    let down = 1 - 1 / (9 * count) - z / (3 * count.squareRoot())
    return Interval(lower: max(0, count * down * down * down), upper: more * up * up * up)
}

/// Funnel limits of an observed count over what was expected: a unit that is as expected lies between them with probability `level` or so.
///
/// The exact limits of a count of `expected`, over `expected`.
/// - Parameter expected: ≥ 0; at 0 anything is possible: 0 to ∞.
/// - Throws: `StatisticsError.outsideDomain`.
/// - Source: Spiegelhalter 2005, Statistics in Medicine 24:1185, with the limits as published tables give them.
public func ratioFunnel(expected: Double, level: Double) throws(StatisticsError) -> Interval {
    let limits = try poissonLimits(count: expected, level: level)
    return expected > 0 ? Interval(lower: limits.lower / expected, upper: limits.upper / expected) : Interval(lower: 0, upper: .infinity)
}

/// Funnel limits of a rate of events in an exposure, around the rate of all.
///
/// - Parameters:
///   - target: Events per exposure, ≥ 0.
///   - exposure: ≥ 0; at 0, or with a target of 0, the limits are 0 to ∞ and 0 to the rate that a first event makes probable.
/// - Throws: `StatisticsError.outsideDomain`.
public func rateFunnel(target: Double, exposure: Double, level: Double) throws(StatisticsError) -> Interval {
    guard target >= 0, target.isFinite else { throw .outsideDomain(parameter: "target", value: target) }
    guard exposure >= 0, exposure.isFinite else { throw .outsideDomain(parameter: "exposure", value: exposure) }
    let limits = try poissonLimits(count: target * exposure, level: level)
    return exposure > 0 ? Interval(lower: limits.lower / exposure, upper: limits.upper / exposure) : Interval(lower: 0, upper: .infinity)
}

/// Funnel limits of a share, around the share of all: the exact (Clopper–Pearson) limits of target · trials events.
///
/// - Parameters:
///   - target: 0 to 1.
///   - trials: ≥ 0; at 0 the limits are 0 and 1. One trial has limits like any other number.
/// - Throws: `StatisticsError.outsideDomain`.
/// - Source: Clopper & Pearson 1934, Biometrika 26:404, through the beta distribution.
public func shareFunnel(target: Double, trials: Double, level: Double) throws(StatisticsError) -> Interval {
    let tail = try tailProbability(level)
    guard (0...1).contains(target) else { throw .outsideDomain(parameter: "target", value: target) }
    guard trials >= 0, trials.isFinite else { throw .outsideDomain(parameter: "trials", value: trials) }
    let (events, others) = (target * trials, trials - target * trials)
    let lower = events > 0 ? try BetaDistribution(alpha: events, beta: others + 1).quantile(tail) : 0
    let upper = others > 0 ? try BetaDistribution(alpha: events + 1, beta: others).upperQuantile(tail) : 1
    guard let lower, let upper else { throw .outsideDomain(parameter: "trials", value: trials) }
    return Interval(lower: lower, upper: upper)
}

/// (1 − level) / 2, for a level strictly between 0 and 1.
func tailProbability(_ level: Double) throws(StatisticsError) -> Double {
    guard level > 0, level < 1 else { throw .outsideDomain(parameter: "level", value: level) }
    return (1 - level) / 2
}
