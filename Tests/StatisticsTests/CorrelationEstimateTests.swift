import Foundation
import Statistics
import Testing

@Suite struct CorrelationEstimateTests {
    /// Units with standings of correlation 0.5, 0.2 and 0 (first with second, first with third, second with third).
    private func units(_ count: Int, seed: UInt64, missing: Double = 0, spreads: [Double] = [0.5, 0.6, 4]) throws -> UnitTerms {
        var generator = SeededGenerator(seed: seed)
        var units = UnitTerms(dimension: 3)
        for _ in 0..<count {
            let (a, b, c) = (generator.normal(), generator.normal(), generator.normal())
            let first = a
            let second = 0.5 * a + 0.75.squareRoot() * b
            // Correlation 0.2 with the first and 0 with the second.
            let third = 0.2 * a - 0.1 / 0.75.squareRoot() * b + (1 - 0.04 - 0.01 / 0.75).squareRoot() * c
            let rows: [(Observation, Double, Double)] = [
                (.count(events: generator.poisson(24 * exp(-1 - 0.5 * first)), exposure: 24), -1, spreads[0]),
                (.share(events: generator.binomial(40, logistic(1 + 0.6 * second)), trials: 40), 1, spreads[1]),
                (.mean(value: 70 + 4 * third + 3 * generator.normal(), variance: 9), 70, spreads[2]),
            ]
            try units.append(
                try rows.enumerated().map { place, row in
                    try LikelihoodTerm(
                        generator.uniform() < missing ? nil : row.0, location: row.1, spread: row.2,
                        direction: place == 0 ? .lowerIsBetter : .higherIsBetter)
                })
        }
        return units
    }

    @Test("known correlations are recovered, also with a third of the observations missing", arguments: [0, 0.33])
    func recovery(missing: Double) throws {
        let found = try estimateCorrelation(try units(6000, seed: 31, missing: missing))
        #expect(found.residual <= 1e-6)
        #expect(abs(found.correlation[0, 1] - 0.5) < 0.05)
        #expect(abs(found.correlation[0, 2] - 0.2) < 0.05)
        #expect(abs(found.correlation[1, 2]) < 0.05)
        #expect((0..<3).allSatisfy { found.correlation[$0, $0] == 1 })
    }

    @Test("the number of threads changes no bit")
    func threads() throws {
        let units = try units(2000, seed: 32)
        let (one, four) = (try estimateCorrelation(units, threads: 1), try estimateCorrelation(units, threads: 4))
        #expect(one.correlation == four.correlation && one.iterations == four.iterations)
        let (first, second) = (try JointPosteriors(units, correlation: one.correlation), try JointPosteriors(units, correlation: one.correlation, threads: 3))
        #expect(first.count == 2000)
        for unit in 0..<2000 {
            #expect(first.mean(of: unit).elementsEqual(second.mean(of: unit)))
            #expect(first.composite(of: unit, weights: [0.2, 0.3, 0.5]) == second.composite(of: unit, weights: [0.2, 0.3, 0.5]))
        }
    }

    @Test("lengthened steps end where plain EM ends")
    func accelerated() throws {
        let units = try units(600, seed: 33)
        let found = try estimateCorrelation(units, tolerance: 1e-9)
        // One plain step from the answer: the scaled mean of m mᵀ + V.
        let posteriors = try JointPosteriors(units, correlation: found.correlation)
        var sum = [Double](repeating: 0, count: 9)
        for unit in 0..<posteriors.count {
            let mean = Array(posteriors.mean(of: unit))
            for row in 0..<3 { for column in 0..<3 { sum[row * 3 + column] += mean[row] * mean[column] + posteriors.covariance(of: unit, row, column) } }
        }
        for row in 0..<3 {
            for column in 0..<3 {
                let next = sum[row * 3 + column] / (sum[row * 4] * sum[column * 4]).squareRoot()
                #expect(abs(next - found.correlation[row, column]) < 1e-7)
            }
        }
    }

    @Test("what nobody has, or where nobody differs, is correlated with nothing; nobody at all gives the identity")
    func nothing() throws {
        let found = try estimateCorrelation(try units(500, seed: 34, spreads: [0.5, 0, 4]))
        #expect(found.correlation[0, 1] == 0 && found.correlation[1, 2] == 0 && found.correlation[0, 2] != 0)
        #expect(try estimateCorrelation(UnitTerms(dimension: 3)).correlation == SquareMatrix(identity: 3))
        var missing = UnitTerms(dimension: 2)
        try missing.append([.missing, .missing])
        let none = try estimateCorrelation(missing)
        #expect(none.units == 0 && none.correlation == SquareMatrix(identity: 2))
        #expect(try estimateCorrelation(UnitTerms(dimension: 1)).correlation == SquareMatrix(identity: 1))
    }

    @Test("units that say nothing change nothing")
    func silent() throws {
        let units = try units(600, seed: 35)
        var more = units
        for _ in 0..<50 { try more.append([.missing, .missing, .missing]) }
        let (one, other) = (try estimateCorrelation(units), try estimateCorrelation(more))
        #expect(one.correlation == other.correlation && other.units == 600)
    }

    @Test("too few iterations are told")
    func iterations() throws {
        let units = try units(300, seed: 36)
        #expect(throws: StatisticsError.self) { try estimateCorrelation(units, tolerance: 1e-12, maximumIterations: 2) }
    }
}
