/// Lower and upper limit of an interval estimate.
public struct Interval: Hashable, Sendable {
    public var lower: Double
    public var upper: Double

    /// The interval from `lower` to `upper`.
    public init(lower: Double, upper: Double) {
        self.lower = lower
        self.upper = upper
    }
}

/// Wilson's score interval for a share: the shares that a test of `events` out of `trials` would not reject.
///
/// - Parameters:
///   - events: 0 to `trials`; a weighted count may be fractional.
///   - trials: More than 0.
///   - level: Confidence, strictly between 0 and 1: 0.95.
/// - Returns: Limits within [0, 1]; `nil` without trials or for arguments outside their domain.
/// - Source: Wilson 1927, Journal of the American Statistical Association 22:209.
public func wilsonInterval(events: Double, trials: Double, level: Double) -> Interval? {
    guard trials > 0, trials.isFinite, (0...trials).contains(events), level > 0, level < 1, let z = normalQuantile(0.5 + level / 2) else { return nil }
    let share = events / trials
    let weight = z * z / trials
    let centre = (share + weight / 2) / (1 + weight)
    let reach = z / (1 + weight) * (share * (1 - share) / trials + weight / (4 * trials)).squareRoot()
    // At the ends the limit is exactly 0 or 1; rounding must not say otherwise.
    return Interval(lower: events == 0 ? 0 : max(0, centre - reach), upper: events == trials ? 1 : min(1, centre + reach))
}
