import Foundation
import PipelineModel
import Tables
import Testing
import Warehouse

@testable import Ingestion

private let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
private let real = root + "/../shared/real"
private let realIsThere = FileManager.default.fileExists(atPath: real + "/petition-replies")

/// The rows of a file, counted here without any of the ingestion: by column name, trimmed.
private func rows(of path: String) throws -> [[String: String]] {
    let reader = try CSVFileReader(path: real + "/" + path, encoding: .auto)
    let header = try #require(try reader.nextRow())
    var rows: [[String: String]] = []
    try reader.forEachRecord { record in
        rows.append(Dictionary(zip(header, record.strings.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }), uniquingKeysWith: { $1 }))
        return true
    }
    return rows
}

/// `5/30/2024` as a day between 1900 and 2100.
private func day(_ text: String?) -> CalendarDate? {
    let parts = (text ?? "").split(separator: "/").compactMap { Int($0) }
    guard parts.count == 3, (1900...2100).contains(parts[2]) else { return nil }
    return CalendarDate(year: parts[2], month: parts[0], day: parts[1])
}

private func ingestReal(_ pipeline: Pipeline, input: String = real, asOf: CalendarDate) throws -> Ingested {
    let warehouse = try Warehouse(path: ":memory:")
    do {
        let findings = try warehouse.write { try IngestionStage(pipeline: pipeline, input: input, asOf: asOf).run(in: $0) }
        return Ingested(warehouse: warehouse, findings: findings, error: nil)
    } catch let error as IngestionError {
        guard case .refused(let findings, _) = error else { throw error }
        return Ingested(warehouse: warehouse, findings: findings, error: error)
    }
}

private func example(_ name: String) throws -> Pipeline {
    try Pipeline.load(path: root + "/pipelines/examples/\(name)/nightly.yaml").pipeline
}

