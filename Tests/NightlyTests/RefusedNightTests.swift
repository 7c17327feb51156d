import Foundation
import Ingestion
import PipelineModel
import Testing
import Warehouse

@testable import Nightly

@Suite struct RefusedNightTests {
    @Test("a refused night leaves output and warehouse as they were, and says why in a folder of its own", arguments: [true, false])
    func refused(isMissing: Bool) throws {
        let site = try Site()
        defer { site.remove() }
        try site.run()
        let (last, manifest) = (site.current, try site.text("current/manifest.json"))
        let stored = try Data(contentsOf: URL(filePath: "\(site.output)/warehouse.sqlite"))

        site.now += 86_400
        site.work.ingest = { _, transaction in
            try transaction.clearIngestion()
            throw isMissing ? IngestionError.missing([Site.finding()]) : IngestionError.refused([Site.finding()], [Site.file(4)])
        }
        let outcome = try site.run()
        #expect(outcome.exitStatus == (isMissing ? .inputMissing : .dataRefused))
        #expect(outcome.findings.contains(Site.finding()))
        #expect(outcome.publishedFolder == nil)
        #expect(site.current == last)
        #expect(try site.text("current/manifest.json") == manifest)
        #expect(try Data(contentsOf: URL(filePath: "\(site.output)/warehouse.sqlite")) == stored)

        let folder = "runs/2025-11-04_20251105T011500Z.refused"
        #expect(outcome.refusedFolder == "\(site.output)/\(folder)")
        #expect(try site.text("\(folder)/findings.csv").contains("the column date is gone"))
        #expect(try site.text("\(folder)/data_quality.csv").contains("roster.csv") == !isMissing)
        #expect(try site.mode(folder) == 0o700)
        #expect(try site.mode("\(folder)/findings.csv") == 0o600)
    }

    @Test("the night after a refused one is done as if nothing had been")
    func nightAfter() throws {
        let site = try Site()
        defer { site.remove() }
        let good = site.work
        site.work.ingest = { _, _ in throw IngestionError.refused([Site.finding()], []) }
        #expect(try site.run().exitStatus == .dataRefused)
        #expect(site.current == nil)
        site.work = good
        site.now += 60
        #expect(try site.run().exitStatus == .done)
        #expect(site.current == "runs/2025-11-03_20251104T011600Z")
    }

    @Test("an input folder that is not there refuses the night")
    func noInput() throws {
        let site = try Site()
        defer { site.remove() }
        site.work = StageWork()
        let outcome = try site.run(input: site.root.appending(path: "nowhere").path)
        #expect(outcome.exitStatus == .inputMissing)
        #expect(!outcome.findings.isEmpty)
    }
}
