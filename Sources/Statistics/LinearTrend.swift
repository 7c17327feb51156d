/// A straight line through points, by least squares, and how sure its slope is.
public struct LinearTrend: Hashable, Sendable {
    /// Change of y for a unit of x.
    public let slope: Double
    /// Of the slope, by Student's t with n − 2 degrees of freedom; both limits are the slope where the points lie on the line.
    public let interval: Interval
    /// Points that the line goes through.
    public let points: Int

    /// The line through points.
    ///
    /// - Parameters:
    ///   - x: One for each y; at least three, not all the same.
    ///   - level: Confidence of the interval, strictly between 0 and 1.
    /// - Returns: `nil` under three points, for one x alone, for numbers that are not finite and a level outside (0, 1).
    /// - Source: Draper & Smith 1998, Applied Regression Analysis, equations 1.2.9 and 1.4.9.
    public init?(x: [Double], y: [Double], level: Double) {
        let n = Double(x.count)
        guard x.count == y.count, x.count >= 3, (x + y).allSatisfy(\.isFinite) else { return nil }
        let (meanX, meanY) = (x.reduce(0, +) / n, y.reduce(0, +) / n)
        let sxx = x.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) }
        let sxy = zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) }
        guard sxx > 0, let t = studentQuantile(0.5 + level / 2, degreesOfFreedom: n - 2) else { return nil }
        slope = sxy / sxx
        let line = slope
        let residual = zip(x, y).reduce(0) { sum, point in
            let distance = point.1 - meanY - line * (point.0 - meanX)
            return sum + distance * distance
        }
        let reach = t * (residual / (n - 2) / sxx).squareRoot()
        interval = Interval(lower: slope - reach, upper: slope + reach)
        points = x.count
    }
}
