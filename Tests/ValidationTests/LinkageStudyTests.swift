import Foundation
import PipelineModel
import Testing

@testable import Validation

/// docs/linkage.md, on a small scale: what it promises holds, and what it prints is what the command gives.
@Suite struct LinkageStudyTests {
    private static let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")

    private func study(worlds: Int, cadres: Int, months: Int, seed: UInt64) throws -> LinkageStudyResult {
        let pipeline = try Pipeline.load(path: Self.root + "/pipelines/nightly.yaml").pipeline
        return try LinkageStudy(worlds: worlds, cadres: cadres, months: months, seed: seed, pipeline: pipeline).run()
    }

    /// The sample's own world. Homonyms in one unit, in three units of twenty, are among those that are not linked.
    @Test func theSampleKeepsThePromise() throws {
        let result = try study(worlds: 1, cadres: 600, months: 24, seed: 20_180_918)
        #expect(result.all.onRoster > 400 && result.all.outsiders > 10)
        #expect(try #require(result.all.precision) >= LinkageStudyResult.requiredPrecision)
        #expect(try #require(result.all.recall) >= LinkageStudyResult.requiredRecall)
        #expect(result.holds && LinkageStudyResult.requiredPrecision == 0.995 && LinkageStudyResult.requiredRecall == 0.90)
        let document = try String(contentsOfFile: Self.root + "/docs/linkage.md", encoding: .utf8)
        let line = try #require(LinkageReport(result).text.split(separator: "\n").first { $0.hasPrefix("| 20180918 ") })
        #expect(document.contains(line), "docs/linkage.md does not have: \(line)")
    }

    @Test func anotherWorldKeepsItToo() throws {
        let result = try study(worlds: 1, cadres: 900, months: 12, seed: 4)
        #expect(try #require(result.all.precision) >= 0.995)
        #expect(try #require(result.all.recall) >= 0.90)
        // Nothing of a wording that nobody could read is linked against its name, and every band is at least as often right as it says, about.
        #expect(result.worlds[0].bands.reduce(0) { $0 + $1.targets } >= result.all.right)
        let sure = try #require(result.worlds[0].bands.last)
        #expect(Double(sure.right) / Double(sure.targets) > 0.99)
    }

    @Test func aTallySaysWhatHappened() {
        var tally = LinkageTally()
        #expect(tally.precision == nil && tally.recall == nil)
        tally.add(meant: "A", linked: "A", isForReview: false)
        tally.add(meant: "A", linked: "B", isForReview: false)
        tally.add(meant: nil, linked: "B", isForReview: false)
        tally.add(meant: "A", linked: nil, isForReview: true)
        #expect(tally.precision == 1.0 / 3 && tally.recall == 1.0 / 3)
        #expect(tally.onRoster == 3 && tally.outsiders == 1 && tally.right == 1 && tally.wrong == 2 && tally.reviewed == 1)
        #expect((tally + tally).right == 2)
    }

    @Test(arguments: [(0, 600, 24), (1, 59, 24), (1, 600, 0)]) func parametersOutsideTheirRangeAreRefused(worlds: Int, cadres: Int, months: Int) {
        #expect(throws: StudyError.self) { try study(worlds: worlds, cadres: cadres, months: months, seed: 1) }
    }
}
