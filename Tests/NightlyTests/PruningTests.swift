import Foundation
import PipelineModel
import Testing

@testable import Nightly

@Suite struct PruningTests {
    @Test("fourteen runs stay, and those that started today; never removed is the one that current points at")
    func keepsNewest() throws {
        let site = try Site()
        defer { site.remove() }
        // An old run that current still points at, then twenty days of runs.
        try site.makeRun("2025-10-01_20251002T010000Z")
        let days = (1...20).map { "2025-10-\($0 + 10)_202510\($0 + 11)T010000Z" }
        for name in days {
            try site.makeRun(name)
            try site.makeRun(name + ".refused")
        }
        try site.makeRun("letters")
        try FileManager.default.createSymbolicLink(atPath: "\(site.output)/current", withDestinationPath: "runs/2025-10-01_20251002T010000Z")
        let pruned = try Pruning(output: OutputFolder(site.output)).removeOld(secondsNow: Site.firstSecond)
        #expect(pruned.problems.isEmpty)
        #expect(Set(pruned.removed) == Set(days.prefix(6) + days.prefix(6).map { $0 + ".refused" }))
        #expect(Set(site.runs) == Set(days.suffix(14) + days.suffix(14).map { $0 + ".refused" } + ["letters", "2025-10-01_20251002T010000Z"]))
        let again = try Pruning(output: OutputFolder(site.output)).removeOld(secondsNow: Site.firstSecond)
        #expect(again.removed.isEmpty)
    }

    @Test("runs that started today all stay, however many")
    func today() throws {
        let site = try Site()
        defer { site.remove() }
        for _ in 1...16 { try site.run() }
        #expect(site.runs.count == 16)
        site.now += 86_400
        try site.run()
        #expect(site.runs.count == 14)
        #expect(site.current == "runs/2025-11-04_20251105T011500Z")
        #expect(!site.runs.contains("2025-11-03_20251104T011500Z-2"))
    }

    @Test(
        "names of runs are read back as they were given, and nothing else is one",
        arguments: [
            ("2025-11-03_20251104T011500Z", true), ("2025-11-03_20251104T011500Z-2", true), ("2025-11-03_20251104T011500Z-1", false),
            ("2025-11-03_20251104T011500Z-x", false), ("2025-02-30_20251104T011500Z", false), ("2025-11-03_20251304T011500Z", false),
            ("2025-11-03", false), ("letters", false), ("2025-11-03_20251104T011500Z.partial", false), ("", false), ("_", false),
        ])
    func names(text: String, isRun: Bool) {
        #expect(RunIdentifier(text).map(\.description) == (isRun ? text : nil))
    }

    @Test("the newest run is the one that started last, whatever night it is about")
    func order() throws {
        let early = try #require(RunIdentifier("2025-11-03_20251104T011500Z"))
        let later = try #require(RunIdentifier("2024-01-01_20251104T011501Z"))
        let same = try #require(RunIdentifier("2025-11-03_20251104T011500Z-2"))
        #expect(early < same && same < later)
    }
}
