import Foundation
import PipelineModel
import Reporting
import Tables
import Testing
import Warehouse

/// A warehouse in memory and a folder to write its tables into.
struct Night {
    static let asOf = CalendarDate(dayNumber: 20_394)

    let warehouse: Warehouse
    let folder: URL

    init() throws {
        warehouse = try Warehouse(path: ":memory:")
        folder = FileManager.default.temporaryDirectory.appending(path: "reporting-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    var pipeline: Pipeline {
        var pipeline = Pipeline(name: "test")
        pipeline.configurationHash = "abc"
        pipeline.indicators = [
            Indicator(
                id: "tasks_overdue", label: BilingualText(chinese: "逾期率", english: "Overdue"), dimension: .achievement,
                observation: .share(events: "tasks.overdue", trials: "tasks.due"), moreIsBetter: false)
        ]
        return pipeline
    }

    @discardableResult func export(_ pipeline: Pipeline? = nil) throws -> [OutputFile] {
        try warehouse.read { try ExportStage.run(pipeline ?? self.pipeline, asOf: Night.asOf, threads: 2, in: $0, folder: folder.path) }
    }

    func bytes(_ name: String) throws -> Data { try Data(contentsOf: folder.appending(path: name)) }

    /// Header and rows of a written table.
    func table(_ name: String) throws -> [[String]] {
        let reader = try CSVReader(bytes: Array(try bytes("\(name).csv")), encoding: .utf8WithMark)
        var rows: [[String]] = []
        while let row = try reader.nextRow() { rows.append(row) }
        return rows
    }

    /// The rows of a written table by column.
    func records(_ name: String) throws -> [[String: String]] {
        let rows = try table(name)
        let header = try #require(rows.first)
        return rows.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    static func file(_ number: Int, source: String, role: SourceRole, rows: Int = 10) -> SourceFileRecord {
        SourceFileRecord(
            fileID: number, source: source, role: role, path: "\(source).csv", sha256: "00ff", bytes: 120, encoding: "utf-8", contractFrom: nil,
            rowsRead: rows, rowsAccepted: rows - 3, rowsRejected: 1, rowsDuplicate: 1, rowsOutOfScope: 1)
    }

    static func row(_ role: SourceRole, file: Int, line: Int, _ values: [String: FieldValue], cadre: String? = nil) -> SourceRow {
        SourceRow(fileID: file, line: line, values: role.fields.map { values[$0.name] ?? .missing }, cadreID: cadre)
    }

    /// Two units of a county, the first with `members` judged cadres of whom the first two are flagged.
    func fill(members: Int = 6, flags: [Disposition] = [.recall, .supportTalk]) throws {
        try warehouse.write { transaction in
            let files: [SourceFileRecord] = [
                Night.file(1, source: "appraisals", role: .appraisals), Night.file(2, source: "roster", role: .roster),
                Night.file(3, source: "units", role: .units), Night.file(4, source: "posts", role: .posts),
            ]
            try transaction.insert(files)
            for (line, unit) in ["U1", "U2"].enumerated() {
                let values: [String: FieldValue] = ["unit_id": .text(unit), "name": .text("单位\(unit)"), "kind": .category(0)]
                try transaction.insert(Night.row(.units, file: 3, line: line + 2, values), of: .units)
            }
            try transaction.insert([
                PeerGroupRecord(
                    groupID: "county/section", kind: .county, grouping: .rankBand, rankBand: "section", postType: nil, size: members, finestGroups: 1,
                    mergedFrom: "")
            ])
            for number in 1...members {
                let values: [String: FieldValue] = ["cadre_id": .text("C\(number)"), "name": .text(number == 1 ? "=甲" : "姓名\(number)"), "rank": .text("正科级")]
                try transaction.insert(Night.row(.roster, file: 2, line: number + 1, values), of: .roster)
                try transaction.insert([
                    PeerMember(
                        cadreID: "C\(number)", groupID: "county/section", kind: .county, unitID: "U1", post: "科长", postType: nil, rank: nil,
                        rankBand: "section", postStart: Night.asOf.adding(months: -20), exposureMonths: 11.5)
                ])
            }
            try transaction.insert([
                ObservationRecord(
                    cadreID: "C1", indicator: "tasks_overdue", groupID: "county/section", family: "share", events: 2.5, exposure: 8, value: 0.3125,
                    withinVariance: nil, eventsExcluded: 0.5, peersObserved: members, peerMedian: 0.1, percentile: 4.25)
            ])
            try transaction.insert([
                NotJudged(cadreID: "N1", unitID: "U2", kind: .county, reason: .tooLittleExposure, detail: "2.0 of 6 months", exposureMonths: 2),
                NotJudged(cadreID: "N2", unitID: "U2", kind: .county, reason: .notInService, detail: "retired", exposureMonths: nil),
            ])
            for (index, disposition) in flags.enumerated() { try flag("C\(index + 1)", disposition, number: index + 1, in: transaction) }
        }
    }

    func flag(_ cadre: String, _ disposition: Disposition, number: Int, in transaction: Transaction, asOf: CalendarDate = Night.asOf) throws {
        let flagID = "F\(number)"
        try transaction.insert([
            FlagRecord(
                asOf: asOf, flagID: flagID, cadreID: cadre, unitID: "U1", kind: .county, cause: "trigger:x", disposition: disposition, status: .proposed)
        ])
        for reason in 1...2 {
            try transaction.insert([
                FlagReason(
                    asOf: asOf, flagID: flagID, number: reason, cause: "trigger:x", statementChinese: "由\(reason)", statementEnglish: "why \(reason)",
                    citationChinese: "条", citationEnglish: "art", clearedByChinese: "复核", clearedByEnglish: "review", eventsCounted: 1,
                    eventsExcluded: reason)
            ])
            try transaction.insert([
                FlagEvidence(
                    asOf: asOf, flagID: flagID, number: reason, cadreID: cadre, source: "appraisals", recordID: "R\(reason)", file: "appraisals.csv",
                    line: 10 * reason, eventDate: asOf.adding(days: -reason))
            ])
        }
    }
}
