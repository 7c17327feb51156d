import Foundation
import Ingestion
import PipelineModel
import Testing
import Warehouse

@testable import Nightly

/// An output folder of its own, a clock that stands, and stages that a test can make fail.
final class Site {
    static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    /// 2025-11-04 01:15 UTC.
    static let firstSecond = 1_762_218_900

    let root: URL
    var output: String { root.appending(path: "output").path }
    var work = StageWork()
    var now = Site.firstSecond
    var pipeline = Site.repository.appending(path: "pipelines/nightly.yaml").path
    private(set) var events: [NightEvent] = []

    init() throws {
        root = FileManager.default.temporaryDirectory.appending(path: "nightly-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        work.ingest = { night, transaction in
            try transaction.clearIngestion()
            try transaction.insert([Site.file(1)])
            return []
        }
        work.analyze = { _, _ in [] }
        work.flag = { night, transaction in
            try transaction.clearFlags(asOf: night.asOf)
            try transaction.insert([Site.flag(asOf: night.asOf)])
            return []
        }
        work.track = { _, _ in [] }
    }

    func remove() { try? FileManager.default.removeItem(at: root) }

    static func file(_ number: Int, accepted: Int = 9) -> SourceFileRecord {
        SourceFileRecord(
            fileID: number, source: "roster", role: .roster, path: "roster.csv", sha256: "00", bytes: 1, encoding: "utf-8", contractFrom: nil, rowsRead: 10,
            rowsAccepted: accepted, rowsRejected: 1, rowsDuplicate: 0, rowsOutOfScope: 0)
    }

    static func flag(asOf: CalendarDate) -> FlagRecord {
        FlagRecord(
            asOf: asOf, flagID: "F-\(asOf)", cadreID: "C1", unitID: nil, kind: nil, cause: "trigger:x", disposition: .recall, status: .proposed)
    }

    static func finding(_ severity: Finding.Severity = .error) -> Finding {
        Finding("MissingColumn", severity, at: Finding.Location(file: "discipline.csv"), message: "the column date is gone")
    }

    @discardableResult func run(_ stages: [Stage] = Stage.allCases, asOf: String? = nil, input: String? = nil) throws(NightError) -> RunOutcome {
        let second = now
        let clock = RunClock(secondsNow: { second }, localDay: { Timestamp(seconds: Int64($0)).date })
        let options = NightOptions(pipeline: pipeline, asOf: asOf.flatMap { CalendarDate(iso: $0) }, input: input, output: output)
        return try NightRun(options, clock: clock, work: work) { self.events.append($0) }.run(stages)
    }

    var runs: [String] { (try? FileManager.default.contentsOfDirectory(atPath: "\(output)/runs").sorted()) ?? [] }
    var current: String? { try? FileManager.default.destinationOfSymbolicLink(atPath: "\(output)/current") }

    func text(_ path: String) throws -> String { try String(contentsOfFile: "\(output)/\(path)", encoding: .utf8) }

    func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: "\(output)/\(path)")[.posixPermissions] as? Int
    }

    func makeRun(_ name: String) throws {
        try FileManager.default.createDirectory(atPath: "\(output)/runs/\(name)", withIntermediateDirectories: true)
        try "x".write(toFile: "\(output)/runs/\(name)/recall.csv", atomically: false, encoding: .utf8)
    }
}

/// The exit status of a run that must not come to an outcome.
func failure(_ body: () throws(NightError) -> RunOutcome) -> NightError? {
    do throws(NightError) {
        _ = try body()
        return nil
    } catch {
        return error
    }
}
