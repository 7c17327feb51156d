import PipelineModel
import Testing

@testable import Warehouse

@Suite struct UnitNamesTests {
    /// Number, name, aliases, former names; the last column with full-width blanks of old exports.
    private static let units: [[String: String]] = [
        ["unit_id": "U1", "name": "甲县教育局", "aliases": "教育局; 县教育局", "former_names": "甲县教委;甲县文教局"],
        ["unit_id": "U2", "name": "乙县教育局", "aliases": "教育局"],
        // Took over a name that another gave up, and calls itself what another is called.
        ["unit_id": "U3", "name": "甲县文教局", "aliases": "乙县教育局"],
        ["unit_id": "U4", "name": "同名局"], ["unit_id": "U5", "name": "同名局", "aliases": "第五局", "former_names": "同 名 处"],
        ["unit_id": "教育局处", "name": "丙局"],
    ]

    @Test(
        "a number is asked before a name, a name before an alias, an alias before a former name; what several are called means none",
        arguments: [
            ("U1", "U1"), ("甲县教育局", "U1"), ("县教育局", "U1"), ("甲县教委", "U1"), ("甲县 教委", "U1"), ("甲县文教局", "U3"), ("乙县教育局", "U2"),
            ("教育局", nil), ("同名局", nil), ("第五局", "U5"), ("同名处", "U5"), ("教育局处", "教育局处"), ("丁局", nil), ("", nil), (nil, nil),
        ] as [(String?, String?)])
    func ranks(written: String?, unitID: String?) throws {
        let history = try history()
        #expect(history.unitID(written) == unitID)
    }

    @Test("rosters and posts that write an alias or a former name are of the unit")
    func posts() throws {
        let history = try history()
        #expect(history.cadres["A"]?.unitID == "U1" && history.tenures["A"]?.map(\.unitID) == ["U5", nil])
    }

    private func history() throws -> ServiceHistory {
        let warehouse = try Warehouse(path: ":memory:")
        try warehouse.write { transaction in
            try transaction.insert([
                SourceFileRecord(
                    fileID: 1, source: "s", role: .units, path: "s.csv", sha256: "", bytes: 0, encoding: "utf-8", contractFrom: nil, rowsRead: 0,
                    rowsAccepted: 0, rowsRejected: 0, rowsDuplicate: 0, rowsOutOfScope: 0)
            ])
            for (line, unit) in Self.units.enumerated() {
                var values = unit.mapValues { FieldValue.text($0) }
                values["kind"] = .category(0)
                try insert(values, .units, line: line + 2, in: transaction)
            }
            try insert(["cadre_id": .text("A"), "unit": .text("甲县教委")], .roster, line: 2, in: transaction)
            for (line, unit) in ["第五局", "教育局"].enumerated() {
                let start = try #require(CalendarDate(iso: "202\(line)-01-01"))
                try insert(["cadre_id": .text("A"), "unit": .text(unit), "start_date": .date(start)], .posts, line: line + 2, in: transaction)
            }
        }
        return try warehouse.read { try ServiceHistory(in: $0) }
    }

    private func insert(_ values: [String: FieldValue], _ role: SourceRole, line: Int, in transaction: Transaction) throws {
        try transaction.insert(SourceRow(fileID: 1, line: line, values: role.fields.map { values[$0.name] ?? .missing }, cadreID: nil), of: role)
    }
}
