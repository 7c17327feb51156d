import Foundation
import Testing

@testable import Statistics

@Suite struct CorrelationStartTests {
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

    @Test("from a sample's R all units go to where they go from independence, in a tenth of the steps")
    func sameEnd() throws {
        let units = try collected(try units(10000, seed: 51))
        let found = try estimateCorrelation(units, tolerance: 1e-7)
        var plain = CorrelationSearch(step: CorrelationStep(units, independentUnits: 0), tolerance: 1e-7, threads: 1)
        let other = try #require(try plain.rememberSteps(atMost: 1000))
        #expect(found.correlation.largestDifference(to: other) < 2e-5)
        #expect(found.residual <= 1e-7 && found.units == units.count)
        #expect(found.iterations <= 12 && found.iterations < plain.iterations)
    }

    @Test("neither the order of the units nor the number of threads changes the start by a bit")
    func order() throws {
        let units = try units(9000, seed: 52)
        let starts = try [(units, 1), (units, 3), (units.reversed(), 1)].map { units, threads in
            try #require(CorrelationStart(CorrelationStep(try collected(units), independentUnits: 2), sampled: 2048, threads: threads))
        }
        for start in starts { #expect(start.correlation == starts[0].correlation) }
    }

    @Test("a few thousand units are no sample of themselves")
    func few() throws {
        #expect(CorrelationStart(CorrelationStep(try collected(try units(4000, seed: 53)), independentUnits: 0), sampled: 2048, threads: 1) == nil)
    }
}
