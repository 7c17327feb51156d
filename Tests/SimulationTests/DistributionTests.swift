import Foundation
import Testing

@testable import Simulation

/// Mean and variance of draws.
private func moments(_ count: Int, _ draw: () -> Double) -> (mean: Double, variance: Double) {
    let values = (0..<count).map { _ in draw() }
    let mean = values.reduce(0, +) / Double(count)
    return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count - 1))
}

@Suite struct DistributionTests {
    private let count = 200_000

    @Test func uniformHasItsMoments() {
        var generator = SeededGenerator(seed: 11)
        let (mean, variance) = moments(count) { generator.uniform() }
        #expect(abs(mean - 0.5) < 0.004)
        #expect(abs(variance - 1 / 12.0) < 0.001)
    }

    @Test func normalHasItsMomentsAndTails() {
        var generator = SeededGenerator(seed: 12)
        let (mean, variance) = moments(count) { generator.normal() }
        #expect(abs(mean) < 0.012)
        #expect(abs(variance - 1) < 0.02)
        let beyond = (0..<count).filter { _ in abs(generator.normal()) > 1.959964 }.count
        #expect(abs(Double(beyond) / Double(count) - 0.05) < 0.0025)
    }

    @Test(arguments: [0.0, 0.02, 1, 3.8, 15.9, 16, 40, 250]) func poissonHasItsMoments(expected: Double) {
        var generator = SeededGenerator(seed: 13, UInt64(expected * 100))
        let (mean, variance) = moments(count) { Double(generator.poisson(expected)) }
        // Five standard errors: √(λ/n) of the mean; the variance of a Poisson sample variance is about (2λ² + λ)/n.
        #expect(abs(mean - expected) <= 5 * (expected / Double(count)).squareRoot())
        #expect(abs(variance - expected) <= 5 * ((2 * expected * expected + expected) / Double(count)).squareRoot())
    }

    @Test(arguments: [1.0, 1.5, 2, 5, 14]) func geometricHasItsMoments(expected: Double) {
        var generator = SeededGenerator(seed: 14, UInt64(expected * 100))
        let (mean, variance) = moments(count) { Double(generator.geometric(mean: expected)) }
        // On 1, 2, …: variance (1 − p)/p² with p = 1/mean.
        let theory = expected * expected - expected
        #expect(abs(mean - expected) <= 5 * (theory / Double(count)).squareRoot())
        #expect(abs(variance - theory) <= 0.05 * theory + 1e-12)
    }

    @Test func weightsAreKept() {
        var generator = SeededGenerator(seed: 15)
        var counts: [String: Int] = [:]
        for _ in 0..<count { counts[generator.weighted(("a", 1), ("b", 2), ("c", 7)), default: 0] += 1 }
        for (value, share) in [("a", 0.1), ("b", 0.2), ("c", 0.7)] {
            #expect(abs(Double(counts[value] ?? 0) / Double(count) - share) < 0.006)
        }
    }

    @Test func chancesAtTheirEndsAreCertain() {
        var generator = SeededGenerator(seed: 16)
        #expect((0..<1000).allSatisfy { _ in !generator.chance(0) && generator.chance(1) })
    }
}

@Suite struct StandingsTests {
    @Test func correlationIsRecovered() throws {
        let correlation = SimulatedIndicator.defaultCorrelation
        let standings = try Standings(correlation: correlation)
        let (count, size) = (60_000, correlation.count)
        var sums = Array(repeating: Array(repeating: 0.0, count: size), count: size)
        var means = Array(repeating: 0.0, count: size)
        for index in 0..<count {
            var generator = SeededGenerator(seed: 21, UInt64(index))
            let standing = standings.draw(using: &generator)
            for row in 0..<size {
                means[row] += standing[row] / Double(count)
                for column in 0..<size { sums[row][column] += standing[row] * standing[column] / Double(count) }
            }
        }
        for row in 0..<size {
            #expect(abs(means[row]) < 0.02)
            for column in 0..<size { #expect(abs(sums[row][column] - correlation[row][column]) < 0.025) }
        }
    }

    @Test func whatIsNoCorrelationMatrixIsRefused() {
        let size = SimulatedIndicator.allCases.count
        let identity = (0..<size).map { row in (0..<size).map { row == $0 ? 1.0 : 0 } }
        var (ones, lopsided, scaled) = (identity, identity, identity)
        ones = ones.map { $0.map { _ in 1 } }
        lopsided[0][1] = 0.5
        scaled[3][3] = 2
        for matrix in [[], [[1]], ones, lopsided, scaled] {
            #expect(throws: SimulationError.self) { try Standings(correlation: matrix) }
        }
        #expect(throws: Never.self) { try Standings(correlation: identity) }
    }
}
