import CSpecialFunctions

/// The distribution function of the standard normal distribution, Φ(z), relatively exact in the lower tail; NaN for NaN.
///
/// - Source: Boost.Math, `erfc`.
public func normalCumulative(_ z: Double) -> Double {
    special_normal_cumulative(z)
}

/// The quantile of the standard normal distribution: z with Φ(z) = `probability`.
///
/// - Parameter probability: Strictly between 0 and 1.
/// - Returns: `nil` outside (0, 1) and for NaN.
/// - Source: Boost.Math, `erfc_inv`.
public func normalQuantile(_ probability: Double) -> Double? {
    guard probability > 0, probability < 1 else { return nil }
    return special_normal_quantile(probability)
}

/// The natural logarithm of the gamma function of a positive number; `nil` for 0, below and NaN.
///
/// - Source: Boost.Math, `lgamma`.
public func logGamma(_ x: Double) -> Double? {
    x > 0 ? special_log_gamma(x) : nil
}

/// The gamma distribution of scale 1, whose upper and lower parts are the exact limits of a Poisson count.
public struct GammaDistribution: Hashable, Sendable {
    /// Positive and finite.
    public let shape: Double

    /// - Throws: `StatisticsError.outsideDomain` where the shape is not positive and finite.
    public init(shape: Double) throws(StatisticsError) {
        guard shape > 0, shape.isFinite else { throw .outsideDomain(parameter: "shape", value: shape) }
        self.shape = shape
    }

    /// The probability at or below `x`; 0 for a negative `x`, NaN for NaN.
    public func cumulative(_ x: Double) -> Double {
        x < 0 ? 0 : special_gamma_p(shape, x)
    }

    /// The probability above `x`, relatively exact in the far tail; 1 for a negative `x`, NaN for NaN.
    public func upperTail(_ x: Double) -> Double {
        x < 0 ? 1 : special_gamma_q(shape, x)
    }

    /// The x below which `probability` lies: 0 at 0, infinite at 1, `nil` outside [0, 1] and where the inversion fails.
    public func quantile(_ probability: Double) -> Double? {
        number(special_gamma_p_inverse(shape, probability))
    }

    /// The x above which `probability` lies: infinite at 0, 0 at 1, `nil` outside [0, 1] and where the inversion fails.
    public func upperQuantile(_ probability: Double) -> Double? {
        number(special_gamma_q_inverse(shape, probability))
    }
}

/// The beta distribution, whose quantiles are the exact limits of a share.
public struct BetaDistribution: Hashable, Sendable {
    /// Positive and finite: one more than the events, in a uniform prior's posterior.
    public let alpha: Double
    /// Positive and finite: one more than the trials without an event.
    public let beta: Double

    /// - Throws: `StatisticsError.outsideDomain` where a parameter is not positive and finite.
    public init(alpha: Double, beta: Double) throws(StatisticsError) {
        guard alpha > 0, alpha.isFinite else { throw .outsideDomain(parameter: "alpha", value: alpha) }
        guard beta > 0, beta.isFinite else { throw .outsideDomain(parameter: "beta", value: beta) }
        self.alpha = alpha
        self.beta = beta
    }

    /// The mean, α / (α + β).
    public var mean: Double {
        alpha / (alpha + beta)
    }

    /// The distribution of the share after `events` in `trials` (0 ≤ events ≤ trials): conjugate to the binomial.
    public func posterior(events: Double, trials: Double) throws(StatisticsError) -> BetaDistribution {
        guard events >= 0, events <= trials else { throw .outsideDomain(parameter: "events", value: events) }
        return try BetaDistribution(alpha: alpha + events, beta: beta + trials - events)
    }

    /// The probability at or below `x`; 0 below 0, 1 above 1, NaN for NaN.
    public func cumulative(_ x: Double) -> Double {
        x < 0 ? 0 : x > 1 ? 1 : special_beta(alpha, beta, x)
    }

    /// The x below which `probability` lies; `nil` outside [0, 1] and where the inversion fails.
    public func quantile(_ probability: Double) -> Double? {
        number(special_beta_inverse(alpha, beta, probability))
    }

    /// The x above which `probability` lies; `nil` outside [0, 1] and where the inversion fails.
    public func upperQuantile(_ probability: Double) -> Double? {
        number(special_beta_complement_inverse(alpha, beta, probability))
    }
}

private func number(_ value: Double) -> Double? {
    value.isNaN ? nil : value
}
