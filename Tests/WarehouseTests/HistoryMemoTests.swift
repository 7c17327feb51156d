import PipelineModel
import Testing

@testable import Warehouse

@Suite("Who serves is read once, and again when it may have changed") struct HistoryMemoTests {
    private struct Refused: Error {}

    private func add(_ id: String, line: Int, to transaction: Transaction) throws {
        var row = SourceRow(of: .roster)
        (row.fileID, row.line) = (1, line)
        row.values[try #require(SourceRole.roster.index(of: "cadre_id"))] = .text(id)
        try transaction.insert(row, of: .roster)
    }

    private func warehouse() throws -> Warehouse {
        let warehouse = try Warehouse(path: ":memory:")
        try warehouse.write { transaction in
            try transaction.insert([
                SourceFileRecord(
                    fileID: 1, source: "roster", role: .roster, path: "roster.csv", sha256: "", bytes: 1, encoding: "utf-8", contractFrom: nil,
                    rowsRead: 1, rowsAccepted: 1, rowsRejected: 0, rowsDuplicate: 0, rowsOutOfScope: 0)
            ])
            try add("C1", line: 2, to: transaction)
        }
        return warehouse
    }

    private func people(_ warehouse: Warehouse) throws -> [String] { try warehouse.read { try $0.serviceHistory().cadreIDs } }

    @Test("rows that come, go, are taken back or belong to another night change it")
    func changes() throws {
        let warehouse = try warehouse()
        #expect(try people(warehouse) == ["C1"])
        try warehouse.write { try add("C2", line: 3, to: $0) }
        #expect(try people(warehouse) == ["C1", "C2"])
        #expect(throws: Refused.self) {
            try warehouse.write { transaction in
                try add("C3", line: 4, to: transaction)
                let within = try transaction.serviceHistory().cadreIDs
                #expect(within == ["C1", "C2", "C3"])
                throw Refused()
            }
        }
        #expect(try people(warehouse) == ["C1", "C2"])
        try warehouse.write { try $0.deleteRow(of: .roster, fileID: 1, line: 2) }
        #expect(try people(warehouse) == ["C2"])
        try warehouse.write { try $0.clearIngestion() }
        #expect(try people(warehouse) == [])
    }

    @Test("it is read once while nothing changes")
    func once() throws {
        let memo = HistoryMemo()
        let warehouse = try warehouse()
        var reads = 0
        for _ in 0..<3 {
            let history = try warehouse.read { transaction in
                try memo.value {
                    reads += 1
                    return try ServiceHistory(in: transaction)
                }
            }
            #expect(history.cadreIDs == ["C1"])
        }
        memo.forget()
        #expect(reads == 1)
        _ = try warehouse.read { transaction in
            try memo.value {
                reads += 1
                return try ServiceHistory(in: transaction)
            }
        }
        #expect(reads == 2)
    }
}
