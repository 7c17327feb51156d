import Testing

@testable import Tables

@Suite("Records and their places")
struct CSVReaderTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let text: String
        let rows: [[String]]
        /// Start and end line of each record.
        let lines: [[Int]]

        init(_ text: String, _ rows: [[String]], _ lines: [[Int]]) { (self.text, self.rows, self.lines) = (text, rows, lines) }
        var testDescription: String { text.debugDescription }
    }

    static let cases = [
        Case("", [], []),
        Case("\n\r\n\r\r\n", [], []),
        Case("a,b,c", [["a", "b", "c"]], [[1, 1]]),
        Case("a,b\n1,2\n", [["a", "b"], ["1", "2"]], [[1, 1], [2, 2]]),
        Case("a\n1", [["a"], ["1"]], [[1, 1], [2, 2]]),
        Case("a\r1\r2", [["a"], ["1"], ["2"]], [[1, 1], [2, 2], [3, 3]]),
        Case("a\r\n1\n2\r3\r\n", [["a"], ["1"], ["2"], ["3"]], [[1, 1], [2, 2], [3, 3], [4, 4]]),
        Case("a\n\n\r\n\r1", [["a"], ["1"]], [[1, 1], [5, 5]]),
        Case("\n\n a \n", [[" a "]], [[3, 3]]),
        Case(",", [["", ""]], [[1, 1]]),
        Case("a,\n,b\n,\n", [["a", ""], ["", "b"], ["", ""]], [[1, 1], [2, 2], [3, 3]]),
        Case("\"\"\nx", [[""], ["x"]], [[1, 1], [2, 2]]),
        Case("\"a\",\" b \",\"\"\n", [["a", " b ", ""]], [[1, 1]]),
        Case("\"a\"\"b\",\"\"\"\"", [["a\"b", "\""]], [[1, 1]]),
        Case("\"a\nb\",c\nd", [["a\nb", "c"], ["d"]], [[1, 2], [3, 3]]),
        Case("\"a\r\nb\",c\r\nd", [["a\r\nb", "c"], ["d"]], [[1, 2], [3, 3]]),
        Case("\"a\rb\",c\rd", [["a\rb", "c"], ["d"]], [[1, 2], [3, 3]]),
        Case("x,\"\n\n\",\"\r\n\r\"\n\n\"y\"", [["x", "\n\n", "\r\n\r"], ["y"]], [[1, 5], [7, 7]]),
        Case("a,\"x,y\",c\n1,2,3\n", [["a", "x,y", "c"], ["1", "2", "3"]], [[1, 1], [2, 2]]),
        Case("a\0b,\0\n\0", [["a\0b", "\0"], ["\0"]], [[1, 1], [2, 2]]),
        Case("\u{FEFF}a,b\n1,2", [["a", "b"], ["1", "2"]], [[1, 1], [2, 2]]),
        Case("\u{FEFF}\"a\",b", [["a", "b"]], [[1, 1]]),
        Case("a\n\u{FEFF}b,\u{FEFF}", [["a"], ["\u{FEFF}b", "\u{FEFF}"]], [[1, 1], [2, 2]]),
        Case("\u{FEFF}", [], []),
        Case("姓名,单位\n\"中\n文\",县", [["姓名", "单位"], ["中\n文", "县"]], [[1, 1], [2, 3]]),
        Case("a\t b ,c\u{A0}\n", [["a\t b ", "c\u{A0}"]], [[1, 1]]),
    ]

    @Test("are the same on every path", arguments: cases)
    func areRight(theCase: Case) {
        for way in Way.all {
            let table = read(theCase.text, way)
            #expect(table.error == nil)
            #expect(table.rows == theCase.rows, "\(way.testDescription)")
            #expect(table.records.map { [$0.line, $0.endLine] } == theCase.lines, "\(way.testDescription)")
            #expect(table.records.map(\.number) == Array(1..<theCase.rows.count + 1), "\(way.testDescription)")
            #expect(table.records.allSatisfy { !$0.isInvalid })
        }
    }

    @Test("Blank lines are records where the dialect says so")
    func keepBlankLines() {
        for var way in Way.all {
            way.blankLinesAreRecords = true
            let table = read("a\n\r\n\r\"\"\n\n", way)
            #expect(table.rows == [["a"], [""], [""], [""], [""]], "\(way.testDescription)")
            #expect(table.records.map(\.line) == [1, 2, 3, 4, 5], "\(way.testDescription)")
        }
    }

    @Test("Fields are cut at the dialect's delimiter, and only an ASCII one will do", arguments: [";", "\t", "|", " "])
    func cutAtTheDelimiter(delimiter: String) throws {
        let byte = try #require(delimiter.utf8.first)
        for way in Way.all {
            #expect(
                read(Array("a,b\(delimiter)\"c\(delimiter)d\"\n".utf8), delimiter: byte, way).rows == [["a,b", "c\(delimiter)d"]], "\(way.testDescription)")
        }
    }

    @Test("A delimiter that is structure already, or half a character, is refused", arguments: [0x22, 0x0A, 0x0D, 0x80, 0xFF] as [UInt8])
    func refuseDelimiter(byte: UInt8) {
        #expect(read([0x61], delimiter: byte).error == .unusableDelimiter(byte))
    }

    @Test("Byte offsets count in the text without its mark")
    func countBytes() {
        #expect(read("\u{FEFF}é,b\n\n\"c\"\nd").records.map(\.byteOffset) == [0, 6, 10])
    }

    @Test("A cell of 1 MB and a row of 5,000 columns are read", arguments: [Way(), Way(bytesInBlock: 4096), Way(avoidsCutting: true)])
    func readLargeRecords(way: Way) {
        let cell = String(repeating: "中文", count: 170_000)
        #expect(read("a,\(cell)\nb,\"\(cell)\n\"\n", way).rows == [["a", cell], ["b", cell + "\n"]])
        let row = (0..<5000).map { "column \($0)" }
        let quoted = row.map { "\"\($0)\"" }
        #expect(read(row.joined(separator: ",") + "\n" + quoted.joined(separator: ","), way).rows == [row, row])
    }

    @Test("Reading stops when told and goes on after the last record given", arguments: Way.all)
    func stopAndGoOn(way: Way) throws {
        let reader = try CSVReader(bytes: Array("h\n1\n\"2\"\n3".utf8), options: way.options)
        #expect(try reader.nextRow() == ["h"])
        #expect(try reader.nextRow() == ["1"])
        var seen: [[String]] = []
        try reader.forEachRecord { record in
            seen.append(record.strings)
            return seen.count < 1
        }
        #expect(seen == [["2"]])
        #expect(read(reader).records.map(\.line) == [4])
        #expect(try reader.nextRow() == nil)
    }

    @Test("An error of the caller's passes through, and reading goes on after it")
    func passErrorsThrough() throws {
        struct Stop: Error {}
        let reader = try CSVReader(bytes: Array("a\nb\n".utf8))
        #expect(throws: Stop.self) { try reader.forEachRecord { _ in throw Stop() } }
        #expect(try reader.nextRow() == ["b"])
    }

    @Test(
        "The reader knows how the text began and ended",
        arguments: [
            ("", false, false), ("a", false, false), ("a\n", false, true), ("a\r", false, true), ("\u{FEFF}a\r\n\"b", true, false), ("\u{FEFF}", true, false),
        ])
    func knowBothEnds(text: String, hasMark: Bool, endsWithBreak: Bool) throws {
        for way in Way.all {
            let reader = try CSVReader(bytes: Array(text.utf8), options: way.options)
            _ = read(reader)
            #expect(reader.hadByteOrderMark == hasMark)
            #expect(reader.endsWithLineBreak == endsWithBreak)
            #expect(reader.bytesRead == text.utf8.count)
            #expect(reader.totalBytes == text.utf8.count)
        }
    }
}
