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
    func rows(_ role: SourceRole) throws -> [SourceRow] { try warehouse.read { try $0.rows(of: role) } }
    func first(_ check: String) throws -> Finding { try #require(findings.first { $0.check.rawValue == check }, "no finding \(check)") }
}

let nightOfTests = CalendarDate(iso: "2025-12-31") ?? CalendarDate(dayNumber: 0)

/// Ingests a folder under some contracts into a warehouse of its own, or into one that earlier nights have filled.
func ingest(
    _ exports: Exports, _ contracts: [SourceContract], asOf: CalendarDate = nightOfTests, into warehouse: Warehouse? = nil
) throws -> Ingested {
    var pipeline = Pipeline(name: "test")
    pipeline.sources = contracts.map { [$0] }
    let warehouse = try warehouse ?? Warehouse(path: ":memory:")
    do {
        let findings = try warehouse.write { try IngestionStage(pipeline: pipeline, input: exports.folder, asOf: asOf).run(in: $0) }
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
