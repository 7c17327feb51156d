import Foundation
import Testing

@testable import Statistics

/// Weights of a linkage: by hand, from known parameters, and at their edges.
@Suite struct LinkageTests {
    private let byHand = LinkageParameters(matchedShare: 0.5, population: 4, m: [[0.9, 0.1]], u: [[0.1, 0.9]])

    /// ρ/N : (1 − ρ) = 0.125 : 0.5, two bits against; m/u = 9 and 1/9; odds 2.25 and 1/36 against 1 for nobody.
    @Test func aSmallExampleByHand() {
        #expect(byHand.priorBits == -2)
        let agreeing = byHand.weights(of: LinkageCandidate(levels: [0]))
        let differing = byHand.weights(of: LinkageCandidate(levels: [1]))
        #expect(abs(agreeing.total - (-2 + log2(9.0))) < 1e-12)
        #expect(abs(differing.total - (-2 - log2(9.0))) < 1e-12)
        let posteriors = linkagePosteriors(totals: [agreeing.total, differing.total])
        let sum = 1 + 2.25 + 1.0 / 36
        #expect(abs(posteriors[0] - 2.25 / sum) < 1e-12)
        #expect(abs(posteriors[1] - 1.0 / 36 / sum) < 1e-12)
        #expect(abs(linkagePosteriors(totals: [agreeing.total])[0] - 2.25 / 3.25) < 1e-12)
    }

    @Test func whatIsMissingIsEvidenceForNothing() {
        let weights = byHand.weights(of: LinkageCandidate(levels: [nil]))
        #expect(weights.comparisons == [0] && weights.total == byHand.priorBits)
    }

    @Test func equalCandidatesTakeFromOneAnother() {
        #expect(linkagePosteriors(totals: [40, 40]).allSatisfy { abs($0 - 0.5) < 1e-9 })
        #expect(linkagePosteriors(totals: [1500, -1500])[0] == 1)
        #expect(linkagePosteriors(totals: [3], counts: [4])[0] == 8.0 / 33)
        #expect(linkagePosteriors(totals: []).isEmpty)
    }

    @Test func aRareValueWeighsMore() {
        var parameters = byHand
        parameters.frequencyComparison = 0
        func weights(_ share: Double?) -> LinkageWeights { parameters.weights(of: LinkageCandidate(levels: [0], share: share)) }
        #expect(abs(weights(0.001).total - weights(0.008).total - 3) < 1e-12)
        #expect(weights(0.1).frequency == 0 && weights(nil).frequency == 0)
        #expect(abs(weights(0.001).comparisons[0] + weights(0.001).frequency - log2(0.9 / 0.001)) < 1e-12)
    }

    private static let levels = [3, 2, 2]
    private static let trueM = [[0.85, 0.12, 0.03], [0.9, 0.1], [0.7, 0.3]]
    private static let trueU = [[0.01, 0.02, 0.97], [0.02, 0.98], [0.1, 0.9]]

    private static func design(population: Int, pseudoRecords: Double = 20) -> LinkageDesign {
        LinkageDesign(
            levels: levels, population: population, expectedM: [[0.6, 0.3, 0.1], [0.8, 0.2], [0.6, 0.4]], expectedShare: 0.5, pseudoRecords: pseudoRecords)
    }

    /// Records among a population, drawn from known parameters; candidates that agree alike are counted together.
    private static func draw(records: Int, population: Int, matchedShare: Double, seed: UInt64, missing: Double = 0) -> [[LinkageCandidate]] {
        var generator = SeededGenerator(seed: seed)
        func uniform() -> Double { Double(generator.next() >> 11) * 0x1p-53 }
        func level(_ shares: [Double]) -> Int? {
            if missing > 0, uniform() < missing { return nil }
            var rest = uniform()
            for (place, share) in shares.enumerated() {
                rest -= share
                if rest < 0 { return place }
            }
            return shares.count - 1
        }
        return (0..<records).map { _ in
            let isMatched = uniform() < matchedShare
            var counts: [[Int?]: Int] = [:]
            var order: [[Int?]] = []
            for entity in 0..<population {
                let own = (isMatched && entity == 0 ? trueM : trueU).map(level)
                if counts[own] == nil { order.append(own) }
                counts[own, default: 0] += 1
            }
            return order.map { LinkageCandidate(levels: $0, count: counts[$0] ?? 1) }
        }
    }

    private func largestError(_ found: [[Double]], _ known: [[Double]]) -> Double {
        zip(found.joined(), known.joined()).reduce(0) { max($0, abs($1.0 - $1.1)) }
    }

    @Test(arguments: [(0.9, 0.0), (0.6, 0.0), (0.9, 0.3)]) func knownParametersAreFoundAgain(matchedShare: Double, missing: Double) throws {
        let records = Self.draw(records: 1500, population: 50, matchedShare: matchedShare, seed: 11, missing: missing)
        let estimate = try estimateLinkage(records, Self.design(population: 50))
        #expect(largestError(estimate.parameters.m, Self.trueM) < 0.05)
        #expect(largestError(estimate.parameters.u, Self.trueU) < 0.005)
        #expect(abs(estimate.parameters.matchedShare - matchedShare) < 0.04)
        #expect(estimate.records == 1500 && estimate.iterations > 1 && estimate.lastStep <= 1e-8)
    }

