import Foundation
import PipelineModel
import Testing
import Warehouse

@testable import Ingestion

/// A folder of exports for one test, removed when the test ends.
final class Exports {
    let folder: String

    init() throws {
        folder = NSTemporaryDirectory() + "cadre-ingestion-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func write(_ name: String, _ text: String) throws { try write(name, bytes: Array(text.utf8)) }

    func write(_ name: String, bytes: [UInt8]) throws { try Data(bytes).write(to: URL(fileURLWithPath: folder + "/" + name)) }
}

/// What ingesting came to.
struct Ingested {
    let warehouse: Warehouse
    let findings: [Finding]
    let error: IngestionError?

    var checks: Set<String> { Set(findings.map(\.check.rawValue)) }

    func all<Stored: Record>(_ type: Stored.Type) throws -> [Stored] { try warehouse.read { try $0.all(type) } }
    func unresolvedTargets() throws -> [UnresolvedTarget] { try warehouse.read { try $0.unresolvedTargets() } }
    func facts() throws -> [MonthlyFact] { try warehouse.read { try $0.facts() } }
    func ratings() throws -> [MonthlyRating] { try warehouse.read { try $0.ratings() } }
    func evidence() throws -> [EvidenceRecord] { try warehouse.read { try $0.evidence() } }
    /// Of each adverse row.
    func increments() throws -> [[EvidenceIncrement]] {
        try warehouse.read { transaction in
            var increments: [[EvidenceIncrement]] = []
            try transaction.forEachEvidence { increments.append($1) }
            return increments
        }
    }
    func rows(_ role: SourceRole) throws -> [SourceRow] { try warehouse.read { try $0.rows(of: role) } }
    func first(_ check: String) throws -> Finding { try #require(findings.first { $0.check.rawValue == check }, "no finding \(check)") }
}

let nightOfTests = CalendarDate(iso: "2025-12-31") ?? CalendarDate(dayNumber: 0)

/// Ingests a folder under some contracts into a warehouse of its own, or into one that earlier nights have filled.
func ingest(
    _ exports: Exports, _ contracts: [SourceContract], asOf: CalendarDate = nightOfTests, into warehouse: Warehouse? = nil,
    linkage: LinkageRules = LinkageRules(), configurationHash: String = "", cutting: FileCutting = .standard,
    observe: @escaping (IngestionProgress) -> Void = { _ in }
) throws -> Ingested {
    var pipeline = Pipeline(name: "test")
    pipeline.sources = contracts.map { [$0] }
    pipeline.linkage = linkage
    pipeline.configurationHash = configurationHash
    let warehouse = try warehouse ?? Warehouse(path: ":memory:")
    do {
        var stage = IngestionStage(pipeline: pipeline, input: exports.folder, asOf: asOf, progress: observe)
        stage.cutting = cutting
        let findings = try warehouse.write { [stage] in try stage.run(in: $0) }
        return Ingested(warehouse: warehouse, findings: findings, error: nil)
    } catch let error as IngestionError {
        let findings: [Finding]
        switch error {
        case .refused(let all, _), .missing(let all), .configuration(let all): findings = all
        case .accounting: findings = []
        }
        return Ingested(warehouse: warehouse, findings: findings, error: error)
    }
}

extension SourceContract {
    /// A contract whose columns are called as its fields.
    static func plain(_ role: SourceRole, _ fields: [String], key: [String] = [], keep: Keep = .rows, targets: [TargetForm] = [.cadre]) -> SourceContract {
        var contract = SourceContract(name: role.rawValue, role: role, configurationFile: "sources/\(role.rawValue).yaml", pattern: "\(role.rawValue)*.csv")
        contract.columns = fields.map { ColumnMapping(field: $0, column: $0) }
        contract.key = key
        contract.keep = keep
        contract.targets = role.fields.contains { $0.name == "cadre_id" } && role.isAboutCadres ? targets : []
        contract.rejectLimit = 1
        return contract
    }

