#if canImport(Glibc)
    import Glibc
#else
    import Foundation
#endif

/// Values of several groups, each with the variance of its own sampling, and how far the groups differ beyond it.
///
/// All sums run in the given order.
public struct MetaSample: Sendable {
    /// One per group, finite.
    public let values: [Double]
    /// One per group, positive and finite.
    public let variances: [Double]

    /// - Throws: `StatisticsError.unequalCounts`, `outsideDomain`, or `degenerate(.noObservations)` for an empty sample.
    public init(values: [Double], variances: [Double]) throws(StatisticsError) {
        guard values.count == variances.count else {
            throw .unequalCounts(parameter: "variances", expected: values.count, found: variances.count)
        }
        guard !values.isEmpty else { throw .degenerate(.noObservations) }
        for value in values where !value.isFinite { throw .outsideDomain(parameter: "value", value: value) }
        for variance in variances where !(variance > 0 && variance.isFinite) { throw .outsideDomain(parameter: "variance", value: variance) }
        self.values = values
        self.variances = variances
    }

    /// Cochran's Q: Σ w (y − ȳ)² with w = 1/v; χ² with one degree of freedom less than groups where they do not differ. 0 for one group.
    public var q: Double {
        sums(tauSquared: 0).residual
    }

    /// The between-group variance by the method of moments, max(0, (Q − (k − 1)) / (Σw − Σw²/Σw)); 0 for one group.
    ///
    /// - Source: DerSimonian & Laird 1986, Controlled Clinical Trials 7:177, equation 8.
    public var tauSquaredDerSimonianLaird: Double {
        let sums = sums(tauSquared: 0)
        let denominator = sums.weight - sums.weight2 / sums.weight
        guard values.count > 1, denominator > 0 else { return 0 }
        return max(0, (sums.residual - Double(values.count - 1)) / denominator)
    }

    /// The between-group variance by restricted maximum likelihood; 0 for one group, and where the likelihood is highest at 0.
    ///
    /// Fisher scoring with step halving; it ends when a step changes τ² by less than 1e-12 of (τ² + the mean variance).
    /// - Throws: `StatisticsError.notConverged` after 1,000 steps.
    /// - Source: Viechtbauer 2005, Journal of Educational and Behavioral Statistics 30:261, section "REML".
    public func tauSquaredREML() throws(StatisticsError) -> Double {
        guard values.count > 1 else { return 0 }
        let scale = variances.reduce(0, +) / Double(variances.count)
        var tauSquared = tauSquaredDerSimonianLaird
        var current = sums(tauSquared: tauSquared)
        var lastStep = 0.0
        for _ in 0..<1000 {
            let share = current.weight2 / current.weight
            let score = 0.5 * (current.residual2 - current.weight + share)
            let information = 0.5 * (current.weight2 - 2 * current.weight3 / current.weight + share * share)
            var next = max(0, tauSquared + score / information)
            var proposed = sums(tauSquared: next)
            var halvings = 0
            // Less than rounding leaves of the sums is no fall.
            let least = current.restrictedLogLikelihood - 1e-12 * (1 + current.restrictedLogLikelihood.magnitude)
            while proposed.restrictedLogLikelihood < least, halvings < 60 {
                next = (tauSquared + next) / 2
                proposed = sums(tauSquared: next)
                halvings += 1
            }
            lastStep = next - tauSquared
            (tauSquared, current) = (next, proposed)
            if lastStep.magnitude <= 1e-12 * (tauSquared + scale) {
                return sums(tauSquared: 0).restrictedLogLikelihood >= current.restrictedLogLikelihood ? 0 : tauSquared
            }
        }
        throw .notConverged(iterations: 1000, lastStep: lastStep)
    }

    /// The mean of the groups, weighted with 1/(v + τ²), with its normal interval: τ² = 0 gives the fixed-effect, any other the random-effects estimate.
    ///
    /// - Parameters:
    ///   - tauSquared: The between-group variance, ≥ 0.
    ///   - level: Confidence, strictly between 0 and 1: 0.95.
    public func pooled(tauSquared: Double, level: Double) throws(StatisticsError) -> PooledEstimate {
        guard tauSquared >= 0, tauSquared.isFinite else { throw .outsideDomain(parameter: "tauSquared", value: tauSquared) }
        guard level > 0, level < 1, let z = normalQuantile(0.5 + level / 2) else { throw .outsideDomain(parameter: "level", value: level) }
        let sums = sums(tauSquared: tauSquared)
        let error = (1 / sums.weight).squareRoot()
        return PooledEstimate(
            estimate: sums.mean, standardError: error, interval: Interval(lower: sums.mean - z * error, upper: sums.mean + z * error))
    }

    struct Sums {
        /// Σw, Σw², Σw³ with w = 1/(v + τ²).
        var weight = 0.0
        var weight2 = 0.0
        var weight3 = 0.0
        var mean = 0.0
        /// Σw r² and Σw² r² with r = y − mean.
        var residual = 0.0
        var residual2 = 0.0
        var logWeight = 0.0

        /// Up to a constant.
        var restrictedLogLikelihood: Double {
            0.5 * (logWeight - log(weight) - residual)
        }
    }

    func sums(tauSquared: Double) -> Sums {
        var sums = Sums()
        var weighted = 0.0
        // Exponents are added and significands multiplied: one logarithm does for all groups.
        var (significands, exponents) = (1.0, 0)
        for index in values.indices {
            let weight = 1 / (variances[index] + tauSquared)
            sums.weight += weight
            sums.weight2 += weight * weight
            sums.weight3 += weight * weight * weight
            weighted += weight * values[index]
            guard weight.isNormal else {
                sums.logWeight += log(weight)
                continue
            }
            significands *= weight.significand
            exponents += Int(weight.exponent)
            if significands > 0x1p900 {
                exponents += Int(significands.exponent)
                significands = significands.significand
            }
        }
        sums.logWeight += log(significands) + Double(exponents) * log(2)
        sums.mean = weighted / sums.weight
        for index in values.indices {
            let weight = 1 / (variances[index] + tauSquared)
            let square = (values[index] - sums.mean) * (values[index] - sums.mean)
            sums.residual += weight * square
            sums.residual2 += weight * weight * square
        }
        return sums
    }
}

/// A mean over groups with its error.
public struct PooledEstimate: Hashable, Sendable {
    public let estimate: Double
    public let standardError: Double
    public let interval: Interval
}
