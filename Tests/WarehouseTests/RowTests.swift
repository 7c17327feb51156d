import GRDB
import PipelineModel
import Testing

@testable import Warehouse

/// Rows as SQLite stores them: what is written by place comes back by place, and what is not what it should be is said.
@Suite struct RowTests {
    /// A row with a column of each kind.
    private struct Sample: StoredRow, Equatable {
        static let table = "samples"
        static let columns = ["number", "name", "note", "amount", "share", "day", "month", "holds", "window"]
        static let order = "number"

        var number: Int
        var name: String
        var note: String?
        var amount: Int?
        var share: Double?
        var day: CalendarDate?
        var month = Month(index: 24_300)
        var holds = true
        var window: AppraisalWindow? = .current

        func write(to row: inout RowWriter) {
            row.integer(number)
            row.text(name)
            row.text(note)
            row.integer(amount)
            row.real(share)
            row.date(day)
            row.month(month)
            row.flag(holds)
            row.code(window)
        }

        init(number: Int, name: String, note: String? = nil, amount: Int? = nil, share: Double? = nil, day: CalendarDate? = nil) {
            (self.number, self.name, self.note, self.amount, self.share, self.day) = (number, name, note, amount, share, day)
        }

        init(from row: inout RowReader) throws(WarehouseError) {
            number = try row.integer()
            name = try row.text()
            note = try row.optionalText()
            amount = try row.optionalInteger()
            share = try row.optionalReal()
            day = try row.optionalDate()
            month = try row.month()
            holds = try row.flag()
            window = try row.optionalCode(AppraisalWindow.self)
        }
    }

    private func warehouse(_ samples: [Sample]) throws -> Warehouse {
        let warehouse = try Warehouse(path: ":memory:")
        try warehouse.write { transaction in
            try transaction.database.execute(
                sql: "CREATE TABLE samples (number INTEGER PRIMARY KEY, name, note, amount, share, day, month, holds, window)")
            try transaction.insert(samples)
        }
        return warehouse
    }

    @Test("texts of every length, with NUL bytes and in any script, empty ones, ends of ranges and nothing at all come back")
    func roundTrip() throws {
        let long = String(repeating: "综合管理岗位", count: 400)
        let samples = [
            Sample(number: .min, name: ""), Sample(number: -1, name: "", note: "", amount: .max, share: -.infinity),
            Sample(number: 0, name: "a\0b", note: "\0", amount: .min, share: .leastNonzeroMagnitude),
            Sample(number: 1, name: long, note: "fifteen bytes..", share: 0.1), Sample(number: 2, name: long, note: "sixteen bytes..."),
            Sample(number: 3, name: long + "x", note: "sixteen bytes..!", amount: 0, share: 1 / 3), Sample(number: 4, name: long, note: nil),
            Sample(number: .max, name: "张", day: CalendarDate(dayNumber: 20_000)),
        ]
        #expect(try warehouse(samples).read { try $0.all(Sample.self) } == samples)
    }

    @Test(
        "a value that is not what its column promises is named with its place",
        arguments: [
            ("name", "NULL", "NULL"), ("name", "7", "7"), ("amount", "'x'", "\"x\""), ("amount", "1.5", "1.5"), ("share", "'x'", "\"x\""),
            ("day", "'2025-02-30'", "\"2025-02-30\""), ("month", "3000000000", "3000000000"), ("window", "'next'", "\"next\""),
            ("note", "x'0102'", "a blob of 2 bytes"),
        ])
    func unreadable(column: String, sql: String, shown: String) throws {
        let warehouse = try warehouse([Sample(number: 1, name: "a")])
        try warehouse.write { try $0.database.execute(sql: "UPDATE samples SET \(column) = \(sql)") }
        let expected = WarehouseError.unreadable(table: "samples", column: column, value: shown)
        #expect(throws: expected) { try warehouse.read { try $0.all(Sample.self) } }
    }

