import Flagging
import PipelineModel
import Testing
import Warehouse

/// A small warehouse and the triggers that run on it.
struct Night {
    static let asOf = CalendarDate(year: 2025, month: 11, day: 30)!

    var pipeline = Pipeline(name: "test")
    var threads = 1
    var doubtful: [String] = []
    /// Whom the analysis has judged.
    var judged: [Judged] = []
    /// Substantiated petitions, for the evidence index.
    var petitions: [PetitionRow] = []
    /// What the analysis has left of fault-tolerance cases.
    var effects: [FaultToleranceEffect] = []
    /// Marks of work, in hundredths.
    var marks: [MonthlyFact] = []
    private var rows: [(role: SourceRole, row: SourceRow)] = []
    private var nextLine = 2

    /// A county unit `U1` with the cadres `A` and `B`, and the three triggers of the sample pipeline.
    init() throws {
        pipeline.triggers = [Night.incompetent, Night.twice, Night.uncorrected]
        try add(.units, ["unit_id": "U1", "name": "瓯海局", "kind": "county"])
        for cadre in ["A", "B"] { try addCadre(cadre) }
    }

    static let incompetent = trigger(
        "annual_incompetent", .recall, .appraisals, .all([.isOne(field: "kind", of: ["annual"]), .isOne(field: "grade", of: ["incompetent"])]), months: 18)
    static let twice = trigger(
        "basically_competent_twice", .retraining, .appraisals,
        .all([.isOne(field: "kind", of: ["annual"]), .isOne(field: "grade", of: ["basicallyCompetent"])]), months: 36, .consecutive(2, field: "year"))
    static let uncorrected = trigger(
        "admonition_not_corrected", .recall, .warnings,
        .all([
            .isOne(field: "kind", of: ["admonition"]), .before(field: "correction_due", .asOf),
            .any([.missing(field: "corrected_date"), .after(field: "corrected_date", .asOf)]),
        ]), months: 24)

    static func trigger(
        _ id: String, _ disposition: Disposition, _ source: SourceRole, _ condition: Condition, dated: String = "date", months: Int,
        _ pattern: RuleTrigger.Pattern = .count(1)
    ) -> RuleTrigger {
        RuleTrigger(
            id: id, statement: BilingualText(chinese: "规则", english: "rule \(id)"), citation: BilingualText(chinese: "条款", english: "article of \(id)"),
            disposition: disposition, source: source, condition: condition, dateField: dated, withinMonths: months, pattern: pattern,
            clearedBy: BilingualText(chinese: "复核", english: "review"))
    }

    mutating func addCadre(_ id: String, status: String? = nil) throws {
        var values = ["cadre_id": id, "unit": "U1"]
        values["status"] = status
        try add(.roster, values)
        try add(.posts, ["cadre_id": id, "post": "科长", "start_date": "2020-01-01"])
    }

    /// Adds a row and returns its line.
    @discardableResult
    mutating func add(_ role: SourceRole, _ values: [String: String], resolved: String? = nil) throws -> Int {
        let unknown = Set(values.keys).subtracting(role.fields.map(\.name))
        try #require(unknown.isEmpty, "no such field: \(unknown)")
        let parsed = try role.fields.map { field in try values[field.name].map { try parse($0, as: field.type) } ?? .missing }
        rows.append((role, SourceRow(fileID: fileID(of: role), line: nextLine, values: parsed, cadreID: resolved ?? values["cadre_id"])))
        nextLine += 1
        return nextLine - 1
    }

    @discardableResult
    mutating func addAppraisal(_ record: String?, _ cadre: String, _ grade: String, _ date: String, year: String? = nil, kind: String = "annual") throws -> Int
    {
        var values = ["cadre_id": cadre, "kind": kind, "grade": grade, "date": date]
        values["record_id"] = record
        values["year"] = year
        return try add(.appraisals, values)
    }

    func reversed() -> Night {
        var night = self
        night.rows.reverse()
        return night
    }

    /// Runs the night in a warehouse of its own.
    func run(asOf: CalendarDate = Night.asOf) throws -> Outcome {
        try run(in: try Warehouse(path: ":memory:"), asOf: asOf)
    }

    /// Replaces the warehouse's input by this night's and flags.
    func run(in warehouse: Warehouse, asOf: CalendarDate = Night.asOf) throws -> Outcome {
        let findings = try warehouse.write { transaction in
            try transaction.clearIngestion()
            try transaction.insert(
                SourceRole.allCases.map { role in
                    SourceFileRecord(
                        fileID: fileID(of: role), source: "\(role.rawValue)_export", role: role, path: "\(role.rawValue).csv", sha256: "", bytes: 0,
                        encoding: "utf-8", contractFrom: nil, rowsRead: 0, rowsAccepted: 0, rowsRejected: 0, rowsDuplicate: 0, rowsOutOfScope: 0)
                })
            for (role, row) in rows { try transaction.insert(row, of: role) }
            try transaction.insert(doubtful.map { DoubtfulCadre(cadreID: $0, reason: "two people") })
            try insertAppraisal(transaction)
            try transaction.insert(effects)
            return try FlagStage.run(pipeline, asOf: asOf, threads: threads, in: transaction)
        }
        return try warehouse.read {
            Outcome(
                findings: findings, flags: try $0.all(FlagRecord.self), reasons: try $0.all(FlagReason.self), evidence: try $0.all(FlagEvidence.self))
        }
    }

    func fileID(of role: SourceRole) -> Int { (SourceRole.allCases.firstIndex(of: role) ?? 0) + 1 }
}

/// What stands in the flag tables, of all nights, and what tonight found.
struct Outcome: Equatable {
    let findings: [Finding]
    let flags: [FlagRecord]
    let reasons: [FlagReason]
    let evidence: [FlagEvidence]
}

/// A value as the warehouse would hold it.
private func parse(_ text: String, as type: FieldType) throws -> FieldValue {
    switch type {
    case .text, .identityNumber: .text(text)
    case .integer: .integer(try #require(Int64(text)))
    case .decimal: .decimal(Int64((try #require(Double(text)) * 100).rounded()))
    case .date: .date(try #require(CalendarDate(iso: text)))
    case .timestamp: .timestamp(Timestamp(try #require(CalendarDate(iso: text))))
    case .flag: .flag(text == "true")
    case .category(let category): .category(try #require(category.index(ofCode: text)))
    }
}
