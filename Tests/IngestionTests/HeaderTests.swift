import PipelineModel
import Testing
import Warehouse

@testable import Ingestion

@Suite("Headers under a contract") struct HeaderTests {
    private func night(_ text: String, change: (inout SourceContract) -> Void = { _ in }) throws -> Ingested {
        let exports = try Exports()
        try exports.write("roster.csv", text)
        var contract = SourceContract.plain(.roster, ["cadre_id", "name", "rank"], key: ["cadre_id"])
        change(&contract)
        return try ingest(exports, [contract])
    }

    @Test("a lost column refuses the export, and what is new is named beside it")
    func lostColumn() throws {
        let night = try night("cadre_id,name,grade\nC1,张一,三级\n")
        #expect(night.isRefused)
        let finding = try night.first("MissingColumn")
        #expect(finding.location == .init(file: "roster.csv", line: 1, field: "rank"))
        #expect(finding.message.contains("grade"))
        #expect(finding.hint?.contains("aliases") == true)
        #expect(try night.account("roster").addsUp)
    }

    @Test("a renamed column is read by its alias, a lost optional one is no problem")
    func aliases() throws {
        let renamed = try night("cadre_id,name,grade\nC1,张一,三级\n") { $0.columns[2].aliases = ["grade"] }
        #expect(renamed.findings.isEmpty)
        #expect(try renamed.rows(.roster).map { NamedFields($0, .roster).text("rank") } == ["三级"])
        let optional = try night("cadre_id,name\nC1,张一\n") { $0.columns[2].optional = true }
        #expect(optional.findings.isEmpty)
    }

    @Test("a column that stands twice, or under both its names, refuses the export", arguments: ["rank", "grade"])
    func repeated(second: String) throws {
        let night = try night("cadre_id,name,rank,\(second)\nC1,张一,三级,四级\n") { $0.columns[2].aliases = ["grade"] }
        #expect(night.isRefused)
        #expect(try night.first("RepeatedColumn").location.column == 4)
    }

    @Test("an unknown column is told and not read; ignored and private ones are not told")
    func unknown() throws {
        let night = try night("cadre_id,name,rank,a,b,c,\nC1,张一,三级,1,2,3,4\n") {
            $0.ignoredColumns = ["a"]
            $0.privateColumns = ["b"]
        }
        #expect(night.error == nil)
        #expect(night.findings.map(\.location.column) == [6, 7])
        #expect(night.findings.map(\.location.field) == ["c", "(no name)"])
    }

    @Test("the header is matched without blanks and with full-width letters made plain")
    func spelling() throws {
        #expect(try night(" cadre_id ,ｎａｍｅ,rank\u{3000}\nC1,张一,三级\n").findings.isEmpty)
    }

    @Test("where the header lacks, the first row's texts are not shown")
    func noHeader() throws {
        let night = try night("C1,张一,13800138000\nC2,李二,三级\n")
        #expect(night.isRefused)
        #expect(night.findings.map(\.check) == ["NoHeader"])
        #expect(night.findings.allSatisfy { !$0.description.contains("张一") && !$0.description.contains("13800138000") })
    }

    @Test("a header that stands again in mid-file is no row, even where all its texts could be", arguments: ["", "\u{FEFF}"])
    func repeatedHeader(mark: String) throws {
        let night = try night("cadre_id,name,rank\nC1,张一,三级\n\(mark)cadre_id,name,rank\nC2,李二,三级\n")
        #expect(try night.account("roster") == Account(read: 3, accepted: 2, rejected: 1))
        #expect(try night.first("RepeatedHeader").location.line == 3)
    }

    @Test("one of two versions of a contract reads each night", arguments: [("2025-12-30", true), ("2025-12-31", false)])
    func versions(date: String, isOld: Bool) throws {
        let exports = try Exports()
        try exports.write("roster.csv", isOld ? "cadre_id\nC1\n" : "number\nC1\n")
        let old = SourceContract.plain(.roster, ["cadre_id"], key: ["cadre_id"])
        var new = old
        new.from = CalendarDate(iso: "2025-12-31")
        new.columns[0].column = "number"
        var pipeline = Pipeline(name: "test")
        pipeline.sources = [[old, new]]
        let warehouse = try Warehouse(path: ":memory:")
        let asOf = try #require(CalendarDate(iso: date))
        let findings = try warehouse.write { try IngestionStage(pipeline: pipeline, input: exports.folder, asOf: asOf).run(in: $0) }
        #expect(findings.isEmpty)
        #expect(try warehouse.read { try $0.all(SourceFileRecord.self) }.map(\.contractFrom) == [isOld ? nil : new.from])
    }
}
