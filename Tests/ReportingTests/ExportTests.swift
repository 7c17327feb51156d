import Foundation
import PipelineModel
import Testing
import Warehouse

@testable import Reporting

@Suite struct ExportTests {
    @Test("every table has the header of its definition, also in an empty warehouse", arguments: [false, true])
    func headers(isFilled: Bool) throws {
        let night = try Night()
        defer { night.remove() }
        if isFilled { try night.fill() }
        let files = try night.export()
        #expect(files.map(\.name).filter { !$0.hasPrefix("units/") } == TableCatalogue.definitions.map { "\($0.name).csv" } + ["report.html", "manifest.json"])
        for definition in TableCatalogue.definitions {
            let rows = try night.table(definition.name)
            #expect(rows.first == definition.header)
            #expect(rows.allSatisfy { $0.count == definition.columns.count })
            #expect(files.first { $0.name == "\(definition.name).csv" }?.rows == rows.count - 1)
            if !isFilled { #expect(rows.count == 1) }
        }
    }

    @Test("the tables that are begun first are tables")
    func longTables() {
        #expect(Set(ExportPiece.longTables).isSubset(of: TableCatalogue.definitions.map(\.name)) && ExportPiece.longTables.count > 2)
        #expect(Set(ExportPiece.tablesOfNumbers).isSubset(of: ExportPiece.longTables) && !ExportPiece.tablesOfNumbers.isEmpty)
    }

    @Test("tables of numbers are written before it is known who is on the lists", arguments: ExportPiece.tablesOfNumbers)
    func numbers(name: String) throws {
        let night = try Night()
        defer { night.remove() }
        try night.fill()
        try night.warehouse.write {
            try $0.insert([
                EstimateRecord(
                    window: .current, cadreID: "C1", indicator: "tasks_overdue", groupID: "county/section", value: 0.3125, peerMedian: 0.1, mean: -1.5,
                    deviation: 0.5, lower: -2.3, upper: -0.7, weight: 1, contribution: -1.5, isObserved: false)
            ])
        }
        let table = try #require(TableCatalogue.tables.first { $0.definition.name == name })
        let file = try night.warehouse.read { transaction in
            let data = try NightData(night.pipeline, asOf: Night.asOf, in: transaction)
            #expect(!data.knowsWhoIsOnLists)
            return try TableFile.write(table.definition, folder: night.folder.path, options: TableOptions()) {
                try table.writeRows(of: data, in: transaction, to: $0)
            }
        }
        #expect(file.rows > 0)
    }

    @Test("a flag shows who, what is proposed, why, what would clear it, and where the evidence begins")
    func flaggedCadre() throws {
        let night = try Night()
        defer { night.remove() }
        try night.fill()
        try night.export()
        let first = try #require(try night.records("flagged_cadres").first)
        let expected = [
            "flag_id": "F1", "status": "proposed", "cadre_id": "C1", "name": "'=甲", "unit_id": "U1", "unit_name": "单位U1", "kind": "county",
            "kind_zh": "县(市、区)", "post": "科长", "rank": "正科级", "disposition": "recall", "disposition_zh": "召回管理", "reason_zh": "由1；由2",
            "reason_en": "why 1; why 2", "evidence_count": "2", "events_excluded": "3", "first_evidence_file": "appraisals.csv", "first_evidence_line": "10",
        ]
        for (column, value) in expected { #expect(first[column] == value, "\(column)") }
    }

    @Test("each disposition's list is its part of flagged_cadres")
    func dispositions() throws {
        let night = try Night()
        defer { night.remove() }
        try night.fill(flags: [.recall, .retraining, .reassignment, .supportTalk, .recall])
        try night.export()
        let all = try night.records("flagged_cadres")
        #expect(all.count == 5)
        for (table, disposition) in [("recall", "recall"), ("retraining", "retraining"), ("reassignment", "reassignment"), ("support_talk", "supportTalk")] {
            #expect(try night.records(table) == all.filter { $0["disposition"] == disposition })
        }
    }

    @Test("a flagged cadre who is not judged has the post of that day")
    func unjudgedPost() throws {
        let night = try Night()
        defer { night.remove() }
        try night.fill(members: 1, flags: [])
        try night.warehouse.write { transaction in
            for (line, post, start, end) in [(2, "旧职", -900, -300), (3, "现职", -299, nil), (4, "将任", 5, nil)] as [(Int, String, Int, Int?)] {
                var values: [String: FieldValue] = ["cadre_id": .text("N1"), "post": .text(post), "start_date": .date(Night.asOf.adding(days: start))]
                if let end { values["end_date"] = .date(Night.asOf.adding(days: end)) }
                try transaction.insert(Night.row(.posts, file: 4, line: line, values, cadre: "N1"), of: .posts)
            }
            try night.flag("N1", .recall, number: 1, in: transaction)
        }
        try night.export()
        #expect(try night.records("recall").first?["post"] == "现职")
    }

    @Test("only the night that is asked for is written")
    func oneNight() throws {
        let night = try Night()
        defer { night.remove() }
        try night.fill(flags: [.recall])
        try night.warehouse.write { try night.flag("C2", .recall, number: 7, in: $0, asOf: Night.asOf.adding(days: -1)) }
        try night.export()
        for table in ["flagged_cadres", "flag_reasons", "flag_evidence"] {
            #expect(Set(try night.records(table).map { $0["flag_id"] }) == ["F1"])
        }
    }

    @Test("writing twice gives the same bytes, and the manifest has their checksums and neither clock nor run")
    func sameBytes() throws {
        let (night, again) = (try Night(), try Night())
        defer {
            night.remove()
            again.remove()
        }
        try night.fill()
        try again.fill()
        let files = try night.export()
        #expect(try again.export() == files)
        for file in files { #expect(try night.bytes(file.name) == again.bytes(file.name)) }
        let manifest = try #require(try JSONSerialization.jsonObject(with: night.bytes("manifest.json")) as? [String: Any])
        #expect(Set(manifest.keys) == ["version", "pipeline", "configuration_sha256", "as_of", "status", "inputs", "outputs"])
        let outputs = try #require(manifest["outputs"] as? [[String: Any]])
        #expect(outputs.map { $0["sha256"] as? String } == files.dropLast().map(\.sha256))
        #expect((manifest["inputs"] as? [[String: Any]])?.first?["rows_out_of_scope"] as? Int == 1)
        #expect(manifest["status"] as? String == "done")
    }

    @Test("a finding of severity error shows in the manifest and in findings.csv, with its stage")
    func errors() throws {
        let night = try Night()
        defer { night.remove() }
        try night.warehouse.write { transaction in
            let finding = Finding("UnknownValue", .error, at: Finding.Location(file: "a.csv", line: 3), value: "x", message: "wrong", hint: "mend")
            try transaction.replaceFindings(of: "ingest", with: [finding])
        }
        try night.export()
        let manifest = String(decoding: try night.bytes("manifest.json"), as: UTF8.self)
        #expect(manifest.contains("doneWithErrors"))
        let rows = try night.table("findings")
        #expect(rows.last == ["ingest", "UnknownValue", "error", "a.csv", "3", "", "", "x", "wrong", "mend"])
    }

    @Test("the mark at the start is an option, and files are private")
    func markAndMode() throws {
        let night = try Night()
        defer { night.remove() }
        try night.export()
        #expect(try night.bytes("recall.csv").starts(with: [0xEF, 0xBB, 0xBF]))
        var pipeline = night.pipeline
        pipeline.tables.byteOrderMark = false
        try night.export(pipeline)
        #expect(try night.bytes("recall.csv").starts(with: Array("flag_id,".utf8)))
        for name in ["recall.csv", "manifest.json"] {
            let mode = try FileManager.default.attributesOfItem(atPath: night.folder.appending(path: name).path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test("a folder that is not there is an error that names the file")
    func noFolder() throws {
        let night = try Night()
        night.remove()
        let error = #expect(throws: ReportingError.self) { try night.export() }
        #expect(error == .cannotWrite(path: "\(night.folder.path)/indicator_estimates.csv", reason: "No such file or directory"))
    }

    @Test("a refused night leaves its findings and accounts, in the form of the tables")
    func refusal() throws {
        let night = try Night()
        defer { night.remove() }
        let finding = Finding("MissingColumn", .error, at: Finding.Location(file: "b.csv"), message: "gone")
        let files = try ExportStage.writeRefusal(
            findings: [("ingest", [finding])], inputs: [Night.file(1, source: "roster", role: .roster)], options: TableOptions(), folder: night.folder.path)
        #expect(files.map(\.rows) == [1, 1])
        #expect(try night.records("findings").first?["check"] == "MissingColumn")
        #expect(try night.records("data_quality").first?["rows_read"] == "10")
    }
}
