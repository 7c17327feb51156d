import Foundation
import PipelineModel
import Testing
import Warehouse

@testable import Nightly

/// What a run finds that another left behind, and what it leaves when it fails.
@Suite struct CrashTests {
    struct Interruption: Error {}

    @Test("while one run holds the lock another is turned away, and says who holds it")
    func lockHeld() throws {
        let site = try Site()
        defer { site.remove() }
        do {
            let output = try OutputFolder(site.output)
            let lock = try RunLock(path: output.lock)
            let error = failure { () throws(NightError) in try site.run() }
            #expect(error?.exitStatus == .lockHeld)
            #expect(error?.description.contains("process \(ProcessInfo.processInfo.processIdentifier)") == true)
            #expect(site.runs.isEmpty)
            withExtendedLifetime(lock) {}
        }
        #expect(try site.run().exitStatus == .done)
    }

    @Test("a run that stops in any stage leaves last night's output, and the next one completes", arguments: Stage.allCases)
    func stopsInStage(stage: Stage) throws {
        let site = try Site()
        defer { site.remove() }
        try site.run()
        let (last, good) = (site.current, site.work)
        site.now += 86_400
        switch stage {
        case .ingest:
            site.work.ingest = { _, transaction in
                try transaction.clearIngestion(); throw Interruption()
            }
        case .analyze:
            site.work.analyze = { _, transaction in
                try transaction.clearAppraisal(); throw Interruption()
            }
        case .flag:
            site.work.flag = { night, transaction in
                try transaction.insert([Site.flag(asOf: night.asOf)]); throw Interruption()
            }
        case .track:
            site.work.track = { night, transaction in
                try transaction.clearMechanisms(asOf: night.asOf); throw Interruption()
            }
        case .export:
            site.work.export = { _, _, folder in
                try "half".write(toFile: "\(folder)/recall.csv", atomically: false, encoding: .utf8)
                throw Interruption()
            }
        }
        #expect(failure { () throws(NightError) in try site.run() }?.exitStatus == .internalError)
        #expect(site.current == last)
        #expect(try site.text("current/recall.csv").contains("F-2025-11-03"))
        #expect(site.runs.count == 1)
        site.work = good
        #expect(try site.run().exitStatus == .done)
        #expect(try site.text("current/recall.csv").contains("F-2025-11-04"))
    }

    @Test("what a killed run left is removed or stepped over: a half-written folder, a link not yet moved, a run not yet pointed at")
    func leftovers() throws {
        let site = try Site()
        defer { site.remove() }
        try site.run()
        let last = try #require(site.current)
        try site.makeRun("2025-11-03_20251104T020000Z.partial")
        try site.makeRun("2025-11-03_20251104T020001Z")
        try FileManager.default.createSymbolicLink(atPath: "\(site.output)/current.new", withDestinationPath: "runs/2025-11-03_20251104T020001Z")
        try site.makeRun("notes of the department.partial")
        #expect(site.current == last)
        site.now += 86_400
        #expect(try site.run().exitStatus == .done)
        #expect(site.current == "runs/2025-11-04_20251105T011500Z")
        #expect(!site.runs.contains("2025-11-03_20251104T020000Z.partial"))
        #expect(site.runs.contains("notes of the department.partial"))
        #expect(!FileManager.default.fileExists(atPath: "\(site.output)/current.new"))
    }

    @Test("a transaction that was killed in the middle is rolled back from its journal by the next run")
    func hotJournal() throws {
        let site = try Site()
        defer { site.remove() }
        try site.run()
        // The state on the disk in the middle of a transaction, as a kill leaves it: the copy is made while it is open.
        let killed = try Site()
        defer { killed.remove() }
        try FileManager.default.createDirectory(atPath: killed.output, withIntermediateDirectories: true)
        try Warehouse(path: "\(site.output)/warehouse.sqlite").write { transaction in
            try transaction.deleteAll(FlagRecord.self)
            let many = (0..<20_000).map { DoubtfulCadre(cadreID: "C\($0)", reason: String(repeating: "r", count: 500)) }
            try transaction.insert(many)
            for name in try FileManager.default.contentsOfDirectory(atPath: site.output) where name.hasPrefix("warehouse.sqlite") {
                try FileManager.default.copyItem(atPath: "\(site.output)/\(name)", toPath: "\(killed.output)/\(name)")
            }
            try transaction.deleteAll(DoubtfulCadre.self)
        }
        #expect(FileManager.default.fileExists(atPath: "\(killed.output)/warehouse.sqlite-journal"))
        #expect(try killed.run([.export]).exitStatus == .done)
        #expect(try killed.text("current/recall.csv").contains("F-2025-11-03"))
        let warehouse = try Warehouse(path: "\(killed.output)/warehouse.sqlite")
        #expect(try warehouse.read { try $0.all(DoubtfulCadre.self) }.isEmpty)
    }

    @Test("an output that cannot be written ends with exit status 73", arguments: ["file", "fileAsRuns", "folderAsCurrent", "brokenWarehouse", "fileAbove"])
    func cannotWrite(obstacle: String) throws {
        let site = try Site()
        defer { site.remove() }
        let files = FileManager.default
        if obstacle != "file" && obstacle != "fileAbove" { try files.createDirectory(atPath: site.output, withIntermediateDirectories: true) }
        switch obstacle {
        case "file": try "x".write(toFile: site.output, atomically: false, encoding: .utf8)
        case "fileAsRuns": try "x".write(toFile: "\(site.output)/runs", atomically: false, encoding: .utf8)
        case "folderAsCurrent": try files.createDirectory(atPath: "\(site.output)/current", withIntermediateDirectories: true)
        case "fileAbove": try files.createSymbolicLink(atPath: site.output, withDestinationPath: "/dev/null/output")
        default: try String(repeating: "not a database", count: 100).write(toFile: "\(site.output)/warehouse.sqlite", atomically: false, encoding: .utf8)
        }
        let error = failure { () throws(NightError) in try site.run() }
        #expect(error?.exitStatus == .cannotWrite, "\(String(describing: error))")
        #expect(error?.description.contains(site.output) == true)
    }

    @Test("a folder that holds other people's things keeps its mode; the runs in it are private", arguments: [true, false])
    func sharedFolder(isShared: Bool) throws {
        let site = try Site()
        defer { site.remove() }
        try FileManager.default.createDirectory(atPath: site.output, withIntermediateDirectories: true)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: site.output)
        try "x".write(toFile: "\(site.output)/\(isShared ? "letters.txt" : "README.md")", atomically: false, encoding: .utf8)
        try site.run()
        #expect(try site.mode("") == (isShared ? 0o755 : 0o700))
        #expect(try site.mode("runs") == 0o700)
    }
}
