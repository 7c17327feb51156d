import Statistics
import Testing

@Suite struct LinearTrendTests {
    /// Tables of t: 0.95 and 0.975 at 1, 2, 10 and 30 degrees of freedom.
    @Test(
        "quantiles of t",
        arguments: [(0.975, 1, 12.706205), (0.95, 2, 2.919986), (0.95, 10, 1.812461), (0.975, 30, 2.042272)])
    func quantiles(probability: Double, degrees: Double, expected: Double) throws {
        let t = try #require(studentQuantile(probability, degreesOfFreedom: degrees))
        #expect(abs(t - expected) < 1e-6)
    }

    @Test("no quantile outside its domain", arguments: [(0.0, 3.0), (1, 3), (0.9, 0), (.nan, 3)])
    func outside(probability: Double, degrees: Double) {
        #expect(studentQuantile(probability, degreesOfFreedom: degrees) == nil)
    }

    /// By hand: x 1…5, y 2 4 5 4 5: slope 0.6, residual sum of squares 2.4, standard error √(0.8 / 10) = 0.282843, t(0.95; 3) = 2.353363.
    @Test("slope and interval of a line worked by hand")
    func byHand() throws {
        let trend = try #require(LinearTrend(x: [1, 2, 3, 4, 5], y: [2, 4, 5, 4, 5], level: 0.9))
        #expect(abs(trend.slope - 0.6) < 1e-12 && trend.points == 5)
        #expect(abs(trend.interval.lower - (0.6 - 2.353363 * 0.2828427)) < 1e-6)
        #expect(abs(trend.interval.upper - (0.6 + 2.353363 * 0.2828427)) < 1e-6)
    }

    @Test("a line without scatter has no width, and a level line no slope")
    func exact() throws {
        let rising = try #require(LinearTrend(x: [0, 7, 14], y: [0.25, 0.5, 0.75], level: 0.9))
        #expect(abs(rising.interval.lower - 0.25 / 7) < 1e-12 && abs(rising.interval.upper - 0.25 / 7) < 1e-12)
        let level = try #require(LinearTrend(x: [0, 7, 14], y: [0.5, 0.5, 0.5], level: 0.9))
        #expect(level.slope == 0 && level.interval.lower == 0)
    }

    @Test("no line under three points, for one x, or for what is not a number")
    func none() {
        #expect(LinearTrend(x: [1, 2], y: [1, 2], level: 0.9) == nil)
        #expect(LinearTrend(x: [1, 1, 1], y: [1, 2, 3], level: 0.9) == nil)
        #expect(LinearTrend(x: [1, 2, 3], y: [1, .nan, 3], level: 0.9) == nil)
        #expect(LinearTrend(x: [1, 2, 3], y: [1, 2, 3], level: 1) == nil)
    }
}
