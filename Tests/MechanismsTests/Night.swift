import Mechanisms
import PipelineModel
import Testing
import Warehouse

/// A small warehouse with rows as ingestion leaves them, and the tracking that runs on it.
struct Night {
    static let asOf = CalendarDate(year: 2025, month: 11, day: 30)!

    var pipeline = Pipeline(name: "test")
    private var rows: [(role: SourceRole, row: SourceRow)] = []
    private var nextLine = 2

    /// A county unit `U1`, and a township `U2` below it.
    init() throws {
        try add(.units, ["unit_id": "U1", "name": "瓯海局", "kind": "county"])
        try add(.units, ["unit_id": "U2", "name": "潘桥街道", "kind": "township", "parent_id": "U1"])
    }

    /// A cadre on the roster with one post that lasts, unless other rows are added.
    mutating func addCadre(_ id: String, unit: String = "U1", since: String = "2020-01-01", roster: [String: String] = [:], post: [String: String] = [:]) throws
    {
        try add(.roster, ["cadre_id": id, "unit": unit].merging(roster) { _, new in new })
        try add(.posts, ["cadre_id": id, "unit": unit, "post": "科长", "start_date": since].merging(post) { _, new in new })
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

    /// Replaces the warehouse's input by this night's, lets the caller add what earlier stages leave, tracks, and passes what the warehouse then holds.
    func run<Answer>(
        in warehouse: Warehouse? = nil, asOf: CalendarDate = Night.asOf, threads: Int = 2, given prepare: (Transaction) throws -> Void = { _ in },
        then answer: ([Finding], Transaction) throws -> Answer
    ) throws -> Answer {
        let warehouse = try warehouse ?? Warehouse(path: ":memory:")
        let findings = try warehouse.write { transaction in
            try transaction.clearIngestion()
            try transaction.insert(
                SourceRole.allCases.map { role in
                    SourceFileRecord(
                        fileID: fileID(of: role), source: "\(role.rawValue)_export", role: role, path: "\(role.rawValue).csv", sha256: "", bytes: 0,
                        encoding: "utf-8", contractFrom: nil, rowsRead: 0, rowsAccepted: 0, rowsRejected: 0, rowsDuplicate: 0, rowsOutOfScope: 0)
                })
            for (role, row) in rows { try transaction.insert(row, of: role) }
            try prepare(transaction)
            return try TrackStage.run(pipeline, asOf: asOf, threads: threads, in: transaction)
        }
        return try warehouse.read { try answer(findings, $0) }
    }

    func fileID(of role: SourceRole) -> Int { (SourceRole.allCases.firstIndex(of: role) ?? 0) + 1 }
}

extension Transaction {
    /// One peer group of these cadres, all in the county unit.
    func insertPeers(_ cadres: [String], since: [String: CalendarDate] = [:]) throws {
        try insert([
            PeerGroupRecord(groupID: "g", kind: .county, grouping: .scheme, rankBand: nil, postType: nil, size: cadres.count, finestGroups: 1, mergedFrom: "")
        ])
        try insert(
            cadres.map {
                PeerMember(
                    cadreID: $0, groupID: "g", kind: .county, unitID: "U1", post: nil, postType: nil, rank: nil, rankBand: "other",
                    postStart: since[$0] ?? CalendarDate(dayNumber: 18_262), exposureMonths: 12)
            })
    }

    /// A measure as `unit: numerator/denominator`, all units together under the empty number.
    func measure(_ name: String, asOf: CalendarDate = Night.asOf) throws -> [String: String] {
        let values = try all(MeasureValue.self).filter { $0.measure == name && $0.asOf == asOf }
        return Dictionary(uniqueKeysWithValues: values.map { ($0.unitID, "\($0.numerator)/\($0.denominator.map(String.init) ?? "-")") })
    }
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
