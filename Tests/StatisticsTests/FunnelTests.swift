import Foundation
import Statistics
import Testing

@Suite("Funnels") struct FunnelTests {
    @Test("a unit of 100 around a half: limits by hand on the arcsine scale")
    func limits() throws {
        let funnel = try #require(try Funnel(shares: [(50, 100), (50, 100)]))
        #expect(funnel.target == 0.5)
        #expect(funnel.overdispersion.tauSquared == 0)
        let limits = try #require(try funnel.limits(size: 100, level: 0.95))
        // sin²(π/4 ± 1.959964 / 20)
        #expect(abs(limits.lower - 0.402628) < 1e-6)
        #expect(abs(limits.upper - 0.597372) < 1e-6)
        #expect(try funnel.z(50, of: 100) == 0)
    }

    @Test("one unit of one trial, no event anywhere, and every event are as good as any other numbers")
    func smallest() throws {
        let one = try #require(try Funnel(shares: [(1, 1)]))
        #expect(try one.z(1, of: 1) == 0)
        #expect(try one.limits(size: 1, level: 0.95)?.upper == 1)
        let none = try #require(try Funnel(shares: [(0, 5), (0, 1), (0, 0)]))
        #expect(none.target == 0)
        #expect(try none.z(0, of: 5) == 0)
        let limits = try #require(try none.limits(size: 5, level: 0.998))
        #expect(limits.lower == 0 && limits.upper > 0.4 && limits.upper < 0.5)
        let ratio = try #require(try Funnel(ratios: [(0, 0.5), (3, 0)]))
        #expect(abs(try #require(try ratio.z(0, of: 0.5)) + 2 * 0.5.squareRoot()) < 1e-12)
        #expect(try ratio.limits(size: 0.5, level: 0.95)?.lower == 0)
    }

    @Test("without a trial there is no funnel, and a unit without one has no place in it")
    func empty() throws {
        #expect(try Funnel(shares: []) == nil)
        #expect(try Funnel(shares: [(0, 0)]) == nil)
        #expect(try Funnel(ratios: [(1, 0)]) == nil)
        let funnel = try #require(try Funnel(shares: [(1, 2)]))
        #expect(try funnel.z(0, of: 0) == nil)
        #expect(try funnel.limits(size: 0, level: 0.95) == nil)
    }

    @Test("units that all differ more than chance has them differ widen the limits, in any order")
    func overdispersed() throws {
        let shares: [(events: Double, trials: Double)] = (0..<20).map { ($0 % 2 == 0 ? 300 : 700, 1000) }
        let funnel = try #require(try Funnel(shares: shares))
        // Every |asin √0.3 − asin √0.5| is 0.205758; √τ² is a little over it, for k/(k − 1).
        #expect(abs(funnel.overdispersion.tauSquared.squareRoot() - 0.2105) < 0.001)
        #expect(abs(try #require(try funnel.z(300, of: 1000))) < 1.96)
        #expect(try Funnel(shares: Array(shares.reversed())) == funnel)
    }

    @Test("a unit lies outside its limits exactly where its z says so", arguments: [0, 1, 3, 10, 29, 30])
    func consistent(events: Double) throws {
        let funnel = try #require(try Funnel(shares: [(20, 30), (22, 30), (25, 40), (events, 30)]))
        let limits = try #require(try funnel.limits(size: 30, level: 0.95))
        let isOutside = abs(try #require(try funnel.z(events, of: 30))) > 1.959964
        #expect(isOutside == (events / 30 < limits.lower || events / 30 > limits.upper))
    }
}
