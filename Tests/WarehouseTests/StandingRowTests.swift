import GRDB
import PipelineModel
import Testing

@testable import Warehouse

/// A file of leave or of posts, in parts of three lines, whose rows say which night wrote them.
private struct Nights {
    let warehouse: Warehouse
    let role: SourceRole
    var files = [NumberedFile(fileID: 1, source: "s", role: .units), NumberedFile(fileID: 2, source: "s", role: .leave)]

    init(_ role: SourceRole) throws {
        (self.role, warehouse) = (role, try Warehouse(path: ":memory:"))
        files[1] = NumberedFile(fileID: 2, source: "s", role: role)
    }

    private func row(_ text: String, line: Int) -> SourceRow {
        let values = role.fields.map { field in if case .text = field.type { FieldValue.text(text) } else { FieldValue.missing } }
        return SourceRow(fileID: 2, line: line, values: values, cadreID: nil)
    }

    /// A night of parts with these identities, each of whose rows bears the name of the night.
    ///
    /// - Parameter skip: Lines before the first part.
    /// - Returns: Which parts stood.
    @discardableResult func night(
        _ name: String, _ parts: [String], skip: Int = 0, scope: String = "a", keeping: Bool = true, then: (Transaction) throws -> Void = { _ in }
    ) throws -> [Bool] {
        try warehouse.write { transaction in
            try transaction.clearIngestion(keepingRowsOf: keeping ? files : [])
            for file in files {
                try transaction.note(
                    SourceFileRecord(
                        fileID: file.fileID, source: file.source, role: file.role, path: "\(name) \(file.fileID)", sha256: "", bytes: 0, encoding: "",
                        contractFrom: nil, rowsRead: 0, rowsAccepted: 0, rowsRejected: 0, rowsDuplicate: 0, rowsOutOfScope: 0))
            }
            _ = try transaction.standingParts(of: role, scope: scope)
            var stood: [Bool] = []
            for (index, identity) in parts.enumerated() {
                let before = skip + 3 * index
                let part = RowPart(fileID: 2, linesBefore: before, lastLine: before + 3, identity: identity)
                stood.append(try transaction.standsRows(of: part, role: role, scope: scope))
                if stood[index] { continue }
                var batch = RowBatch(of: role)
                for line in 1...3 { batch.append(row("\(name) \(identity)", line: line)) }
                try transaction.insert(batch, of: role, fileID: 2, linesLater: before)
            }
            try transaction.endRows(of: role, files: 2..<3)
            try then(transaction)
            return stood
        }
    }

    /// What each row says, by line.
    func rows() throws -> [String] {
        try warehouse.read { transaction in
            try transaction.rows(of: role).map { row in
                guard case .text(let text) = row.values[0] else { return "" }
                return "\(row.line) \(text)"
            }
        }
    }

    /// Rows as nights wrote them, three of each part.
    static func expected(_ parts: [String], skip: Int = 0) -> [String] {
        parts.enumerated().flatMap { index, text in (1...3).map { "\(skip + 3 * index + $0) \(text)" } }
    }

    func violations() throws -> Int { try warehouse.read { try Row.fetchAll($0.database, sql: "PRAGMA foreign_key_check").count } }
}

@Suite("Rows of another night that are tonight's as well") struct StandingRowTests {
    private static let roles: [SourceRole] = [.leave, .posts]

    @Test("parts that are what they were stay; what has changed, come or gone does not", arguments: roles)
    func parts(role: SourceRole) throws {
        let nights = try Nights(role)
        #expect(try nights.night("n1", ["A", "B", "C"]) == [false, false, false])
        #expect(try nights.night("n2", ["A", "X", "C", "D"]) == [true, false, true, false])
        #expect(try nights.rows() == Nights.expected(["n1 A", "n2 X", "n1 C", "n2 D"]))
        #expect(try nights.night("n3", ["A", "X"]) == [true, true])
        #expect(try nights.rows() == Nights.expected(["n1 A", "n2 X"]))
        #expect(try nights.night("n4", []) == [])
        #expect(try nights.rows().isEmpty && nights.violations() == 0)
    }

