import Foundation
import Testing

@testable import Statistics

@Suite struct CorrelationStepTests {
    /// Counts, shares and means of one common cause, some of which are missing.
    private func units(_ count: Int, seed: UInt64, missing: Double = 0.2, isMean: Bool = false) throws -> UnitTerms {
        var generator = SeededGenerator(seed: seed)
        var units = UnitTerms(dimension: 4)
        for unit in 0..<count {
            let common = generator.normal()
            // Correlations of 0.36.
            let standings = (0..<4).map { _ in 0.6 * common + 0.8 * generator.normal() }
            var observations: [Observation] = [
                .count(events: generator.poisson(2 * exp(0.8 * standings[0])), exposure: 2),
                .share(events: generator.binomial(6, logistic(standings[1] - 1)), trials: 6),
                .mean(value: standings[2] + generator.normal(), variance: 1),
                .count(events: generator.poisson(30 * exp(0.4 * standings[3])), exposure: 30),
            ]
            if isMean { observations = standings.map { .mean(value: -0.2 - $0 + generator.normal(), variance: 1) } }
            // Families that differ between neighbours.
            if unit % 3 == 0 { observations.swapAt(0, 1) }
            try units.append(
                try zip(observations, isMean ? [1, 1, 1, 1] : [0.8, 1, 1, 0.4]).map { observation, spread in
                    try LikelihoodTerm(generator.uniform() < missing ? nil : observation, location: -0.2, spread: spread, direction: .lowerIsBetter)
                })
        }
        return units
    }

    private func correlation(_ elements: [Double]) -> SquareMatrix {
        var result = SquareMatrix(identity: 4)
        var index = 0
        for row in 0..<4 {
            for column in 0..<row {
                (result[row, column], result[column, row]) = (elements[index], elements[index])
                index += 1
            }
        }
        return result
    }

    /// The columns by which the next R changes with each element, less that element, by differences.
    private func differences(_ step: CorrelationStep, _ elements: [Double]) throws -> [[Double]] {
        var step = step
        return try elements.indices.map { index in
            let images = try [1e-4, -1e-4].map { shift in
                var moved = elements
                moved[index] += shift
                // Twice: the second search begins where the first ended, and leaves no error.
                _ = try step.next(correlation(moved), threads: 1)
                return try step.next(correlation(moved), threads: 1).correlations
            }
            return elements.indices.map { (images[0][$0] - images[1][$0]) / 2e-4 - ($0 == index ? 1 : 0) }
        }
    }

    private func largestDifference(_ left: [[Double]], _ right: [[Double]]) -> Double {
        zip(left.joined(), right.joined()).reduce(0) { max($0, ($1.0 - $1.1).magnitude) }
    }

    @Test("a step answers to each element of R as was seen: exactly so where curvatures do not change", arguments: [(true, 1e-6), (false, 0.05)])
    func observed(isMean: Bool, within: Double) throws {
        var step = CorrelationStep(try units(333, seed: 71, isMean: isMean), independentUnits: 25)
        let elements = [0.3, 0.5, -0.1, 0.2, 0.4, 0.6]
        let (image, changes) = try step.next(correlation(elements), response: .observed, threads: 1)
        #expect(try step.next(correlation(elements), threads: 2).largestDifference(to: image) < 1e-6)
        #expect(largestDifference(changes, try differences(step, elements)) < within)
    }

    @Test("what the model expects is what is seen of many units that follow it")
    func expected() throws {
        let elements = [Double](repeating: 0.36, count: 6)
        var step = CorrelationStep(try units(20000, seed: 72, isMean: true), independentUnits: 0)
        let (_, changes) = try step.next(correlation(elements), response: .expected, threads: 2)
        #expect(largestDifference(changes, try differences(step, elements)) < 0.02)
        // And no step of EM leads away.
        for (index, change) in changes.enumerated() { #expect(change[index] < 0) }
    }
}
