import PipelineModel
import Testing
import Warehouse

@testable import Ingestion

@Suite("Volume and freshness") struct VolumeTests {
    private func night(_ rows: Int, _ date: String, into warehouse: Warehouse? = nil) throws -> Ingested {
        let exports = try Exports()
        try exports.write("roster.csv", "cadre_id\n" + (0..<rows).map { "C\($0)\n" }.joined())
        var contract = SourceContract.plain(.roster, ["cadre_id"], key: ["cadre_id"])
        contract.volume = VolumeBounds(minimumRows: 2, minimumShare: 0.9, maximumShare: 1.1)
        return try ingest(exports, [contract], asOf: try #require(CalendarDate(iso: date)), into: warehouse)
    }

    @Test("last night's rows bound tonight's; a refused night changes nothing; the same date again is compared with the night before")
    func lastNight() throws {
        let first = try night(100, "2025-12-01")
        #expect(first.findings.isEmpty)
        let warehouse = first.warehouse
        for rows in [89, 111] {
            let refused = try night(rows, "2025-12-02", into: warehouse)
            #expect(refused.isRefused)
            let finding = try refused.first("VolumeOutOfBounds")
            #expect(finding.value == "\(rows)" && finding.message.contains("last night it had 100"))
            #expect(try refused.rows(.roster).count == 100)
        }
        #expect(try night(110, "2025-12-02", into: warehouse).error == nil)
        #expect(try night(95, "2025-12-02", into: warehouse).error == nil)
        #expect(try night(115, "2025-12-03", into: warehouse).isRefused)
    }

    @Test("fewer rows than the contract asks for refuse the night")
    func minimum() throws {
        let night = try night(1, "2025-12-01")
        #expect(night.isRefused)
        #expect(try night.first("TooFewRows").value == "1")
    }

    @Test(
        "an old export is told; days after tonight do not make it new",
        arguments: [("2025-12-01", nil), ("2025-11-30", "2025-11-30"), ("2026-05-01", "missing")])
    func stale(newest: String, told: String?) throws {
        let exports = try Exports()
        try exports.writePeople()
        try exports.write("tasks.csv", "record_id,cadre_id,unit,post,due_date,completed_date,quality\nT1,C1,,,\(newest),,\n")
        var contract = SourceContract.tasks
        contract.freshness = Freshness(field: "due_date", days: 30)
        let night = try ingest(exports, [.roster, .units, .posts, contract])
        let stale = night.findings.filter { $0.check == "StaleExport" }
        #expect(stale.isEmpty == (told == nil))
        if let told { #expect(stale.first?.severity == .warning && stale.first?.message.contains(told) == true) }
    }

    @Test("progress comes to all the bytes")
    func progress() throws {
        let exports = try Exports()
        try exports.writePeople()
        var pipeline = Pipeline(name: "test")
        pipeline.sources = [[.roster], [.units]]
        var seen: [IngestionProgress] = []
        _ = try Warehouse(path: ":memory:").write {
            try IngestionStage(pipeline: pipeline, input: exports.folder, asOf: nightOfTests) { seen.append($0) }.run(in: $0)
        }
        #expect(seen.map(\.source) == ["roster", "units"])
        #expect(seen.last?.bytesRead == seen.last?.bytesTotal && seen.last?.rows == 7)
    }
}