    static let roster = plain(.roster, ["cadre_id", "name", "birth_date", "unit", "entry_date"], key: ["cadre_id"])
    static let units = plain(.units, ["unit_id", "name", "kind", "parent_id"], key: ["unit_id"])
    static let posts = plain(.posts, ["cadre_id", "unit", "post", "start_date", "end_date"], key: ["cadre_id", "unit", "post", "start_date"])

    static let tasks: SourceContract = {
        var contract = plain(
            .tasks, ["record_id", "cadre_id", "unit", "post", "due_date", "completed_date", "quality"], key: ["record_id"], keep: .facts,
            targets: [.cadre, .unitAndPost])
        contract.measures = [
            Measure(name: "tasks.due", month: "due_date"),
            Measure(
                name: "tasks.overdue", month: "due_date",
                condition: .any([.missing(field: "completed_date"), .after(field: "completed_date", .field("due_date"))]), adverse: true),
            Measure(name: "tasks.quality", month: "due_date", condition: .not(.missing(field: "quality")), value: "quality"),
        ]
        return contract
    }()
}

/// A small generator of random numbers with a seed (SplitMix64), the same on every machine.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func next(below bound: Int) -> Int { Int(next() % UInt64(bound)) }
}

extension Exports {
    /// Three units, two of one name; four cadres, two of one name; the post P1 of U1 changes its holder on 2025-07-01.
    func writePeople() throws {
        try write("units.csv", "unit_id,name,kind,parent_id\nU1,甲局,county,\nU2,乙局,county,U1\nU3,乙局,county,U1\n")
        try write(
            "roster.csv",
            "cadre_id,name,birth_date,unit,entry_date\nC1,张一,1980-01-01,U1,2005-01-01\nC2,李二,1981-01-01,U1,2005-01-01\n"
                + "C3,王三,1982-01-01,U2,2005-01-01\nC4,王三,1983-01-01,U2,2005-01-01\n")
        try write(
            "posts.csv",
            "cadre_id,unit,post,start_date,end_date\nC1,U1,P1,2020-01-01,2025-06-30\nC2,甲局,P1,2025-07-01,\n"
                + "C3,U2,P2,2024-01-01,\nC4,U2,P2,2025-03-01,\n")
    }
}

/// Facts without the places of rows, which differ where files are cut or ordered otherwise.
struct Counted: Hashable {
    struct Event: Hashable {
        let recordID: String?
        let cadreID: String
        let date: CalendarDate?
        let increments: [EvidenceIncrement]
    }

    let facts: [MonthlyFact]
    let events: [Event: Int]

    init(_ night: Ingested) throws {
        facts = try night.facts()
        events = try zip(night.evidence(), night.increments()).reduce(into: [:]) { counts, entry in
            let row = entry.0
            counts[Event(recordID: row.recordID, cadreID: row.cadreID, date: row.eventDate, increments: entry.1), default: 0] += 1
        }
    }
}

/// The row account of a source, over its files.
struct Account: Hashable, CustomStringConvertible {
    var read = 0
    var accepted = 0
    var rejected = 0
    var duplicate = 0
    var outOfScope = 0

    init(read: Int, accepted: Int, rejected: Int = 0, duplicate: Int = 0, outOfScope: Int = 0) {
        (self.read, self.accepted, self.rejected, self.duplicate, self.outOfScope) = (read, accepted, rejected, duplicate, outOfScope)
    }

    init(_ files: [SourceFileRecord]) {
        for file in files {
            read += file.rowsRead
            accepted += file.rowsAccepted
            rejected += file.rowsRejected
            duplicate += file.rowsDuplicate
            outOfScope += file.rowsOutOfScope
        }
    }

    var addsUp: Bool { read == accepted + rejected + duplicate + outOfScope }
    var description: String { "\(read) read = \(accepted) + \(rejected) rejected + \(duplicate) duplicate + \(outOfScope) out of scope" }
}

extension Ingested {
    func account(_ source: String) throws -> Account {
        switch error {
        case .refused(_, let files): Account(files.filter { $0.source == source })
        default: Account(try all(SourceFileRecord.self).filter { $0.source == source })
        }
    }

    var isRefused: Bool { if case .refused = error { true } else { false } }
    var isMissing: Bool { if case .missing = error { true } else { false } }
}
