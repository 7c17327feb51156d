import Foundation
import Testing

@testable import Tables

@Suite("Writing")
struct CSVWriterTests {
    private func written(_ rows: [[Cell]], _ options: CSVWriter.Options = CSVWriter.Options()) throws -> [UInt8] {
        let folder = try ScratchFolder()
        let writer = try CSVWriter(path: folder.file("out.csv"), options: options)
        for row in rows { try writer.write(row: row) }
        try writer.close()
        return try folder.bytes("out.csv")
    }

    private func text(_ cell: Cell, _ options: CSVWriter.Options = CSVWriter.Options(lineEnding: .lf)) throws -> String {
        String(decoding: try written([[cell, .text("z")]], options), as: UTF8.self)
    }

    @Test(
        "quotes only where it must",
        arguments: [
            ("a", "a"), ("中文 words", "中文 words"), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("\"", "\"\"\"\""), ("a\nb", "\"a\nb\""), ("a\rb", "\"a\rb\""),
            (" a", "\" a\""), ("a ", "\"a \""), ("", ""), ("a;b", "a;b"), ("\u{FEFF}a", "\"\u{FEFF}a\""), ("a\0b", "a\0b"),
        ])
    func quote(value: String, expected: String) throws {
        #expect(try text(.text(value)) == expected + ",z\n")
    }

    @Test("quotes only where it must, wherever it stands in a longer text", arguments: 7..<26)
    func quoteLonger(length: Int) {
        for place in 0..<length {
            for (special, isQuoted) in [(",", true), ("\r", true), ("\n", true), ("-", false), ("!", false), ("#", false), ("\u{AC}", false), ("中", false)] {
                let cell = String(repeating: "z", count: place) + special + String(repeating: "中", count: length - place)
                var rows = CSVRows(options: CSVWriter.Options(protectFormulas: false, lineEnding: .lf))
                rows.append([.text(cell), .empty])
                #expect(String(decoding: rows.bytes, as: UTF8.self) == (isQuoted ? "\"\(cell)\",\n" : "\(cell),\n"))
            }
        }
    }

    @Test("quotes every text where it is told to, and no blank")
    func quoteAll() throws {
        let rows: [[Cell]] = [[.text("a"), .empty, .text("b\"c"), .integer(1), .text("")]]
        #expect(try written(rows, CSVWriter.Options(quotesEveryText: true, lineEnding: .lf)) == Array("\"a\",,\"b\"\"c\",1,\n".utf8))
    }

