import Foundation
import GRDB
import PipelineModel
import Testing

@testable import Warehouse

/// Rows that are kept in blocks: what is written comes back, row by row and field by field, however many blocks there are, and with what was found out later.
@Suite struct KeptRowTests {
    private static let packed = SourceRole.allCases.filter(\.isPacked)

    private func warehouse() throws -> Warehouse {
        let warehouse = try Warehouse(path: ":memory:")
        try warehouse.write { transaction in try transaction.insert([file(1), file(2)]) }
        return warehouse
    }

    private func file(_ id: Int) -> SourceFileRecord {
        SourceFileRecord(
            fileID: id, source: "s\(id)", role: .petitions, path: "p.csv", sha256: "", bytes: 0, encoding: "utf-8", contractFrom: nil, rowsRead: 0,
            rowsAccepted: 0, rowsRejected: 0, rowsDuplicate: 0, rowsOutOfScope: 0)
    }

    /// Rows of all kinds of values, some missing, with gaps between their lines.
    private func rows(_ count: Int, of role: SourceRole, fileID: Int, seed: UInt64) -> [SourceRow] {
        var random = Chance(seed: seed)
        var line = 1
        return (0..<count).map { _ in
            line += 1 + Int(random.next() % 3)
            let values = role.fields.map { field in random.next() % 4 == 0 ? FieldValue.missing : value(of: field.type, &random) }
            let named: String? = role.index(of: "cadre_id").flatMap { if case .text(let id) = values[$0] { id } else { nil } }
            let cadreID = random.next() % 3 == 0 ? nil : named ?? "C\(random.next() % 50)"
            return SourceRow(fileID: fileID, line: line, values: values, cadreID: role.isAboutCadres ? cadreID : nil)
        }
    }

    private func value(of type: FieldType, _ random: inout Chance) -> FieldValue {
        let number = random.next()
        switch type {
        // Lengths around the one that no longer fits into a byte.
        case .text, .identityNumber: return .text(String(repeating: "文x", count: [0, 1, 3, 63, 64, 400][Int(number % 6)]))
        case .integer: return .integer(Int64(bitPattern: number) >> 8)
        case .decimal: return .decimal(Int64(bitPattern: number) >> 40)
        case .date: return .date(CalendarDate(dayNumber: Int32(truncatingIfNeeded: number % 60_000) - 20_000))
        case .timestamp: return .timestamp(Timestamp(seconds: Int64(number % 4_000_000_000) - 1_000_000_000))
        case .flag: return .flag(number % 2 == 0)
        case .category(let category): return .category(Int(number % UInt64(category.codes.count)))
        }
    }

    private func batch(_ rows: [SourceRow], of role: SourceRole) -> RowBatch {
        var batch = RowBatch(of: role)
        for row in rows { batch.append(row) }
        if role.isAboutCadres { batch.setCadres { rows[$0].cadreID } }
        return batch
    }

    @Test("rows come back by file and line, over as many blocks as there are", arguments: packed)
    func roundTrip(role: SourceRole) throws {
        let warehouse = try warehouse()
        let (first, second) = (rows(2 * RowBatch.rowsInBlock + 7, of: role, fileID: 1, seed: 1), rows(3, of: role, fileID: 2, seed: 2))
        let later = 1_000
        try warehouse.write { transaction in
            try transaction.insert(batch(second, of: role), of: role, fileID: 2, linesLater: later)
            try transaction.insert(batch(first, of: role), of: role, fileID: 1, linesLater: 0)
        }
        let moved = second.map { row in
            var row = row
            row.line += later
            return row
        }
        try warehouse.read { transaction in
            let all = try transaction.rows(of: role)
            #expect(all == first + moved)
            for row in [first[0], first[RowBatch.rowsInBlock], first[first.count - 1], moved[1]] {
                let found = try transaction.row(of: role, fileID: row.fileID, line: row.line)
                #expect(found == row)
            }
            let none = try transaction.row(of: role, fileID: 2, line: 1)
            #expect(none == nil)
        }
    }

