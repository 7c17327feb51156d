#if canImport(Glibc)
    import Glibc
#else
    import Foundation
#endif

/// The log-likelihood of one observation as a function of the unit's standing θ, on the link scale η = μ + d·σ·θ.
///
/// Constants free of η are left out. Everything is divided by the dispersion φ, so that clustered events do not pass for evidence.
/// All three families are concave in θ.
public struct LikelihoodTerm: Hashable, Sendable {
    enum Family: UInt8, Sendable { case count, share, mean }

    let family: Family
    /// Events, or the mean.
    let value: Double
    /// Exposure, trials, or the precision of the mean (1 / variance); 0 where the term says nothing.
    let size: Double
    /// μ.
    let location: Double
    /// d·σ.
    let slope: Double
    /// 1 / φ.
    let weight: Double

    /// The term of an observation that is missing: constant in θ, so it adds nothing to gradient or curvature.
    public static let missing = LikelihoodTerm(family: .mean, value: 0, size: 0, location: 0, slope: 0, weight: 0)

    init(family: Family, value: Double, size: Double, location: Double, slope: Double, weight: Double) {
        self.family = family
        self.value = value
        self.size = size
        self.location = location
        self.slope = slope
        self.weight = weight
    }

    /// The term of an observation among its peers.
    ///
    /// - Parameters:
    ///   - observation: One that says nothing, or `nil`, gives `missing`.
    ///   - location: μ, the peers' mean on the link scale (log rate, log odds, or the value itself).
    ///   - spread: σ ≥ 0, the peers' standard deviation on the link scale; 0 gives `missing`, as no θ then changes what is expected.
    ///   - dispersion: φ ≥ 1 ordinarily; any positive number is taken.
    /// - Throws: `StatisticsError.outsideDomain`; also for a mean of variance 0 whose peers differ, which would fix θ without error.
    public init(
        _ observation: Observation?, location: Double, spread: Double, direction: Direction, dispersion: Double = 1
    ) throws(StatisticsError) {
        guard location.isFinite else { throw .outsideDomain(parameter: "location", value: location) }
        guard spread >= 0, spread.isFinite else { throw .outsideDomain(parameter: "spread", value: spread) }
        guard dispersion > 0, dispersion.isFinite else { throw .outsideDomain(parameter: "dispersion", value: dispersion) }
        try observation?.validate()
        guard let observation, observation.isInformative, spread > 0 else {
            self = .missing
            return
        }
        let slope = direction.rawValue * spread
        switch observation {
        case .count(let events, let exposure):
            self.init(family: .count, value: events, size: exposure, location: location, slope: slope, weight: 1 / dispersion)
        case .share(let events, let trials):
            self.init(family: .share, value: events, size: trials, location: location, slope: slope, weight: 1 / dispersion)
        case .mean(let value, let variance):
            guard variance > 0 else { throw .outsideDomain(parameter: "variance", value: variance) }
            self.init(family: .mean, value: value, size: 1 / variance, location: location, slope: slope, weight: 1 / dispersion)
        }
    }

    /// The log-likelihood with its first derivative and its curvature (minus the second derivative, never negative), with respect to η or to θ.
    public struct Expansion: Hashable, Sendable {
        public var logLikelihood: Double
        public var gradient: Double
        public var curvature: Double
    }

    /// The log-likelihood at a standing, with its gradient and curvature in θ.
    public func expansion(at theta: Double) -> Expansion {
        guard weight > 0 else { return Expansion(logLikelihood: 0, gradient: 0, curvature: 0) }
        let inLink = linkExpansion(at: location + slope * theta)
        return Expansion(
            logLikelihood: inLink.logLikelihood, gradient: slope * inLink.gradient, curvature: slope * slope * inLink.curvature)
    }

    /// The same with gradient and curvature in η.
    @inline(__always)
    func linkExpansion(at eta: Double) -> Expansion {
        switch family {
        case .count:
            let expected = size * exp(eta)
            return Expansion(logLikelihood: weight * (value * eta - expected), gradient: weight * (value - expected), curvature: weight * expected)
        case .share:
            // With e = exp(−|η|) ≤ 1 nothing overflows, and 1 − p is formed without a subtraction.
            let e = exp(-eta.magnitude)
            let small = e / (1 + e)
            let large = 1 / (1 + e)
            let probability = eta >= 0 ? large : small
            return Expansion(
                logLikelihood: weight * (value * eta - size * (max(eta, 0) + log1p(e))),
                gradient: weight * (value - size * probability), curvature: weight * size * small * large)
        case .mean:
            let residual = value - eta
            return Expansion(logLikelihood: weight * size * residual * residual * -0.5, gradient: weight * size * residual, curvature: weight * size)
        }
    }

    /// Gradient and curvature alone, without the logarithms of the value.
    @inline(__always)
    func linkDerivatives(at eta: Double) -> (gradient: Double, curvature: Double) {
        switch family {
        case .count:
            let expected = size * exp(eta)
            return (weight * (value - expected), weight * expected)
        case .share:
            let e = exp(-eta.magnitude)
            let large = 1 / (1 + e)
            let small = e * large
            return (weight * (value - size * (eta >= 0 ? large : small)), weight * size * small * large)
        case .mean:
            return (weight * size * (value - eta), weight * size)
        }
    }
}