    @Test func posteriorsSayHowOftenTheyAreRight() throws {
        let parameters = LinkageParameters(matchedShare: 0.7, population: 60, m: Self.trueM, u: Self.trueU)
        let records = Self.draw(records: 3000, population: 60, matchedShare: 0.7, seed: 5)
        var nobody = 0.0
        for record in records {
            let posteriors = linkagePosteriors(totals: record.map { parameters.weights(of: $0).total }, counts: record.map(\.count))
            nobody += 1 - zip(record, posteriors).reduce(0) { $0 + Double($1.0.count) * $1.1 }
        }
        #expect(abs(nobody / 3000 - 0.3) < 0.03)
    }

    /// At the answer, another M step, made here by hand, changes nothing.
    @Test func theAnswerIsAFixedPoint() throws {
        let records = Self.draw(records: 300, population: 20, matchedShare: 0.8, seed: 2)
        let (design, found) = (Self.design(population: 20), try estimateLinkage(records, Self.design(population: 20)).parameters)
        var (matches, matched) = ([0.0, 0.0], 0.0)
        for record in records {
            let posteriors = linkagePosteriors(totals: record.map { found.weights(of: $0).total }, counts: record.map(\.count))
            for (candidate, posterior) in zip(record, posteriors) {
                matched += posterior * Double(candidate.count)
                if let level = candidate.levels[1] { matches[level] += posterior * Double(candidate.count) }
            }
        }
        #expect(abs(found.matchedShare - (matched + 20 * 0.5) / 320) < 1e-6)
        #expect(abs(found.m[1][0] - (matches[0] + 20 * design.expectedM[1][0]) / (matches[0] + matches[1] + 20)) < 1e-6)
    }

    @Test func theOrderOfRecordsChangesNothing() throws {
        let records = Self.draw(records: 400, population: 30, matchedShare: 0.9, seed: 8)
        let (one, other) = (
            try estimateLinkage(records, Self.design(population: 30)), try estimateLinkage(records.reversed(), Self.design(population: 30))
        )
        #expect(largestError(one.parameters.m, other.parameters.m) < 1e-7)
        #expect(try estimateLinkage(records, Self.design(population: 30)).parameters == one.parameters)
    }

    @Test func pairsOutsideTheCandidatesCountAsNoMatch() throws {
        var design = Self.design(population: 1000)
        design.outside = [[0, 0, 997], [0, 0], [0, 0]]
        let u = try estimateLinkage([[LinkageCandidate(levels: [0, 0, 0], count: 3)]], design).parameters.u[0]
        #expect(u[2] > 0.99 && u[0] < 0.005 && abs(u.reduce(0, +) - 1) < 1e-12)
    }

    @Test func withoutRecordsTheAnswerIsWhatWasExpected() throws {
        let design = Self.design(population: 5)
        let found = try estimateLinkage([], design).parameters
        #expect(largestError(found.m, design.expectedM) < 1e-12 && abs(found.matchedShare - 0.5) < 1e-12)
        #expect(found.u.joined().allSatisfy { $0 > 0 } && found.priorBits.isFinite)
    }

    @Test func levelsThatNobodyHasKeepFiniteWeights() throws {
        let records = Array(repeating: [LinkageCandidate(levels: [0, 0, 0])], count: 50)
        let found = try estimateLinkage(records, Self.design(population: 50)).parameters
        for (comparison, count) in Self.levels.enumerated() {
            for level in 0..<count { #expect(found.bits(comparison: comparison, level: level).isFinite) }
        }
    }

    @Test func stoppedEarlyIsAnErrorNotAnAnswer() throws {
        let records = Self.draw(records: 100, population: 20, matchedShare: 0.8, seed: 3)
        #expect(throws: StatisticsError.self) { try estimateLinkage(records, Self.design(population: 20), maximumIterations: 2) }
    }

    @Test func whatDoesNotFitIsRefused() {
        let design = Self.design(population: 5)
        var (crooked, empty) = (design, design)
        crooked.expectedM[0] = [0.5, 0.5, 0.5]
        empty.population = 0
        for bad in [crooked, empty, Self.design(population: 5, pseudoRecords: 0)] {
            #expect(throws: StatisticsError.self) { try estimateLinkage([], bad) }
        }
        for candidate in [
            LinkageCandidate(levels: [0, 0]), LinkageCandidate(levels: [3, 0, 0]), LinkageCandidate(levels: [0, 0, 0], share: 0),
            LinkageCandidate(levels: [0, 0, 0], count: 0),
        ] {
            #expect(throws: StatisticsError.self) { try estimateLinkage([[candidate]], design) }
        }
    }
}
