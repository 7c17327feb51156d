import Foundation
import Statistics
import Testing

@Suite struct LimitTests {
    @Test("no event has the lower limit 0 and the upper limit of a first event")
    func zeroCounts() throws {
        let exact = try poissonLimits(count: 0, level: 0.95)
        #expect(exact.lower == 0 && abs(exact.upper + log(0.025)) < 1e-12)
        let byar = try byarLimits(count: 0, level: 0.95)
        #expect(byar.lower == 0 && byar.upper > 3 && byar.upper < 4)
        #expect(try rateFunnel(target: 0.1, exposure: 0, level: 0.95) == Interval(lower: 0, upper: .infinity))
        #expect(try ratioFunnel(expected: 0, level: 0.998) == Interval(lower: 0, upper: .infinity))
        let none = try rateFunnel(target: 0, exposure: 10, level: 0.95)
        #expect(none.lower == 0 && none.upper > 0)
        #expect(try shareFunnel(target: 0.4, trials: 0, level: 0.95) == Interval(lower: 0, upper: 1))
    }

    @Test("one trial, no share and every share have limits within 0 and 1", arguments: [0, 0.3, 1], [1.0, 2, 50])
    func shares(target: Double, trials: Double) throws {
        let (inner, outer) = (try shareFunnel(target: target, trials: trials, level: 0.95), try shareFunnel(target: target, trials: trials, level: 0.998))
        #expect(0 <= outer.lower && outer.lower <= inner.lower && inner.lower <= target)
        #expect(target <= inner.upper && inner.upper <= outer.upper && outer.upper <= 1)
    }

    @Test("Byar's limits come near the exact ones", arguments: [(5, 0.95), (10, 0.95), (20, 0.998), (300, 0.998)])
    func byarNearExact(count: Double, level: Double) throws {
        let (byar, exact) = (try byarLimits(count: count, level: level), try poissonLimits(count: count, level: level))
        #expect(abs(byar.lower / exact.lower - 1) < 0.01 && abs(byar.upper / exact.upper - 1) < 0.005)
    }

    @Test("arguments outside their domain are told", arguments: [(-1.0, 0.95), (.nan, 0.95), (.infinity, 0.95), (3, 0), (3, 1), (3, .nan)])
    func outside(count: Double, level: Double) {
        #expect(throws: StatisticsError.self) { try poissonLimits(count: count, level: level) }
        #expect(throws: StatisticsError.self) { try byarLimits(count: count, level: level) }
        #expect(throws: StatisticsError.self) { try ratioFunnel(expected: count, level: level) }
    }

    @Test("one unit, no unit, and units that chance explains have no τ²")
    func fewDeviations() throws {
        #expect(try Overdispersion([]) == Overdispersion([], winsorised: 0.2))
        let one = try Overdispersion([Deviation(observed: 0, expected: 4)])
        #expect(one.tauSquared == 0 && abs(one.phi - 16) < 1e-12)
        let same = try Overdispersion((0..<5).map { _ in try Deviation(observed: 9, expected: 9) })
        #expect(same.phi == 0 && same.tauSquared == 0)
        #expect(throws: StatisticsError.self) { try Deviation(observed: 1, expected: 0) }
        #expect(throws: StatisticsError.self) { try Deviation(events: 0, trials: 0, target: 0.5) }
    }

    @Test("no event of one trial is as good a deviation as any, and the order of units changes no bit")
    func deviations() throws {
        let units = try [(0.0, 1.0), (1, 1), (3, 40), (20, 25), (0, 300)].map { try Deviation(events: $0.0, trials: $0.1, target: 0.2) }
        #expect(units.allSatisfy { $0.z.isFinite })
        #expect(units[0].z < 0 && units[1].z > 0)
        #expect(try Overdispersion(units) == Overdispersion(units.reversed()))
    }

    @Test("ratios at the ends: limits that hold, or too few to say")
    func ratios() throws {
        typealias Ratio = RatioOfShares
        #expect(try Ratio(events: 0, trials: 0, otherEvents: 3, otherTrials: 9, level: 0.95) == .tooFewToSay(.tooFewTrials))
        #expect(try Ratio(events: 2, trials: 9, otherEvents: 3, otherTrials: 9, level: 0.95, minimumTrials: 10) == .tooFewToSay(.tooFewTrials))
        #expect(try Ratio(events: 0, trials: 50, otherEvents: 0, otherTrials: 9, level: 0.95) == .tooFewToSay(.noEvents))
        guard case .estimated(let none, let below) = try Ratio(events: 0, trials: 50, otherEvents: 9, otherTrials: 60, level: 0.95),
            case .estimated(let infinite, let above) = try Ratio(events: 9, trials: 60, otherEvents: 0, otherTrials: 50, level: 0.95)
        else {
            Issue.record("no ratio")
            return
        }
        #expect(none == 0 && below.lower == 0 && below.upper > 0 && below.upper < 1)
        #expect(infinite == nil && above.upper == .infinity)
        // Which group is named first only turns the ratio round.
        #expect(abs(above.lower * below.upper - 1) < 1e-9)
        guard case .estimated(let all?, let both) = try Ratio(events: 7, trials: 7, otherEvents: 12, otherTrials: 12, level: 0.95) else {
            Issue.record("no ratio")
            return
        }
        #expect(all == 1 && both.lower < 1 && both.upper > 1 && both.upper < .infinity)
        #expect(throws: StatisticsError.self) { try Ratio(events: 3, trials: 2, otherEvents: 1, otherTrials: 2, level: 0.95) }
    }

    @Test("a score interval covers the ratio about as often as it says", arguments: [(40, 0.2, 60, 0.1), (15, 0.3, 200, 0.3), (100, 0.02, 100, 0.05)])
    func ratioCoverage(trials: Int, share: Double, otherTrials: Int, otherShare: Double) throws {
        var generator = SeededGenerator(seed: 11)
        var (covered, judged) = (0, 0)
        for _ in 0..<1000 {
            let result = try RatioOfShares(
                events: generator.binomial(trials, share), trials: Double(trials), otherEvents: generator.binomial(otherTrials, otherShare),
                otherTrials: Double(otherTrials), level: 0.95)
            guard case .estimated(_, let interval) = result else { continue }
            judged += 1
            covered += interval.lower <= share / otherShare && share / otherShare <= interval.upper ? 1 : 0
        }
        let found = Double(covered) / Double(judged)
        #expect(judged > 800 && found > 0.93 && found < 0.99)
    }
}