    @Test("a row that was taken back is passed no more, one that was resolved has its cadre", arguments: packed)
    func corrections(role: SourceRole) throws {
        let warehouse = try warehouse()
        var expected = rows(RowBatch.rowsInBlock + 50, of: role, fileID: 1, seed: 3)
        try warehouse.write { transaction in
            try transaction.insert(batch(expected, of: role), of: role, fileID: 1, linesLater: 0)
            // What is said of a line on which no row starts must change nothing, nor hold back what is said of later ones.
            let gap = try #require(zip(expected, expected.dropFirst()).first { $1.line > $0.line + 1 }).0
            try transaction.deleteRow(of: role, fileID: 1, line: gap.line + 1)
            for place in stride(from: 0, to: expected.count, by: 5) where expected[place].cadreID == nil {
                expected[place].cadreID = "found\(place)"
                try transaction.resolveRow(of: role, fileID: 1, line: expected[place].line, to: "found\(place)")
            }
            for place in [expected.count - 1, RowBatch.rowsInBlock, RowBatch.rowsInBlock - 1, 0] {
                try transaction.deleteRow(of: role, fileID: 1, line: expected[place].line)
                expected.remove(at: place)
            }
        }
        try warehouse.read { transaction in
            let all = try transaction.rows(of: role)
            #expect(all == expected)
            var unresolved: [Int] = []
            try transaction.forEachRow(of: role, ifUnresolved: true) { unresolved.append($0.line) }
            #expect(unresolved == expected.filter { $0.cadreID == nil }.map(\.line))
            // On several threads the same rows come, block by block.
            for (threads, isUnresolved) in [(1, false), (2, false), (3, role.isAboutCadres)] {
                var (lines, blocks) = ([Int](), 0)
                try transaction.foldKeptRows(of: role, fields: [], ifUnresolved: isUnresolved, threads: threads, from: [Int]()) {
                    $0.append($1.line)
                } _: {
                    lines += $0
                    blocks += 1
                }
                #expect(lines == expected.filter { !isUnresolved || $0.cadreID == nil }.map(\.line) && blocks > 1)
            }
            #expect(throws: CancellationError.self) {
                try transaction.foldKeptRows(of: role, fields: [], threads: 2, from: 0, { _, _ in throw CancellationError() }, { _ in })
            }
        }
        // Of another night nothing is known.
        try warehouse.write { try $0.clearIngestion() }
        let left = try warehouse.read { try Int.fetchOne($0.database, sql: "SELECT COUNT(*) FROM row_corrections") }
        #expect(left == 0)
    }

    @Test("fields are read by their place among those that are asked for")
    func chosenFields() throws {
        let warehouse = try warehouse()
        let all = rows(300, of: .petitions, fileID: 1, seed: 4)
        try warehouse.write { try $0.insert(batch(all, of: .petitions), of: .petitions, fileID: 1, linesLater: 0) }
        var (places, words) = ([Int?](), WordTable())
        var read: [SourceRow] = []
        try warehouse.read { transaction in
            try transaction.forEachKeptRow(of: .petitions, fields: ["target_cadre_id", "closed", "finding", "due_date", "unit"]) { row in
                var copy = SourceRow(of: .petitions)
                (copy.fileID, copy.line, copy.cadreID) = (row.fileID, row.line, try row.text(0))
                for (number, name) in [(1, "closed"), (2, "finding"), (3, "due_date"), (4, "unit")] {
                    copy.values[try #require(SourceRole.petitions.index(of: name))] = try row.value(number)
                }
                places.append(try row.word(4, in: &words))
                let finding = try row.code(2, of: PetitionFinding.allCases)
                #expect(finding.flatMap { PetitionFinding.allCases.firstIndex(of: $0) } == row.code(2))
                read.append(copy)
            }
        }
        let asked = Set(["closed", "finding", "due_date", "unit"])
        let expected = all.map { row in
            var row = row
            for (place, field) in SourceRole.petitions.fields.enumerated() where !asked.contains(field.name) { row.values[place] = .missing }
            return row
        }
        #expect(read == expected)
        let unit = try #require(SourceRole.petitions.index(of: "unit"))
        #expect(places.map { $0.map { FieldValue.text(words.words[$0]) } ?? .missing } == all.map { $0.values[unit] })
    }

    @Test("rows that fail a condition by a code are left out")
    func conditions() throws {
        let warehouse = try warehouse()
        let all = rows(500, of: .leave, fileID: 1, seed: 5)
        try warehouse.write { try $0.insert(batch(all, of: .leave), of: .leave, fileID: 1, linesLater: 0) }
        let (kind, sick) = (try #require(SourceRole.leave.index(of: "kind")), try #require(LeaveKind.allCases.firstIndex(of: .sick)))
        var lines: [Int] = []
        try warehouse.read { transaction in
            try transaction.forEachRow(of: .leave, ifCodesOf: .isOne(field: "kind", of: [LeaveKind.sick.rawValue])) { lines.append($0.line) }
        }
        #expect(!lines.isEmpty)
        #expect(lines == all.filter { $0.values[kind] == .category(sick) }.map(\.line))
    }

    @Test("the earliest day is that of a row that stands")
    func earliestDay() throws {
        let warehouse = try warehouse()
        let role = SourceRole.training
        let held = try #require(role.index(of: "held_date"))
        let days = [20_010, 20_000, 20_020].map { CalendarDate(dayNumber: $0) }
        try warehouse.write { transaction in
            let none = try transaction.earliestDay(of: role)
            #expect(none == nil)
            for (line, day) in zip(2..., days) {
                var row = SourceRow(of: role)
                (row.fileID, row.line, row.values[held]) = (1, line, .date(day))
                try transaction.insert(row, of: role)
            }
            let first = try transaction.earliestDay(of: role)
            #expect(first == days[1])
            try transaction.deleteRow(of: role, fileID: 1, line: 3)
            let left = try transaction.earliestDay(of: role)
            #expect(left == days[0])
        }
    }

    @Test("a byte that changed, a row too many and another format are told, with no value of the row", arguments: ["byte", "rows", "version", "end"])
    func damage(what: String) throws {
        let warehouse = try warehouse()
        try warehouse.write { transaction in
            try transaction.insert(batch(rows(20, of: .leave, fileID: 1, seed: 6), of: .leave), of: .leave, fileID: 1, linesLater: 0)
            var content = try #require(try [UInt8].fetch(transaction.database, "SELECT content FROM leave"))
            switch what {
            case "byte": content[content.count / 2] ^= 1
            case "version": content[0] += 1
            case "end": content = Array(content.prefix(6))
            default: try transaction.database.execute(sql: "UPDATE leave SET rows = 4000000000000000000")
            }
            try transaction.database.execute(literal: "UPDATE leave SET content = \(Data(content))")
        }
        let error = #expect(throws: WarehouseError.self) { try warehouse.read { try $0.rows(of: .leave) } }
        guard case .corrupt(table: "leave", row: _, reason: let reason) = error else { return #expect(Bool(false), "\(String(describing: error))") }
        #expect(!reason.contains("文"))
    }

    @Test("rows of other fields are not taken for these, however well they fit")
    func otherFields() throws {
        let warehouse = try warehouse()
        try warehouse.write { transaction in
            let one = RowLayout(table: "leave", slots: [.date, .code], meaning: ["start", "kind sick annual"])
            var batch = RowBatch(one)
            batch.append(line: 2, textBytes: 0) { row in
                row.append(20_000)
                row.append(1)
            }
            batch.flush()
            try transaction.insertBlocks(batch, fileID: 1, linesLater: 0)
            func codes(_ meaning: [String]) throws -> [Int?] {
                var codes: [Int?] = []
                try transaction.forEachRow(of: RowLayout(table: "leave", slots: [.date, .code], meaning: meaning)) { codes.append($0.code(1)) }
                return codes
            }
            let own = try codes(["start", "kind sick annual"])
            #expect(own == [1])
            for meaning in [["end", "kind sick annual"], ["start", "kind annual sick"]] {
                #expect(throws: WarehouseError.self) { try codes(meaning) }
            }
        }
    }

    @Test("a warehouse of rows of SQLite is brought to blocks, and its night is read anew")
    func migration() throws {
        let queue = try DatabaseQueue()
        try Schema.migrator.migrate(queue, upTo: "1 sources, facts, appraisal, flags")
        try queue.write { database in
            try database.execute(
                sql: """
                    INSERT INTO source_files VALUES (1, 's', 'leave', 'l.csv', '', 0, 'utf-8', NULL, 1, 1, 0, 0, 0);
                    INSERT INTO leave (place, file_id, line, record_id) VALUES (4294967298, 1, 2, 'L1');
                    INSERT INTO stages VALUES ('ingest', '2025-10-31', 'x');
                    INSERT INTO ingestion_fingerprint VALUES ('a', 'b');
                    INSERT INTO volume_history VALUES ('2025-10-31', 's', 1);
                    """)
        }
        try Schema.migrator.migrate(queue)
        try queue.read { database in
            let transaction = Transaction(database: database, histories: HistoryMemo(), readers: SideReaders(path: nil))
            let rows = try transaction.rows(of: .leave)
            let stages = try Int.fetchOne(database, sql: "SELECT (SELECT COUNT(*) FROM stages) + (SELECT COUNT(*) FROM ingestion_fingerprint)")
            let volumes = try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM volume_history")
            #expect(rows.isEmpty && stages == 0 && volumes == 1)
        }
    }
}

extension [UInt8] {
    fileprivate static func fetch(_ database: Database, _ sql: String) throws -> [UInt8]? { try Data.fetchOne(database, sql: sql).map { Array($0) } }
}
