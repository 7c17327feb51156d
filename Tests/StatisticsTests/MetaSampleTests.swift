import Foundation
import Testing

@testable import Statistics

@Suite struct MetaSampleTests {
    private func sample(_ count: Int, seed: UInt64) throws -> MetaSample {
        var generator = SeededGenerator(seed: seed)
        let variances = (0..<count).map { _ in 0.2 + 4 * generator.uniform() }
        return try MetaSample(values: variances.map { 70 + 3 * generator.normal() + $0.squareRoot() * generator.normal() }, variances: variances)
    }

    @Test("the sum of logarithms is that of the logarithms, for weights of any size")
    func logarithms() throws {
        for scale in [1, 1e-280, 1e290] {
            let variances = (1...700).map { Double($0) * scale }
            let sums = try MetaSample(values: variances.map { _ in 1 }, variances: variances).sums(tauSquared: 0)
            let expected = variances.reduce(0) { $0 - log($1) }
            #expect(abs(sums.logWeight - expected) < 1e-10 * expected.magnitude)
        }
        // Too small for a reciprocal.
        #expect(try MetaSample(values: [1], variances: [.leastNonzeroMagnitude]).sums(tauSquared: 0).logWeight == .infinity)
    }

    @Test("with a prior, the spread that is found has no slope left", arguments: [10, 60, 800])
    func slope(count: Int) throws {
        for seed in UInt64(1)...20 {
            let prior = SpreadPrior(logMean: 0.9, logDeviation: 0.3)
            let top = try sample(count, seed: seed).maximise(prior: prior, from: 0.5)
            let slope = top.score - prior.precision * (top.logSpread - prior.logMean)
            #expect(slope.magnitude < 1e-7 * (top.information + prior.precision))
        }
    }
}
