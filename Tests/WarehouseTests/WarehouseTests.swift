import PipelineModel
import Testing

@testable import Warehouse

@Suite struct WarehouseTests {
    @Test("each field of a role is found at its place, and no other", arguments: SourceRole.allCases)
    func fieldPlaces(role: SourceRole) {
        #expect(role.fields.map { role.index(of: $0.name) } == Array(role.fields.indices))
        #expect(role.index(of: "unheard") == nil)
    }

    @Test("the table of each role has the role's fields, or blocks of rows", arguments: SourceRole.allCases)
    func tableMatchesRole(role: SourceRole) throws {
        let warehouse = try Warehouse(path: ":memory:")
        let columns = try warehouse.read { try $0.columnNames(of: role.table) }
        #expect(columns == (role.isPacked ? ["place", "file_id", "line", "rows", "content"] : ["place"] + role.storedColumns))
    }

    @Test("every value of every type comes back as it was stored", arguments: SourceRole.allCases)
    func rowsRoundTrip(role: SourceRole) throws {
        let warehouse = try Warehouse(path: ":memory:")
        let row = SourceRow(fileID: 1, line: 7, values: role.fields.map { example(of: $0.type) }, cadreID: role.isAboutCadres ? "A1" : nil)
        let empty = SourceRow(fileID: 1, line: 9, values: role.fields.map { _ in .missing })
        try warehouse.write { transaction in
            try transaction.insert([file(1)])
            try transaction.insert(empty, of: role)
            try transaction.insert(row, of: role)
        }
        #expect(try warehouse.read { try $0.rows(of: role) } == [row, empty])
    }

    @Test("a transaction that throws leaves nothing behind")
    func rollback() throws {
        struct Interruption: Error {}
        let warehouse = try Warehouse(path: ":memory:")
        #expect(throws: Interruption.self) {
            try warehouse.write { transaction in
                try transaction.insert([file(1)])
                throw Interruption()
            }
        }
        #expect(try warehouse.read { try $0.all(SourceFileRecord.self) }.isEmpty)
    }

    @Test("a row without its file is refused, and the message names no value")
    func foreignKeys() throws {
        let warehouse = try Warehouse(path: ":memory:")
        let error = #expect(throws: WarehouseError.self) {
            try warehouse.write { transaction in
                try transaction.insert([RejectRecord(fileID: 3, line: 1, number: 1, column: nil, field: nil, value: "secret", check: "X", reason: "y")])
            }
        }
        #expect(error.map { !"\($0)".contains("secret") } == true)
    }

    @Test(
        "handling days are whole elapsed days",
        arguments: [("2019-04-24T16:03:40", "2019-05-09T09:49:10", 14), ("2019-04-25T09:32:09", "2019-05-10T14:56:53", 15)])
    func handlingDays(received: String, closed: String, days: Int) throws {
        let (from, to) = (try #require(Timestamp(iso: received)), try #require(Timestamp(iso: closed)))
        #expect(to.elapsedDays(since: from) == days)
        let role = SourceRole.petitions
        var values = role.fields.map { _ in FieldValue.missing }
        values[try #require(role.index(of: "received"))] = .timestamp(from)
        values[try #require(role.index(of: "closed"))] = .timestamp(to)
        let warehouse = try Warehouse(path: ":memory:")
        try warehouse.write { transaction in
            try transaction.insert([file(1)])
            try transaction.insert(SourceRow(fileID: 1, line: 2, values: values), of: role)
        }
        #expect(try warehouse.read { try $0.handlingDays() } == [days])
    }

    @Test("last night's volume is that of the newest earlier night")
    func volumes() throws {
        let warehouse = try Warehouse(path: ":memory:")
        let nights = ["2025-01-31", "2025-02-28", "2025-03-31"].compactMap { CalendarDate(iso: $0) }
        try warehouse.write { transaction in
            try transaction.insert(zip(nights, [10, 20, 30]).map { VolumeRecord(asOf: $0, source: "tasks", rowsRead: $1) })
        }
        #expect(try warehouse.read { try $0.lastVolume(of: "tasks", before: nights[2]) } == 20)
        #expect(try warehouse.read { try $0.lastVolume(of: "tasks", before: nights[0]) } == nil)
        #expect(try warehouse.read { try $0.lastVolume(of: "ballots", before: nights[2]) } == nil)
    }

    @Test("findings come back in their order, with every part")
    func findings() throws {
        let warehouse = try Warehouse(path: ":memory:")
        let later = Finding("B", .error, at: .init(file: "b.csv", line: 2, column: 3, field: "f"), value: "v", message: "m", hint: "h")
        let earlier = Finding("A", .note, at: .init(file: "a.csv"), message: "m")
        try warehouse.write { try $0.replaceFindings(of: "ingest", with: [later, earlier]) }
        #expect(try warehouse.read { try $0.findings() } == [earlier, later])
        #expect(try warehouse.read { try $0.findings(of: "flag") }.isEmpty)
    }

    private func file(_ id: Int) -> SourceFileRecord {
        SourceFileRecord(
            fileID: id, source: "s\(id)", role: .tasks, path: "t.csv", sha256: "", bytes: 0, encoding: "utf-8", contractFrom: nil, rowsRead: 0,
            rowsAccepted: 0, rowsRejected: 0, rowsDuplicate: 0, rowsOutOfScope: 0)
    }

    private func example(of type: FieldType) -> FieldValue {
        switch type {
        case .text, .identityNumber: .text("文 \"x\"")
        case .integer: .integer(-12)
        case .decimal: .decimal(8_533)
        case .date: .date(CalendarDate(dayNumber: 20_000))
        case .timestamp: .timestamp(Timestamp(seconds: 1_556_184_729))
        case .flag: .flag(true)
        case .category: .category(1)
        }
    }
}