    @Test("a part that lies elsewhere is written anew, over whatever lay there", arguments: roles)
    func moved(role: SourceRole) throws {
        let nights = try Nights(role)
        try nights.night("n1", ["A", "B", "C"])
        #expect(try nights.night("n2", ["A", "B", "C"], skip: 1) == [false, false, false])
        #expect(try nights.rows() == Nights.expected(["n2 A", "n2 B", "n2 C"], skip: 1))
        // Two parts of one identity are two parts.
        #expect(try nights.night("n3", ["A", "A", "A"], skip: 1) == [true, false, false])
        #expect(try nights.night("n4", ["A", "A", "A"], skip: 1) == [true, true, true])
        #expect(try nights.rows() == Nights.expected(["n2 A", "n3 A", "n3 A"], skip: 1) && nights.violations() == 0)
    }

    @Test("nothing stands where rows would be made otherwise, or where nobody kept account of parts", arguments: roles)
    func otherScope(role: SourceRole) throws {
        let nights = try Nights(role)
        try nights.night("n1", ["A", "B"])
        #expect(try nights.night("n2", ["A"], scope: "b") == [false])
        #expect(try nights.rows() == Nights.expected(["n2 A"]))
        #expect(try nights.night("n3", ["A", "B"], scope: "b", keeping: false) == [false, false])
        #expect(try nights.rows() == Nights.expected(["n3 A", "n3 B"]))
        // Rows that came without their part.
        try nights.night("n4", ["A"], scope: "b") { try $0.database.execute(sql: "DELETE FROM row_parts") }
        #expect(try nights.night("n5", ["B"], scope: "b") == [false])
        #expect(try nights.rows() == Nights.expected(["n5 B"]) && nights.violations() == 0)
    }

    @Test("nothing stands of a file that is another one tonight", arguments: roles)
    func otherFile(role: SourceRole) throws {
        var nights = try Nights(role)
        try nights.night("n1", ["A", "B"])
        nights.files[1] = NumberedFile(fileID: 2, source: "t", role: role)
        #expect(try nights.night("n2", ["A"]) == [false])
        #expect(try nights.rows() == Nights.expected(["n2 A"]))
        // The units come to be the second file.
        nights.files = [NumberedFile(fileID: 1, source: "t", role: role), NumberedFile(fileID: 2, source: "s", role: .units)]
        try nights.night("n3", [])
        #expect(try nights.rows().isEmpty && nights.violations() == 0)
    }

    @Test("a part of which one row was taken back or resolved by itself is written anew, where rows are those of SQLite")
    func changed() throws {
        let nights = try Nights(.posts)
        try nights.night("n1", ["A", "B", "C", "D"]) { transaction in
            try transaction.deleteRow(of: .posts, fileID: 2, line: 6)
            try transaction.resolveRow(of: .posts, fileID: 2, line: 7, to: "C1")
        }
        #expect(try nights.rows().count == 11)
        #expect(try nights.night("n2", ["A", "B", "C", "D"]) == [true, false, false, true])
        #expect(try nights.rows() == Nights.expected(["n1 A", "n2 B", "n2 C", "n1 D"]))
        let resolved = try nights.warehouse.read { try $0.rows(of: .posts).compactMap(\.cadreID) }
        #expect(resolved.isEmpty)
    }

    @Test("a correction of a packed row goes, and the row stands")
    func corrected() throws {
        let nights = try Nights(.leave)
        try nights.night("n1", ["A", "B"]) { try $0.deleteRow(of: .leave, fileID: 2, line: 4) }
        #expect(try nights.rows().count == 5)
        #expect(try nights.night("n2", ["A", "B"]) == [true, true])
        #expect(try nights.rows() == Nights.expected(["n1 A", "n1 B"]))
    }

    @Test("a night that fails leaves what stood")
    func failed() throws {
        let nights = try Nights(.leave)
        try nights.night("n1", ["A", "B"])
        #expect(throws: CancellationError.self) { try nights.night("n2", ["X"]) { _ in throw CancellationError() } }
        #expect(try nights.rows() == Nights.expected(["n1 A", "n1 B"]))
        #expect(try nights.night("n3", ["A", "B"]) == [true, true])
    }
}
