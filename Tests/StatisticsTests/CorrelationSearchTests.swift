import Foundation
import Testing

@testable import Statistics

@Suite struct CorrelationSearchTests {
    /// Five measurements with one common cause, the last of which says almost nothing; a tenth missing.
    private func units(_ count: Int, seed: UInt64) throws -> [[LikelihoodTerm]] {
        var generator = SeededGenerator(seed: seed)
        return try (0..<count).map { _ in
            let common = generator.normal()
            let standings = (0..<5).map { _ in 0.6 * common + 0.8 * generator.normal() }
            let observations: [Observation] = [
                .count(events: generator.poisson(12 * exp(0.3 * standings[0])), exposure: 12),
                .share(events: generator.binomial(20, logistic(0.5 * standings[1])), trials: 20),
                .mean(value: standings[2] + generator.normal(), variance: 1),
                .mean(value: standings[3] + 2 * generator.normal(), variance: 4),
                .mean(value: standings[4] + 4 * generator.normal(), variance: 16),
            ]
            return try zip(observations, [0.3, 0.5, 1, 1, 1]).map { observation, spread in
                try LikelihoodTerm(generator.uniform() < 0.1 ? nil : observation, location: 0, spread: spread, direction: .higherIsBetter)
            }
        }
    }

    private func collected(_ units: [[LikelihoodTerm]]) throws -> UnitTerms {
        var terms = UnitTerms(dimension: 5)
        for unit in units { try terms.append(unit) }
        return terms
    }

    @Test("Newton's steps go where remembered steps go from independence, in a tenth of them", arguments: [10000, 900])
    func sameEnd(count: Int) throws {
        let units = try collected(try units(count, seed: 51))
        let found = try estimateCorrelation(units, tolerance: 1e-7)
        var plain = CorrelationSearch(step: CorrelationStep(units, independentUnits: 0), tolerance: 1e-7, threads: 1)
        let other = try #require(try plain.rememberSteps(atMost: 1000))
        #expect(found.correlation.largestDifference(to: other) < 2e-5)
        #expect(found.residual <= 1e-7 && found.units == units.count)
        #expect(found.iterations <= 12 && found.iterations < plain.iterations)
    }

    @Test("the order of the units changes nothing but the rounding")
    func order() throws {
        let units = try units(9000, seed: 52)
        let (one, other) = (try estimateCorrelation(try collected(units)), try estimateCorrelation(try collected(units.reversed())))
        #expect(one.correlation.largestDifference(to: other.correlation) < 1e-9)
        #expect(one.iterations == other.iterations)
    }

    @Test("where R has no inside to end in, what is found is none the less where EM stays")
    func edge() throws {
        // Two measurements of the same thing, with hardly any noise: R is at its edge but for a few units beside.
        var generator = SeededGenerator(seed: 53)
        var units = UnitTerms(dimension: 2)
        for _ in 0..<60 {
            let standing = generator.normal()
            try units.append(
                try (0..<2).map { _ in
                    try LikelihoodTerm(
                        .mean(value: standing + 0.1 * generator.normal(), variance: 0.01), location: 0, spread: 1, direction: .higherIsBetter)
                })
        }
        let found = try estimateCorrelation(units, independentUnits: 2)
        var step = CorrelationStep(units, independentUnits: 2)
        #expect(found.correlation[0, 1] > 0.9 && found.correlation[0, 1] < 1)
        #expect(try step.next(found.correlation, threads: 1).largestDifference(to: found.correlation) <= 1e-6)
    }
}