    @Test("words are told apart by their bytes, whatever their length and script, and one that Unicode takes for the same has the same place")
    func words() throws {
        let composed = "\u{E9}"
        var texts = ["", "鹿城区", "鹿城区", "a\0b", "a", "温州市鹿城区人民政府办公室", "温州市鹿城区人民政府办公厅", composed, "e\u{301}"]
        texts += (0..<100).map { "unit \($0 % 50)" }
        let samples = texts.enumerated().map { Sample(number: $0 + 1, name: "", note: $1) } + [Sample(number: 1_000, name: "")]
        var table = WordTable()
        var read: [String?] = []
        try warehouse(samples).read { transaction in
            try transaction.forEachRow(of: Sample.self, columns: ["note"]) { row in
                read.append(try row.optionalWord(in: &table).map { table.words[$0] })
            }
        }
        #expect(read == texts + [nil])
        #expect(table.words.count == Set(texts).count && Set(table.words) == Set(texts))
    }

    @Test("some columns are read by place, in the order asked for")
    func columns() throws {
        let samples = [Sample(number: 1, name: "a", day: CalendarDate(dayNumber: 20_000)), Sample(number: 2, name: "b")]
        var read: [String] = []
        try warehouse(samples).read { transaction in
            try transaction.forEachRow(of: Sample.self, columns: ["day", "name"]) { row in
                read.append("\(try row.optionalDate()?.description ?? "-") \(try row.text())")
            }
        }
        #expect(read == ["2024-10-04 a", "- b"])
    }

    @Test("a row of an export that is kept stays as it was while others are read; of some fields nothing is made of the others")
    func sourceRows() throws {
        let warehouse = try Warehouse(path: ":memory:")
        var kept: [SourceRow] = []
        var read: [String] = []
        try warehouse.write { transaction in
            try transaction.insert([
                SourceFileRecord(
                    fileID: 1, source: "roster", role: .roster, path: "roster.csv", sha256: "", bytes: 0, encoding: "utf-8", contractFrom: nil, rowsRead: 0,
                    rowsAccepted: 0, rowsRejected: 0, rowsDuplicate: 0, rowsOutOfScope: 0)
            ])
            for (line, id) in [(2, "A"), (3, "B"), (4, "C")] {
                let values = SourceRole.roster.fields.map { $0.name == "cadre_id" ? FieldValue.text(id) : .missing }
                try transaction.insert(SourceRow(fileID: 1, line: line, values: values), of: .roster)
            }
            try transaction.forEachRow(of: .roster) { kept.append($0) }
            try transaction.forEachRow(of: .roster, fields: ["sex", "cadre_id"]) { row in
                read.append("\(try row.optionalCode(Sex.self)?.rawValue ?? "-") \(try row.text())")
            }
        }
        #expect(kept.map { NamedFields($0, .roster).text("cadre_id") } == ["A", "B", "C"] && kept.map(\.line) == [2, 3, 4])
        #expect(read == ["- A", "- B", "- C"])
    }

    @Test("a refused row is SQLite's error without its values, and the next insertion goes on as if nothing had been")
    func refusedRow() throws {
        let warehouse = try warehouse([Sample(number: 1, name: "first")])
        try warehouse.write { transaction in
            let error = #expect(throws: WarehouseError.self) {
                try transaction.insert([Sample(number: 2, name: "second"), Sample(number: 1, name: "secret")])
            }
            #expect(error.map { "\($0)".contains("UNIQUE") && !"\($0)".contains("secret") } == true)
            try transaction.insert([Sample(number: 3, name: "third")])
        }
        #expect(try warehouse.read { try $0.all(Sample.self) }.map(\.name) == ["first", "second", "third"])
    }

    @Test("rows are read while rows of the same table are read")
    func nested() throws {
        let samples = (1...3).map { Sample(number: $0, name: "\($0)") }
        var pairs: [String] = []
        try warehouse(samples).read { transaction in
            try transaction.forEach(Sample.self) { outer in
                try transaction.forEach(Sample.self) { inner in pairs.append(outer.name + inner.name) }
            }
        }
        #expect(pairs == ["11", "12", "13", "21", "22", "23", "31", "32", "33"])
    }

    @Test("what is thrown while rows are read comes through, and the table can be read again")
    func interrupted() throws {
        struct Interruption: Error {}
        let warehouse = try warehouse((1...3).map { Sample(number: $0, name: "\($0)") })
        #expect(throws: Interruption.self) { try warehouse.read { try $0.forEach(Sample.self) { if $0.number == 2 { throw Interruption() } } } }
        #expect(try warehouse.read { try $0.all(Sample.self) }.count == 3)
    }
}
