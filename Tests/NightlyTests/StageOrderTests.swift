import Foundation
import PipelineModel
import Testing
import Warehouse

@testable import Nightly

/// One stage at a time, as the four executables run them.
@Suite struct StageOrderTests {
    @Test("five commands, one after the other, publish what one command does")
    func oneByOne() throws {
        let (site, whole) = (try Site(), try Site())
        defer {
            site.remove()
            whole.remove()
        }
        for stage in Stage.allCases {
            let outcome = try site.run([stage])
            #expect(outcome.exitStatus == .done)
            #expect((outcome.publishedFolder != nil) == (stage == .export))
        }
        try whole.run()
        #expect(try site.text("current/manifest.json") == whole.text("current/manifest.json"))
    }

    @Test("a stage without the one before it says which command to run", arguments: [Stage.analyze, .flag, .track, .export])
    func missing(stage: Stage) throws {
        let site = try Site()
        defer { site.remove() }
        let error = failure { () throws(NightError) in try site.run([stage]) }
        #expect(error?.exitStatus == .dataRefused)
        #expect(error?.description.contains("run cadre-ingest with --as-of 2025-11-03") == true)
        #expect(site.current == nil)
    }

    @Test("an earlier stage of another night, or done again since, does not count")
    func otherNight() throws {
        let site = try Site()
        defer { site.remove() }
        try site.run()
        let other = failure { () throws(NightError) in try site.run([.export], asOf: "2025-11-02") }
        #expect(other?.description.contains("was done for 2025-11-03, not for 2025-11-02") == true)
        try site.run([.ingest])
        let again = failure { () throws(NightError) in try site.run([.flag]) }
        #expect(again?.description.contains("run cadre-analyze") == true)
        try site.run([.analyze])
        let stale = failure { () throws(NightError) in try site.run([.export]) }
        #expect(stale?.description.contains("run cadre-flag") == true)
    }

    @Test("an earlier stage under another configuration does not count")
    func otherConfiguration() throws {
        let site = try Site()
        defer { site.remove() }
        try site.run()
        let copy = site.root.appending(path: "pipelines")
        try FileManager.default.copyItem(at: Site.repository.appending(path: "pipelines"), to: copy)
        let file = copy.appending(path: "nightly.yaml")
        try (try String(contentsOf: file, encoding: .utf8) + "\n# changed\n").write(to: file, atomically: false, encoding: .utf8)
        site.pipeline = file.path
        let error = failure { () throws(NightError) in try site.run([.analyze]) }
        #expect(error?.exitStatus == .dataRefused)
        #expect(error?.description.contains("another configuration") == true)
    }

    @Test("an export by itself tells the findings of all stages")
    func exportFindings() throws {
        let site = try Site()
        defer { site.remove() }
        site.work.ingest = { _, transaction in
            try transaction.clearIngestion()
            return [Site.finding()]
        }
        try site.run()
        let outcome = try site.run([.export])
        #expect(outcome.exitStatus == .doneWithErrors)
        #expect(outcome.findings.contains(Site.finding()))
    }
}
