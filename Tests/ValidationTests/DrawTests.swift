import Foundation
import Statistics
import Testing

@testable import Validation

@Suite struct DrawTests {
    private func moments(_ draw: (inout SeededGenerator) -> Double) -> (mean: Double, variance: Double) {
        var generator = SeededGenerator(seed: 7)
        let values = (0..<40_000).map { _ in draw(&generator) }
        let mean = values.reduce(0, +) / Double(values.count)
        return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count))
    }

    @Test(arguments: [0.0, 0.1, 3, 16, 40]) func poissonHasItsMeanAsVariance(mean: Double) {
        let found = moments { Double($0.poisson(mean)) }
        #expect(abs(found.mean - mean) <= 0.03 * max(mean, 0.1))
        #expect(abs(found.variance - mean) <= 0.05 * max(mean, 0.1))
    }

    @Test func incidentsOfMeanTwoHaveVarianceTwo() {
        let found = moments { Double($0.geometric(mean: 2)) }
        #expect(abs(found.mean - 2) < 0.03)
        #expect(abs(found.variance - 2) < 0.1)
        var generator = SeededGenerator(seed: 1)
        #expect((0..<100).allSatisfy { _ in generator.geometric(mean: 1) == 1 })
    }

    @Test func chiSquaredHasItsMoments() {
        let found = moments { $0.chiSquared(halfDegrees: 3) }
        #expect(abs(found.mean - 6) < 0.1)
        #expect(abs(found.variance - 12) < 0.6)
    }

    @Test func binomialHasItsMoments() {
        let found = moments { Double($0.binomial(12, 0.3)) }
        #expect(abs(found.mean - 3.6) < 0.05)
        #expect(abs(found.variance - 2.52) < 0.1)
    }

    @Test func substreamsDiffer() {
        var seeds: Set<UInt64> = []
        for purpose in 1...9 { for index in 0..<200 { seeds.insert(substreamSeed(1, UInt64(purpose), UInt64(index))) } }
        seeds.insert(substreamSeed(2, 1, 0))
        #expect(seeds.count == 9 * 200 + 1)
    }
}
