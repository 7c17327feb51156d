/// Quantile of Student's t distribution.
///
/// - Parameters:
///   - probability: Strictly between 0 and 1.
///   - degreesOfFreedom: > 0.
/// - Returns: `nil` for arguments outside their domain.
/// - Source: Through the beta distribution: Abramowitz & Stegun 1964, equation 26.7.1 with 26.5.27.
public func studentQuantile(_ probability: Double, degreesOfFreedom: Double) -> Double? {
    guard probability > 0, probability < 1, degreesOfFreedom > 0, degreesOfFreedom.isFinite else { return nil }
    if probability == 0.5 { return 0 }
    let tail = 2 * min(probability, 1 - probability)
    guard let beta = try? BetaDistribution(alpha: degreesOfFreedom / 2, beta: 0.5), let x = beta.quantile(tail), x > 0 else { return nil }
    let size = (degreesOfFreedom * (1 - x) / x).squareRoot()
    return probability < 0.5 ? -size : size
}