@Suite("Real exports, where they are at hand", .enabled(if: realIsThere)) struct RealExportsTests {
    @Test("handling days of the petition replies equal the answer key, from both encodings", arguments: ["gb18030", "utf8bom"])
    func petitionReplies(encoding: String) throws {
        let exports = try Exports()
        let name = "petitions_reply_days_expected.\(encoding).csv"
        try FileManager.default.createSymbolicLink(atPath: exports.folder + "/" + name, withDestinationPath: real + "/petition-replies/" + name)
        let asOf = try #require(CalendarDate(iso: "2025-12-31"))
        let night = try ingestReal(try example("petition-replies"), input: exports.folder, asOf: asOf)
        #expect(night.error == nil)
        let answers = try rows(of: "petition-replies/" + name).compactMap { Int($0["回复速度"] ?? "") }
        #expect(answers.count == 2_816)
        #expect(try night.account("petitions") == Account(read: 2_816, accepted: 2_816))
        #expect(try night.warehouse.read { try $0.handlingDays() } == answers)
        #expect(try night.all(SourceFileRecord.self).map(\.encoding) == [encoding == "gb18030" ? "gb18030" : "utf-8"])
    }

    @Test("a night of the police site: every source's account equals an independent count, and its oddities are findings")
    func policeNight() throws {
        let asOf = try #require(CalendarDate(iso: "2024-05-30"))
        let night = try ingestReal(try example("police-nightly"), asOf: asOf)
        #expect(night.error == nil)
        func distinct(_ rows: [[String: String]], _ columns: [String]) -> Int { Set(rows.map { row in columns.map { row[$0] ?? "" } }).count }

        let officers = try rows(of: "police-nightly/2024-05-30/officers.csv")
        let named = officers.filter { $0["taxid"] != "" }
        let people = distinct(named, ["taxid"])
        #expect(
            try night.account("roster")
                == Account(read: officers.count, accepted: people, rejected: officers.count - named.count, duplicate: named.count - people))
        let commands = officers.filter { $0["command"] != "" }
        let units = distinct(commands, ["command"])
        #expect(
            try night.account("units")
                == Account(read: officers.count, accepted: units, rejected: officers.count - commands.count, duplicate: commands.count - units))

        let ranks = try rows(of: "police-nightly/2024-05-30/ranks.csv")
        let complete = ranks.filter { $0["taxid"] != "" && $0["rank"] != "" && day($0["date"]) != nil }
        let tenures = distinct(complete, ["taxid", "rank", "date"])
        #expect(
            try night.account("posts")
                == Account(read: ranks.count, accepted: tenures, rejected: ranks.count - complete.count, duplicate: complete.count - tenures))

        let discipline = try rows(of: "police-nightly/2024-05-30/discipline.csv")
        let charged = discipline.filter { $0["taxid"] != "" && ($0["date"] == "" || day($0["date"]) != nil) }
        #expect(
            try night.account("discipline")
                == Account(read: discipline.count, accepted: charged.count, rejected: discipline.count - charged.count))
        let proven = charged.filter { ["GUILTY", "PLEADED GUILTY", "NOLO CONTENDRE"].contains($0["disposition"]) && day($0["date"]) != nil }
        let roster = Set(named.compactMap { $0["taxid"] })
        let facts = try night.facts().filter { $0.measure == "discipline.proven" }
        #expect(facts.reduce(0) { $0 + $1.count } == proven.filter { roster.contains($0["taxid"] ?? "") }.count)
        #expect(try night.evidence().filter { $0.source == "discipline" }.count == facts.reduce(0) { $0 + $1.count })

        let awards = try rows(of: "police-static/awards.csv")
        let sound = awards.filter { $0["taxid"] != "" && $0["award"] != "" && ($0["date"] == "" || day($0["date"]) != nil) }
        let late = sound.filter { day($0["date"]).map { $0 > asOf } ?? false }
        #expect(
            try night.account("awards")
                == Account(read: awards.count, accepted: sound.count - late.count, rejected: awards.count - sound.count, outOfScope: late.count))

        let findings = try rows(of: "police-static/complaint_findings.csv")
        let later = findings.filter { day($0["Non-APU NYPD Penalty Report Date"]).map { $0 > asOf } ?? false }
        let known = findings.count - later.count
        let account = try night.account("petitions")
        #expect(account.read == findings.count && account.outOfScope == later.count && account.accepted + account.rejected + account.duplicate == known)

        let appointed = Dictionary(named.map { ($0["taxid"] ?? "", day($0["appt_date"])) }, uniquingKeysWith: { $1 })
        let early = Set(
            complete.filter { row in
                guard let start = day(row["date"]), let entry = appointed[row["taxid"] ?? ""] ?? nil else { return false }
                return start < entry
            }.map { [$0["taxid"], $0["rank"], $0["date"]] })
        let told = night.findings.filter { $0.check == "PostBeforeEntry" }
        #expect(told.count == min(early.count, 20) + (early.count > 20 ? 1 : 0))
        #expect(early.count <= 20 || told.contains { $0.message.contains("\(early.count - 20) further rows") })
        #expect(night.checks.contains("DuplicateRows"))
    }

    @Test("the night that lost its columns is refused under the old contract, and the finding names them")
    func lostColumns() throws {
        var pipeline = try example("police-nightly")
        pipeline.sources = pipeline.sources.compactMap { versions in versions.first.map { [$0] } }.filter { $0[0].role == .discipline }
        let night = try ingestReal(pipeline, asOf: try #require(CalendarDate(iso: "2024-06-23")))
        #expect(night.isRefused)
        let lost = night.findings.filter { $0.check == "MissingColumn" }
        #expect(Set(lost.map(\.location.field)) == ["date", "case_no", "command"])
        #expect(lost.allSatisfy { $0.message.contains("group_id") && $0.location.file == "police-nightly/2024-06-23/discipline.csv" })
    }

    @Test("under the dated version it is accepted: rows without a date are kept, count for nothing, and are told")
    func datedVersion() throws {
        var pipeline = try example("police-nightly")
        pipeline.sources = pipeline.sources.filter { [.roster, .discipline].contains($0[0].role) }
        let night = try ingestReal(pipeline, asOf: try #require(CalendarDate(iso: "2024-06-23")))
        #expect(night.error == nil)
        let count = try rows(of: "police-nightly/2024-06-23/discipline.csv").filter { $0["taxid"] != "" }.count
        #expect(try night.account("discipline").accepted == count)
        #expect(try night.first("UndatedRows").message.contains("\(count) rows of discipline have no date"))
        #expect(try night.facts().isEmpty)
        #expect(try night.rows(.discipline).count == count)
    }
}
