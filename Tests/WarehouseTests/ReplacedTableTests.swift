import Foundation
import GRDB
import PipelineModel
import Testing

@testable import Warehouse

@Suite("A night that replaces another") struct ReplacedTableTests {
    /// A warehouse in a file, and one night's rows of petitions.
    private final class Nights {
        let path = NSTemporaryDirectory() + "cadre-replaced-" + UUID().uuidString
        let warehouse: Warehouse

        init() throws { warehouse = try Warehouse(path: path) }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        var bytes: Int { get throws { (try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0 } }

        /// Puts a night in the place of the one that is there; its rows say which it is.
        func ingest(_ night: Int, thenFail: Bool = false) throws {
            struct Refused: Error {}
            try warehouse.write { transaction in
                try transaction.clearIngestion()
                try transaction.insert([
                    SourceFileRecord(
                        fileID: 1, source: "leave", role: .leave, path: "leave.csv", sha256: "", bytes: 1, encoding: "utf-8", contractFrom: nil,
                        rowsRead: 1, rowsAccepted: 1, rowsRejected: 0, rowsDuplicate: 0, rowsOutOfScope: 0)
                ])
                var batch = RowBatch(of: .leave)
                for line in 2..<20_000 { batch.append(row(night, line)) }
                try transaction.insert(batch, of: .leave, fileID: 1, linesLater: 0)
                if thenFail { throw Refused() }
            }
        }

        private func row(_ night: Int, _ line: Int) -> SourceRow {
            let values = SourceRole.leave.fields.map { field in
                if case .text = field.type { FieldValue.text("night \(night) line \(line) \(field.name)") } else { FieldValue.missing }
            }
            return SourceRow(fileID: 1, line: line, values: values)
        }

        func standsNight(_ night: Int) throws -> Bool {
            try warehouse.read { transaction in
                let rows = try transaction.rows(of: .leave)
                return rows.count == 19_998 && rows.allSatisfy { $0 == row(night, $0.line) }
            }
        }

        /// Tables that should not be there, and rows that name a file that is not.
        func leftovers() throws -> [String] {
            try warehouse.read { transaction in
                try String.fetchAll(transaction.database, sql: "SELECT name FROM sqlite_schema WHERE name GLOB '*_replaced*'")
                    + Row.fetchAll(transaction.database, sql: "PRAGMA foreign_key_check").map(\.description)
            }
        }
    }

    @Test("leaves its own rows, no second table, and a file that stops growing at two nights")
    func nightAfterNight() throws {
        let nights = try Nights()
        var sizes: [Int] = []
        for night in 1...5 {
            try nights.ingest(night)
            #expect(try nights.standsNight(night) && nights.leftovers().isEmpty)
            sizes.append(try nights.bytes)
        }
        #expect(sizes[1] < sizes[0] * 9 / 4)
        #expect(sizes[4] == sizes[2] && sizes[2] < sizes[0] * 9 / 4)
    }

    @Test("and is refused leaves the night that stood")
    func refused() throws {
        let nights = try Nights()
        try nights.ingest(1)
        #expect(throws: (any Error).self) { try nights.ingest(2, thenFail: true) }
        #expect(try nights.standsNight(1) && nights.leftovers().isEmpty)
        try nights.ingest(3)
        #expect(try nights.standsNight(3) && nights.leftovers().isEmpty)
    }

    @Test("keeps the tables as they were declared")
    func declarations() throws {
        let nights = try Nights()
        func declared() throws -> [String] {
            let sql = "SELECT name || ' ' || sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name"
            return try nights.warehouse.read { try String.fetchAll($0.database, sql: sql) }
        }
        let before = try declared()
        for night in 1...3 { try nights.ingest(night) }
        #expect(try declared() == before)
    }
}
