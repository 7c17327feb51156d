#if canImport(Glibc)
    import Glibc
#else
    import Foundation
#endif

/// How the spreads of the groups of one indicator lie: log σ is normal among groups.
public struct SpreadPrior: Hashable, Sendable {
    /// Mean of log σ among groups.
    public let logMean: Double
    /// Standard deviation of log σ among groups, > 0.
    public let logDeviation: Double

    var precision: Double { 1 / (logDeviation * logDeviation) }

    /// What one group's likelihood says of its log σ near a point: a parabola.
    struct Evidence {
        /// Where the derivatives are taken.
        var logSpread: Double
        /// First derivative of the log-likelihood, at the best μ.
        var score: Double
        /// Minus the second derivative, ≥ 0: 0 where the group says nothing.
        var information: Double
    }

    /// The prior under which the evidence of all groups is most probable, times its own deviation.
    ///
    /// The factor keeps the deviation off 0, where few groups would often put it, and then nothing could set a group apart from the others. EM: a group's
    /// log σ is unseen, its posterior is normal. With k groups, τ² = Σ (posterior variance + (posterior mean − m)²) / (k − 1).
    /// - Parameters:
    ///   - evidence: Of two groups at least.
    ///   - start: Where to begin.
    /// - Returns: `nil` where EM does not settle within 10,000 steps: the groups hardly say anything.
    /// - Source: Chung, Rabe-Hesketh, Dorie, Gelman & Liu 2013, Psychometrika 78:685, equation 6 with α = 2, λ → 0.
    static func mostProbable(_ evidence: [Evidence], from start: SpreadPrior) -> SpreadPrior? {
        var (mean, variance) = (start.logMean, start.logDeviation * start.logDeviation)
        for _ in 0..<10_000 {
            var (sum, variances) = (0.0, 0.0)
            var means: [Double] = []
            means.reserveCapacity(evidence.count)
            for group in evidence {
                let precision = group.information + 1 / variance
                means.append(group.logSpread + (group.score - (group.logSpread - mean) / variance) / precision)
                sum += means[means.count - 1]
                variances += 1 / precision
            }
            let nextMean = sum / Double(evidence.count)
            let squares = means.reduce(variances) { $0 + ($1 - nextMean) * ($1 - nextMean) }
            let nextVariance = squares / Double(evidence.count - 1)
            guard nextVariance.isFinite, nextVariance < 25, nextMean.magnitude < 15 else { return nil }
            let isSettled = (nextMean - mean).magnitude < 1e-7 && (nextVariance / variance - 1).magnitude < 1e-6
            (mean, variance) = (nextMean, nextVariance)
            if isSettled { return SpreadPrior(logMean: mean, logDeviation: variance.squareRoot()) }
        }
        return nil
    }
}
