import Foundation
import Statistics
import Testing

@Suite struct DistributionTests {
    @Test("Φ is the inverse of its quantile", arguments: [1e-300, 1e-20, 0.001, 0.3, 0.5, 0.9, 0.9999])
    func normal(probability: Double) throws {
        let z = try #require(normalQuantile(probability))
        #expect(abs(normalCumulative(z) / probability - 1) < 1e-11)
        #expect(abs(normalCumulative(z) + normalCumulative(-z) - 1) < 1e-15)
    }

    @Test("log Γ of whole numbers, and none outside its domain")
    func logGammas() throws {
        #expect(abs(try #require(logGamma(11)) - log(3_628_800)) < 1e-13)
        #expect(abs(try #require(logGamma(0.5)) - log(Double.pi) / 2) < 1e-15)
        #expect(logGamma(0) == nil && logGamma(-1.5) == nil && logGamma(.nan) == nil)
    }

    @Test("gamma: the sum of Poisson chances, the ends, the inverses")
    func gamma() throws {
        let distribution = try GammaDistribution(shape: 3)
        // Q(3, 2) = P(Poisson(2) ≤ 2).
        #expect(abs(distribution.upperTail(2) - 5 * exp(-2)) < 1e-15)
        #expect(abs(distribution.cumulative(2) - (1 - 5 * exp(-2))) < 1e-15)
        #expect(distribution.cumulative(-1) == 0 && distribution.upperTail(-1) == 1 && distribution.cumulative(.infinity) == 1)
        #expect(distribution.quantile(0) == 0 && distribution.quantile(1) == .infinity)
        #expect(distribution.upperQuantile(1) == 0 && distribution.upperQuantile(0) == .infinity)
        #expect(distribution.quantile(1.5) == nil && distribution.quantile(.nan) == nil)
        for probability in [1e-12, 0.001, 0.4, 0.999] {
            #expect(abs(distribution.cumulative(try #require(distribution.quantile(probability))) / probability - 1) < 1e-10)
            #expect(abs(distribution.upperTail(try #require(distribution.upperQuantile(probability))) / probability - 1) < 1e-10)
        }
        #expect(throws: StatisticsError.outsideDomain(parameter: "shape", value: 0)) { try GammaDistribution(shape: 0) }
    }

    @Test("beta: the uniform case, mirroring, the inverses")
    func beta() throws {
        let uniform = try BetaDistribution(alpha: 1, beta: 1)
        #expect(abs(uniform.cumulative(0.3) - 0.3) < 1e-15 && uniform.cumulative(-1) == 0 && uniform.cumulative(2) == 1)
        let (one, other) = (try BetaDistribution(alpha: 2.5, beta: 40), try BetaDistribution(alpha: 40, beta: 2.5))
        #expect(abs(one.cumulative(0.07) + other.cumulative(0.93) - 1) < 1e-13)
        for probability in [1e-9, 0.025, 0.5, 0.975] {
            #expect(abs(one.cumulative(try #require(one.quantile(probability))) / probability - 1) < 1e-10)
            #expect(abs(1 - one.cumulative(try #require(one.upperQuantile(probability))) - probability) < 1e-12)
        }
        #expect(one.quantile(-0.1) == nil)
        #expect(throws: StatisticsError.self) { try BetaDistribution(alpha: 1, beta: .infinity) }
        #expect(throws: StatisticsError.self) { try one.posterior(events: 2, trials: 1) }
    }

    /// The even moments of the standard normal distribution are 1, 3, 15, …; a rule of n points has them exactly up to degree 2n − 1.
    @Test("quadrature is exact for polynomials, mirrored, and sums to 1", arguments: [1, 2, 3, 7, 20, 21, 40, 64])
    func quadrature(count: Int) throws {
        let rule = try GaussHermite(count: count)
        #expect(rule.nodes.count == count && rule.weights.count == count)
        #expect(abs(rule.weights.reduce(0, +) - 1) < 1e-13)
        #expect(zip(rule.nodes, rule.nodes.reversed()).allSatisfy { $0 == -$1 })
        #expect(zip(rule.nodes, rule.nodes.dropFirst()).allSatisfy { $0 < $1 })
        #expect(rule.weights.allSatisfy { $0 > 0 })
        var moment = 1.0
        for degree in stride(from: 2, through: min(2 * count - 2, 24), by: 2) {
            moment *= Double(degree - 1)
            let found = zip(rule.nodes, rule.weights).reduce(0) { $0 + $1.1 * pow($1.0, Double(degree)) }
            #expect(abs(found / moment - 1) < 1e-11)
        }
    }

    /// Abramowitz & Stegun, table 25.10, n = 5, brought from exp(−x²) to the normal density.
    @Test("the rule of five points")
    func fivePoints() throws {
        let rule = try GaussHermite(count: 5)
        #expect(abs(rule.nodes[4] - 2.020182870456 * 2.0.squareRoot()) < 1e-11)
        #expect(abs(rule.nodes[3] - 0.958572464614 * 2.0.squareRoot()) < 1e-11)
        #expect(abs(rule.weights[2] - 0.9453087204829 / Double.pi.squareRoot()) < 1e-12)
        #expect(throws: StatisticsError.self) { try GaussHermite(count: 0) }
        #expect(throws: StatisticsError.self) { try GaussHermite(count: 65) }
    }
}
