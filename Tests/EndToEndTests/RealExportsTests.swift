import Foundation
import Tables
import Testing

/// Real exports, where they lie beside the checkout. The run says which it did.
@Suite("Real exports", .enabled(if: Place.hasRealExports, "no ../shared/real beside this checkout")) struct RealExportsTests {
    private static let nights = ["2024-05-30", "2024-05-31", "2024-06-17", "2024-06-18", "2024-06-23", "2024-07-02"]
    private static let pipeline = Place.root + "/pipelines/examples/police-nightly/nightly.yaml"

    private func night(_ date: String, _ scratch: Scratch, pipeline: String = Self.pipeline) throws -> Outcome {
        try run("cadre-nightly", [pipeline, "--input", Place.real, "--output", scratch.output, "--as-of", date])
    }

    @Test("six police nights in order through one warehouse; the one that lost its columns is refused, then read under a dated contract")
    func policeNights() throws {
        let scratch = try Scratch()
        for date in Self.nights {
            if date == "2024-06-23" { try refusedUnderTheOldContract(scratch, date) }
            let outcome = try night(date, scratch)
            #expect(outcome.status == 0, "\(date): \(outcome.errors.suffix(500))")
            try checkAccounts(scratch, date)
            try checkEvidence(scratch)
            let checks = Set(try PublishedTable(scratch.current + "/findings.csv").column("check"))
            #expect(checks.isSuperset(of: ["PostBeforeEntry", "DuplicateRows", "UnresolvedTarget"]), "\(date)")
        }
        let last = try PublishedTable(scratch.current + "/findings.csv").records
        let undated = try #require(last.first { $0["check"] == "UndatedRows" && $0["file"]?.contains("discipline") == true })
        #expect(undated["message"]?.contains("10474 rows") == true)
        // Undated rows count for nothing: no flag rests on the discipline export any more.
        #expect(try PublishedTable(scratch.current + "/flag_evidence.csv").column("source").allSatisfy { $0 != "discipline" })
    }

    private func refusedUnderTheOldContract(_ scratch: Scratch, _ date: String) throws {
        let pipelines = try scratch.copyOfPipelines()
        let contract = pipelines + "/examples/police-nightly/sources/discipline.yaml"
        let text = try String(contentsOfFile: contract, encoding: .utf8)
        let versions = try #require(text.range(of: "versions:"))
        try text[..<versions.lowerBound].write(toFile: contract, atomically: true, encoding: .utf8)
        let before = try contents(of: scratch.current)
        let outcome = try night(date, scratch, pipeline: pipelines + "/examples/police-nightly/nightly.yaml")
        #expect(outcome.status == 65)
        let lost = outcome.errors.split(separator: "\n").filter { $0.contains("[MissingColumn]") }
        for column in ["date", "case_no", "command"] { #expect(lost.contains { $0.contains("its column \(column);") && $0.contains("group_id") }, "\(column)") }
        #expect(try contents(of: scratch.current) == before)
    }

    private func checkAccounts(_ scratch: Scratch, _ date: String) throws {
        for row in try PublishedTable(scratch.current + "/data_quality.csv").records {
            func count(_ name: String) throws -> Int { try #require(Int(row[name] ?? "")) }
            let parts = try count("rows_accepted") + count("rows_rejected") + count("rows_duplicate") + count("rows_out_of_scope")
            let reader = try CSVFileReader(path: Place.real + "/" + (row["file"] ?? ""), encoding: .auto)
            var records = -1
            try reader.forEachRecord { _ in
                records += 1
                return true
            }
            #expect(try count("rows_read") == records, "\(date) \(row["source"] ?? "")")
            #expect(parts == records, "\(date) \(row["source"] ?? "")")
        }
    }

    private func checkEvidence(_ scratch: Scratch) throws {
        let evidence = try PublishedTable(scratch.current + "/flag_evidence.csv").records
        #expect(!evidence.isEmpty)
        var wanted: [String: [Int: String]] = [:]
        for row in evidence { wanted[row["file"] ?? "", default: [:]][try #require(Int(row["line"] ?? ""))] = row["cadre_id"] }
        for (file, lines) in wanted {
            var found = 0
            let reader = try CSVFileReader(path: Place.real + "/" + file, encoding: .auto)
            try reader.forEachRecord { record in
                if let cadre = lines[record.line], record.strings.contains(cadre) { found += 1 }
                return true
            }
            #expect(found == lines.count, "\(file)")
        }
    }

    @Test("petition replies: every row is read, from both encodings", arguments: ["gb18030", "utf8bom"])
    func petitionReplies(encoding: String) throws {
        let scratch = try Scratch()
        let input = scratch.path + "/input"
        try FileManager.default.createDirectory(atPath: input, withIntermediateDirectories: true)
        let name = "petitions_reply_days_expected.\(encoding).csv"
        try FileManager.default.createSymbolicLink(atPath: input + "/" + name, withDestinationPath: Place.real + "/petition-replies/" + name)
        let outcome = try run(
            "cadre-nightly",
            [Place.root + "/pipelines/examples/petition-replies/nightly.yaml", "--input", input, "--output", scratch.output, "--as-of", "2020-12-31"])
        #expect(outcome.status == 0, "\(outcome.errors.suffix(500))")
        let account = try #require(try PublishedTable(scratch.current + "/data_quality.csv").records.first)
        #expect(account["rows_read"] == "2816" && account["rows_accepted"] == "2816")
        #expect(account["encoding"] == (encoding == "gb18030" ? "gb18030" : "utf-8"))
        // That the handling days equal the answer key for every row is held in IngestionTests, where the warehouse can be read.
        #expect(try PublishedTable(scratch.current + "/flagged_cadres.csv").rows.isEmpty)
    }
}
