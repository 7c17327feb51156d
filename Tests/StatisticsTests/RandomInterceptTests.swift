import Foundation
import Statistics
import Testing

@Suite struct RandomInterceptTests {
    private func fit(_ observations: [Observation?], dispersion: Double = 1) throws -> RandomInterceptFit? {
        try fitRandomIntercept(observations, dispersion: dispersion, rule: try rule21.get())
    }

    @Test("nothing seen gives no fit")
    func nothing() throws {
        #expect(try fit([]) == nil)
        #expect(try fit([nil, nil]) == nil)
        #expect(try fit([.count(events: 0, exposure: 0), nil]) == nil)
        #expect(try fit([.share(events: 0, trials: 0)]) == nil)
        #expect(try fit([.mean(value: 3, variance: .infinity)]) == nil)
    }

    @Test("one unit, or all equal: its own value and no spread")
    func alone() throws {
        let count = try #require(try fit([.count(events: 3, exposure: 12)]))
        #expect(abs(count.location - log(0.25)) < 1e-12 && count.spread == 0 && count.place == .noSpread && count.units == 1)
        let share = try #require(try fit([nil] + Array(repeating: .share(events: 2, trials: 8), count: 40)))
        #expect(abs(share.location - log(1.0 / 3)) < 1e-12 && share.spread == 0 && share.units == 40 && share.gain == 0)
        let mean = try #require(try fit(Array(repeating: .mean(value: 70, variance: 0), count: 5)))
        #expect(mean.location == 70 && mean.spread == 0)
    }

    @Test("no event at all, and every trial an event: half an event, no spread")
    func ends() throws {
        let none = try #require(try fit((1...30).map { .count(events: 0, exposure: Double($0)) }))
        #expect(abs(none.location - log(0.5 / 465)) < 1e-12 && none.spread == 0 && none.place == .allAtOneEnd)
        let all = try #require(try fit((1...9).map { .share(events: Double($0), trials: Double($0)) }))
        #expect(abs(all.location - log(45.5 / 0.5)) < 1e-12 && all.spread == 0 && all.place == .allAtOneEnd)
    }

    @Test("single trials cannot show a spread")
    func singleTrials() throws {
        let found = try #require(try fit((0..<50).map { .share(events: $0 % 3 == 0 ? 1 : 0, trials: 1) }))
        #expect(found.spread == 0 && abs(found.location - log(17.0 / 33)) < 1e-12)
    }

    @Test("all or none, many times over, has no finite spread")
    func separation() {
        #expect(throws: StatisticsError.self) { try fit((0..<40).map { .share(events: $0 % 2 == 0 ? 30 : 0, trials: 30) }) }
    }

    @Test(
        "what is outside its domain is told",
        arguments: [
            [.count(events: -1, exposure: 1)], [.count(events: 1, exposure: 0)], [.count(events: 1, exposure: .nan)], [.share(events: 2, trials: 1)],
            [.mean(value: .nan, variance: 1)], [.mean(value: 1, variance: -1)], [.mean(value: 1, variance: 0), .mean(value: 2, variance: 0)],
            [.mean(value: 1, variance: 1), .count(events: 1, exposure: 1)],
        ] as [[Observation]])
    func outside(observations: [Observation]) {
        #expect(throws: StatisticsError.self) { try fit(observations) }
    }

    @Test("dispersion must be positive", arguments: [0, -1, .nan, Double.infinity])
    func dispersion(value: Double) {
        #expect(throws: StatisticsError.self) { try fit([.count(events: 1, exposure: 1)], dispersion: value) }
    }

    @Test("the order of units changes no bit", arguments: [0, 1, 2])
    func order(family: Int) throws {
        var generator = SeededGenerator(seed: 5)
        let observations = (0..<120).map { _ in draw(family, generator.normal(), &generator) }
        let found = try fit(observations)
        #expect(found == (try fit(observations.shuffled(using: &generator))))
        #expect(try #require(found).spread > 0)
    }

    @Test("groups of 30 and more converge, be events rare or plenty, peers alike or far apart", arguments: 0..<60)
    func sturdy(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(900 + seed))
        let spread = [0, 0.05, 0.3, 0.8, 1.5][seed % 5]
        let size = [1.0, 6, 40, 500][seed % 4]
        let location = -5 + 6 * generator.uniform()
        let observations = (0..<[30, 70, 200][seed % 3]).map { _ in
            let eta = location + spread * generator.normal()
            let exposure = max(1, (size * (0.3 + generator.uniform())).rounded())
            return seed % 2 == 0
                ? Observation.count(events: generator.poisson(exposure * exp(min(eta, 4))), exposure: exposure)
                : .share(events: generator.binomial(Int(exposure), logistic(eta)), trials: exposure)
        }
        let found = try #require(try fit(observations, dispersion: seed % 7 == 0 ? 2.5 : 1))
        #expect(found.location.isFinite && found.spread >= 0 && found.gain >= 0 && (found.spread > 0) == (found.place == .interior))
        // A finer rule says the same: to 1% for spreads up to 1.5 or so, to 2% beyond, where posteriors of rare events are skewed.
        let finer = try #require(try fitRandomIntercept(observations, dispersion: seed % 7 == 0 ? 2.5 : 1, rule: GaussHermite(count: 41)))
        #expect(abs(finer.spread - found.spread) <= (found.spread < 1.5 ? 0.01 : 0.02) * max(0.1, found.spread))
    }

    @Test("a dispersion that explains the variation leaves no spread")
    func explained() throws {
        var generator = SeededGenerator(seed: 6)
        // Events come in threes, units are alike.
        let observations = (0..<300).map { _ in Observation.count(events: 3 * generator.poisson(4), exposure: 12) }
        #expect(try #require(try fit(observations)).spread > 0.3)
        // σ² has a standard error of about √(2/300) / 4 = 0.02 here.
        #expect(try #require(try fit(observations, dispersion: 3)).spread < 0.25)
    }

    /// Mean of repeated fits within three standard errors of the truth, or 2% of it: maximum likelihood is slightly short in small groups.
    @Test("known parameters are recovered", arguments: [0, 1, 2])
    func recovery(family: Int) throws {
        let truth = [(-1.5, 0.5), (1.0, 0.6), (70.0, 4.0)][family]
        var generator = SeededGenerator(seed: 100 + UInt64(family))
        var (locations, spreads): ([Double], [Double]) = ([], [])
        for _ in 0..<30 {
            let found = try #require(try fit((0..<200).map { _ in draw(family, generator.normal(), &generator) }))
            locations.append(found.location)
            spreads.append(found.spread)
        }
        for (found, expected) in [(locations, truth.0), (spreads, truth.1)] {
            let mean = found.reduce(0, +) / 30
            let error = (found.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 29 / 30).squareRoot()
            #expect(abs(mean - expected) < 3 * error + 0.02 * abs(expected))
        }
    }

    private func draw(_ family: Int, _ theta: Double, _ generator: inout SeededGenerator) -> Observation {
        switch family {
        case 0:
            let exposure = Double(6 + Int(generator.next() % 7))
            return .count(events: generator.poisson(exposure * exp(-1.5 + 0.5 * theta)), exposure: exposure)
        case 1:
            let trials = 5 + Int(generator.next() % 30)
            return .share(events: generator.binomial(trials, logistic(1 + 0.6 * theta)), trials: Double(trials))
        default:
            let variance = 1 + 20 * generator.uniform()
            return .mean(value: 70 + 4 * theta + variance.squareRoot() * generator.normal(), variance: variance)
        }
    }
}
