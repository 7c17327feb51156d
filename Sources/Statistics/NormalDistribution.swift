/// A normal distribution, such as the posterior of a composite.
public struct NormalDistribution: Hashable, Sendable {
    public let mean: Double
    /// ≥ 0; with 0 all probability lies at the mean.
    public let variance: Double

    /// The distribution of a mean and a variance ≥ 0.
    public init(mean: Double, variance: Double) {
        self.mean = mean
        self.variance = variance
    }

    /// The square root of the variance.
    public var standardDeviation: Double {
        variance.squareRoot()
    }

    /// The probability under `line`. With variance 0, a value on the line is not under it.
    public func probability(below line: Double) -> Double {
        variance > 0 ? normalCumulative((line - mean) / standardDeviation) : mean < line ? 1 : 0
    }

    /// The probability over `line`, relatively exact in the far tail. With variance 0, a value on the line is not over it.
    public func probability(above line: Double) -> Double {
        variance > 0 ? normalCumulative((mean - line) / standardDeviation) : mean > line ? 1 : 0
    }

    /// The central interval that holds `level` of the probability; `nil` for a level outside (0, 1).
    public func interval(level: Double) -> Interval? {
        guard level > 0, level < 1, let z = normalQuantile(0.5 + level / 2) else { return nil }
        return Interval(lower: mean - z * standardDeviation, upper: mean + z * standardDeviation)
    }

    /// The distribution of this less another that is independent of it.
    public func difference(to other: NormalDistribution) -> NormalDistribution {
        NormalDistribution(mean: mean - other.mean, variance: variance + other.variance)
    }
}
