import PipelineModel
import Testing
import Warehouse

@testable import Ingestion

/// Runs over a warehouse that holds a night already, beside runs into an empty one.
@Suite("What is known is not read again") struct NightFingerprintTests {
    private static let contracts: [SourceContract] = [.roster, .units, .posts, .tasks]

    private func exports() throws -> Exports {
        let exports = try Exports()
        try exports.writePeople()
        try exports.write("tasks.csv", Self.tasks(["T1,C1,,,2025-03-05,2025-03-04,80", "T2,,甲局,P1,2025-08-05,,", "T3,C9,,,2025-08-05,,"]))
        return exports
    }

    private static func tasks(_ rows: [String]) -> String {
        "record_id,cadre_id,unit,post,due_date,completed_date,quality\n" + rows.map { $0 + "\n" }.joined()
    }

    /// Ingests as a configured pipeline would, and counts the files that were read.
    private func night(_ exports: Exports, into warehouse: Warehouse?, asOf: CalendarDate = nightOfTests, hash: String = "a") throws -> (
        Ingested, files: Set<String>
    ) {
        var files: Set<String> = []
        let ingested = try ingest(exports, Self.contracts, asOf: asOf, into: warehouse, configurationHash: hash) { files.insert($0.file) }
        return (ingested, files)
    }

    /// All that a night of these sources leaves.
    private struct State: Equatable {
        let facts: [MonthlyFact]
        let evidence: [EvidenceRecord]
        let files: [SourceFileRecord]
        let unresolved: [UnresolvedTarget]
        let rejects: [RejectRecord]
        let findings: [Finding]
        let rows: [[SourceRow]]
        let record: [IngestionRecord]

        init(_ night: Ingested) throws {
            (facts, evidence, files) = (try night.facts(), try night.evidence(), try night.all(SourceFileRecord.self))
            (unresolved, rejects) = (try night.unresolvedTargets(), try night.all(RejectRecord.self))
            findings = night.findings
            rows = try [.roster, .units, .posts].map { try night.rows($0) }
            record = try night.all(IngestionRecord.self)
        }
    }

    @Test("the same night again reads no file and leaves the same")
    func unchanged() throws {
        let exports = try exports()
        let (first, read) = try night(exports, into: nil)
        #expect(read == ["roster.csv", "units.csv", "posts.csv", "tasks.csv"])
        #expect(first.checks.contains("UnresolvedTarget"))
        let state = try State(first)
        #expect(!state.facts.isEmpty && !state.evidence.isEmpty && state.record.count == 1)
        let (second, again) = try night(exports, into: first.warehouse)
        #expect(again.isEmpty)
        #expect(try State(second) == state)
    }

    enum Change: CaseIterable, Sendable { case oneByte, anotherFile, fewerFiles, day, configuration, brokenOff }

    @Test("whatever has changed, all is read, and leaves what a fresh warehouse would hold", arguments: Change.allCases)
    func changed(change: Change) throws {
        let exports = try exports()
        let (first, _) = try night(exports, into: nil)
        var (asOf, hash) = (nightOfTests, "a")
        switch change {
        // As long as it was: only the bytes tell.
        case .oneByte: try exports.write("tasks.csv", Self.tasks(["T1,C1,,,2025-03-05,2025-03-06,80", "T2,,甲局,P1,2025-08-05,,", "T3,C9,,,2025-08-05,,"]))
        case .anotherFile: try exports.write("tasks2.csv", Self.tasks(["T9,C1,,,2025-03-05,,"]))
        case .fewerFiles: try exports.write("tasks.csv", Self.tasks(["T1,C1,,,2025-03-05,2025-03-04,80"]))
        case .day: asOf = CalendarDate(iso: "2025-12-30") ?? nightOfTests
        case .configuration: hash = "b"
        case .brokenOff: try first.warehouse.write { try $0.deleteAll(IngestionRecord.self) }
        }
        let (second, read) = try night(exports, into: first.warehouse, asOf: asOf, hash: hash)
        #expect(read.isSuperset(of: ["roster.csv", "units.csv", "posts.csv", "tasks.csv"]))
        #expect(try State(second) == State(night(exports, into: nil, asOf: asOf, hash: hash).0))
    }

    @Test("a pipeline that was not read from files is never taken for another", arguments: ["", "a"])
    func unknowable(hash: String) throws {
        let exports = try exports()
        let (first, _) = try night(exports, into: nil, hash: hash)
        let (_, read) = try night(exports, into: first.warehouse, hash: hash)
        #expect(read.isEmpty == !hash.isEmpty)
    }

    @Test("a refused night leaves nothing that a later one could take for its own")
    func refused() throws {
        let exports = try exports()
        let (first, _) = try night(exports, into: nil)
        try exports.write("tasks.csv", Self.tasks(["T1,C1,,,2025-03-05,2025-03-04,8\"0"]))
        #expect(try night(exports, into: first.warehouse).0.error != nil)
        try exports.write("tasks.csv", Self.tasks(["T1,C1,,,2025-03-05,2025-03-04,80", "T2,,甲局,P1,2025-08-05,,", "T3,C9,,,2025-08-05,,"]))
        let (third, read) = try night(exports, into: first.warehouse)
        // The refused night was rolled back: what the warehouse holds is the first one, which is this one again.
        #expect(read.isEmpty)
        #expect(try State(third) == State(night(exports, into: nil).0))
    }
}