    @Test(
        "makes text harmless that a spreadsheet would run",
        arguments: [
            ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@a", "'@a"), ("\ta", "'\ta"), ("\ra", "\"'\ra\""), ("\na", "\"'\na\""), ("＝1", "'＝1"),
            ("＋1", "'＋1"),
            ("－1", "'－1"), ("＠1", "'＠1"), ("=\"a,b\"", "\"'=\"\"a,b\"\"\""), ("a=1", "a=1"), ("！", "！"), ("'", "'"),
        ])
    func protect(value: String, expected: String) throws {
        #expect(try text(.text(value)) == expected + ",z\n")
        let bare = try text(.text(value), CSVWriter.Options(protectFormulas: false, lineEnding: .lf))
        #expect(read(bare).rows == [[value, "z"]])
    }

    @Test(
        "leaves numbers numbers",
        arguments: [
            (Cell.integer(-5), "-5"), (.integer(0), "0"), (.integer(.min), "-9223372036854775808"), (.integer(.max), "9223372036854775807"),
            (.decimal(-1.5, places: 2), "-1.50"), (.flag(true), "true"), (.flag(false), "false"), (.empty, ""),
        ])
    func keepNumbers(cell: Cell, expected: String) throws {
        #expect(try text(cell) == expected + ",z\n")
    }

    @Test("A row with one empty cell is no blank line, a row without cells is nothing")
    func writeEmptyRows() throws {
        let bytes = try written([[.text("h")], [.empty], [], [.text("")]])
        #expect(bytes == Array("h\r\n\"\"\r\n\"\"\r\n".utf8))
    }

    @Test("writes the line ends, mark and encoding asked for")
    func writeVariants() throws {
        let rows: [[Cell]] = [[.text("中"), .integer(1)]]
        #expect(try written(rows) == Array("中,1\r\n".utf8))
        #expect(try written(rows, CSVWriter.Options(lineEnding: .cr, encoding: .utf8WithMark)) == Byte.mark + Array("中,1\r".utf8))
        #expect(try written(rows, CSVWriter.Options(lineEnding: .lf, encoding: .gb18030)) == [0xD6, 0xD0, 0x2C, 0x31, 0x0A])
        #expect(try written(rows, CSVWriter.Options(dialect: CSVDialect(delimiter: 0x3B))) == Array("中;1\r\n".utf8))
        #expect(try written([], CSVWriter.Options(encoding: .utf8WithMark)) == Byte.mark)
    }

    @Test("What is written reads back, in every encoding and with every line end", arguments: TextEncoding.allCases, CSVWriter.Options.LineEnding.allCases)
    func roundTrip(encoding: TextEncoding, lineEnding: CSVWriter.Options.LineEnding) throws {
        var random = SeededGenerator(seed: 11)
        let pieces = ["a", ",", "\"", "\n", "\r", "\r\n", " ", "\0", "中", "𠮷", "é", "=", "\u{FEFF}", "\u{FFFD}", "€", "'", "\t"]
        let folder = try ScratchFolder()
        var rows: [[String]] = []
        for _ in 0..<1500 {
            rows.append(
                (0..<Int.random(in: 1...5, using: &random)).map { _ in
                    (0..<Int.random(in: 0...12, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
                })
        }
        rows.append([String(repeating: "长文", count: 200_000), "end"])
        let writer = try CSVWriter(
            path: folder.file("t.csv"), options: CSVWriter.Options(protectFormulas: false, lineEnding: lineEnding, encoding: encoding))
        for row in rows { try writer.write(row: row.map(Cell.text)) }
        try writer.close()
        #expect(writer.rowCount == rows.count)
        let reader = try CSVFileReader(path: folder.file("t.csv"), encoding: encoding)
        let table = read(reader)
        #expect(table.error == nil)
        // As scalars: Swift calls "\r\n" one character, and U+FEFF is still a scalar.
        #expect(table.records.map(\.fields) == rows.map { $0.map { Array($0.utf8) } })
        #expect(reader.hadByteOrderMark == (encoding == .utf8WithMark))
        #expect(reader.endsWithLineBreak)
    }

    @Test("The file is its owner's alone, even if it was there before")
    func setMode() throws {
        let folder = try ScratchFolder()
        let path = try folder.write(Array("old content that is longer".utf8), "out.csv")
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        for name in ["out.csv", "new.csv"] {
            let writer = try CSVWriter(path: folder.file(name))
            try writer.write(row: [.text("a")])
            try writer.close()
            #expect(try FileManager.default.attributesOfItem(atPath: folder.file(name))[.posixPermissions] as? Int == 0o600)
            #expect(try folder.bytes(name) == Array("a\r\n".utf8))
        }
    }

    @Test("A full disk is an error, now and at every later call")
    func failOnFullDisk() throws {
        let writer = try CSVWriter(path: "/dev/full")
        try writer.write(row: [.text("small enough to wait")])
        let expected = TablesError.cannotWrite(path: "/dev/full", errno: ENOSPC)
        #expect(throws: expected) { try writer.close() }
        #expect(throws: expected) { try writer.write(row: [.empty]) }
        #expect(throws: expected) { try writer.close() }
        let second = try CSVWriter(path: "/dev/full")
        #expect(throws: expected) { try second.write(row: [.text(String(repeating: "x", count: 1 << 20))]) }
    }

    @Test("What cannot be made or written says why")
    func refuse() throws {
        let folder = try ScratchFolder()
        #expect(throws: TablesError.cannotWrite(path: folder.path, errno: EISDIR)) { _ = try CSVWriter(path: folder.path) }
        let orphan = folder.file("no/such/folder.csv")
        #expect(throws: TablesError.cannotWrite(path: orphan, errno: ENOENT)) { _ = try CSVWriter(path: orphan) }
        #expect(throws: TablesError.unusableDelimiter(0x22)) {
            _ = try CSVWriter(path: folder.file("x.csv"), options: CSVWriter.Options(dialect: CSVDialect(delimiter: 0x22)))
        }
        let path = folder.file("out.csv")
        for value in [Double.nan, .infinity, -.infinity] {
            let writer = try CSVWriter(path: path)
            try writer.write(row: [.text("h")])
            #expect(throws: TablesError.notFinite(path: path, row: 2, column: 2)) { try writer.write(row: [.empty, .decimal(value, places: 1)]) }
        }
        let closed = try CSVWriter(path: path)
        try closed.close()
        try closed.close()
        try closed.write(row: [.text("late")])
        #expect(throws: TablesError.cannotWrite(path: path, errno: EBADF)) { try closed.close() }
    }

    @Test("rows that were made apart are written as if one by one", arguments: [TextEncoding.utf8, .utf8WithMark, .gb18030], [0, 1, 3])
    func apart(encoding: TextEncoding, pieces: Int) throws {
        let options = CSVWriter.Options(encoding: encoding)
        let rows: [[Cell]] =
            (0..<200).map { [.text("=\($0),组织\"部"), .integer($0), .decimal(Double($0) / 7, places: 3), .empty, .flag($0 % 2 == 0)] } + [[.text("")], []]
        let folder = try ScratchFolder()
        let writer = try CSVWriter(path: folder.file("apart.csv"), options: options)
        try writer.write(row: rows[0])
        var rest = rows.dropFirst()
        for _ in 0..<pieces {
            var made = CSVRows(options: options)
            for row in rest.prefix(70) { made.append(row) }
            rest = rest.dropFirst(70)
            try writer.write(made)
        }
        for row in rest { try writer.write(row: row) }
        try writer.close()
        #expect(try folder.bytes("apart.csv") == written(rows, options))
        #expect(writer.rowCount == 201)
    }

    @Test("cells that come again are written as if each were made anew", arguments: [1, 5, 32, 90])
    func repeating(keys: Int) throws {
        var (repeated, plain) = (CSVRows(), CSVRows())
        var made = 0
        for row in 0..<400 {
            // Mostly in one turn, and now and then not.
            let key = row % 7 == 3 ? row * 31 % keys : row % keys
            let cells: [Cell] = [.text("组织\(key),\""), .empty, .integer(key)]
            repeated.beginRow()
            repeated.append(.integer(row))
            repeated.append(repeating: "k\(key)") { rows in
                made += 1
                for cell in cells { rows.append(cell) }
            }
            repeated.append(.text("end"))
            repeated.endRow()
            plain.append([.integer(row)] + cells + [.text("end")])
        }
        #expect(repeated.bytes == plain.bytes)
        #expect(repeated.count == 400)
        #expect(keys > 32 || made == keys)
    }

    @Test("a number that is not finite is reported by its row of the file, wherever the row was made")
    func apartNotFinite() throws {
        let folder = try ScratchFolder()
        let path = folder.file("out.csv")
        let writer = try CSVWriter(path: path)
        for _ in 0..<3 { try writer.write(row: [.text("h")]) }
        var made = CSVRows()
        made.append([.integer(1)])
        made.append([.empty, .text("a"), .decimal(.nan, places: 2)])
        made.append([.integer(2)])
        #expect(made.count == 1)
        #expect(throws: TablesError.notFinite(path: path, row: 5, column: 3)) { try writer.write(made) }
        #expect(throws: TablesError.notFinite(path: path, row: 5, column: 3)) { try writer.close() }
    }
}
