import Foundation
import Ingestion
import PipelineModel
import Testing
import Warehouse

@testable import Nightly

@Suite struct NightRunTests {
    @Test("a night publishes its tables and points current at them, in private folders and files")
    func publishes() throws {
        let site = try Site()
        defer { site.remove() }
        let outcome = try site.run()
        #expect(outcome.exitStatus == .done)
        #expect(site.current == "runs/2025-11-03_20251104T011500Z")
        #expect(outcome.publishedFolder == "\(site.output)/runs/2025-11-03_20251104T011500Z")
        #expect(try site.text("current/recall.csv").contains("F-2025-11-03"))
        #expect(try site.text("current/manifest.json").contains("\"as_of\" : \"2025-11-03\""))
        for folder in ["", "runs", "runs/2025-11-03_20251104T011500Z"] { #expect(try site.mode(folder) == 0o700, "\(folder)") }
        for file in ["warehouse.sqlite", "lock", "current/recall.csv", "current/manifest.json"] { #expect(try site.mode(file) == 0o600, "\(file)") }
    }

    @Test("the same night twice gives two runs with the same bytes; the second starts in the same second and has a name of its own")
    func twice() throws {
        let site = try Site()
        defer { site.remove() }
        try site.run()
        try site.run()
        #expect(site.runs == ["2025-11-03_20251104T011500Z", "2025-11-03_20251104T011500Z-2"])
        #expect(site.current == "runs/2025-11-03_20251104T011500Z-2")
        let folders = site.runs.map { "\(site.output)/runs/\($0)" }
        for name in try FileManager.default.contentsOfDirectory(atPath: folders[0]) {
            #expect(FileManager.default.contentsEqual(atPath: "\(folders[0])/\(name)", andPath: "\(folders[1])/\(name)"), "\(name)")
        }
    }

    @Test("a finding of severity error ends a published night with exit status 1", arguments: [Finding.Severity.note, .warning, .error])
    func errors(severity: Finding.Severity) throws {
        let site = try Site()
        defer { site.remove() }
        site.work.analyze = { _, _ in [Site.finding(severity)] }
        let outcome = try site.run()
        #expect(outcome.exitStatus == (severity == .error ? .doneWithErrors : .done))
        #expect(outcome.publishedFolder != nil)
        #expect(try site.text("current/findings.csv").contains("analyze,MissingColumn,\(severity.rawValue)"))
    }

    @Test("the default night is yesterday; a day that has not come is refused before anything is made", arguments: [nil, "2025-11-04", "2025-11-05"])
    func asOf(day: String?) throws {
        let site = try Site()
        defer { site.remove() }
        let error = failure { () throws(NightError) in try site.run(asOf: day) }
        if day == "2025-11-05" {
            #expect(error?.exitStatus == .usage)
            #expect(!FileManager.default.fileExists(atPath: site.output))
        } else {
            #expect(error == nil)
            #expect(try site.text("current/manifest.json").contains(day ?? "2025-11-03"))
        }
    }

    @Test("a wrong configuration is refused with its findings, and nothing is made")
    func configuration() throws {
        let site = try Site()
        defer { site.remove() }
        site.pipeline = site.root.appending(path: "none.yaml").path
        let error = failure { () throws(NightError) in try site.run() }
        #expect(error?.exitStatus == .configuration)
        #expect(error?.findings.isEmpty == false)
        #expect(!FileManager.default.fileExists(atPath: site.output))
    }

    @Test("a mismatch of the row account is a fault of the software, and stores nothing")
    func accounting() throws {
        let site = try Site()
        defer { site.remove() }
        site.work.ingest = { _, transaction in
            try transaction.insert([Site.file(1, accepted: 8)])
            return []
        }
        let error = failure { () throws(NightError) in try site.run() }
        #expect(error?.exitStatus == .internalError)
        #expect(error?.description.contains("roster.csv: 10 rows were read") == true)
        #expect(site.current == nil)
        #expect(try Warehouse(path: "\(site.output)/warehouse.sqlite").read { try $0.all(SourceFileRecord.self) }.isEmpty)
    }

    @Test("the events of a night come in order")
    func events() throws {
        let site = try Site()
        defer { site.remove() }
        try site.run()
        let names = site.events.map { event in
            switch event {
            case .started: "started"
            case .stageStarted(let stage): "+\(stage)"
            case .stageFinished(let stage, _): "-\(stage)"
            case .published: "published"
            default: "other"
            }
        }
        #expect(names == ["started", "+ingest", "-ingest", "+analyze", "-analyze", "+flag", "-flag", "+track", "-track", "+export", "published", "-export"])
    }
}
