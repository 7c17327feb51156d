import Testing

@testable import Tables

@Suite("What is not CSV is refused, with the place")
struct MalformationTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let text: String
        let rowsBefore: Int
        let expected: Malformation
        var limit = 16 << 20

        init(_ text: String, before rows: Int, _ kind: Malformation.Kind, line: Int, from recordLine: Int? = nil, column: Int, offset: Int, limit: Int? = nil) {
            self.text = text
            rowsBefore = rows
            expected = Malformation(
                kind: kind, line: line, recordLine: recordLine ?? line, recordNumber: rows + 1, column: column, byteOffset: offset)
            self.limit = limit ?? self.limit
        }
        var testDescription: String { text.debugDescription }
    }

    static let cases = [
        Case("a\"", before: 0, .unescapedQuote, line: 1, column: 1, offset: 1),
        Case("a,b\n1,x\"y\n", before: 1, .unescapedQuote, line: 2, column: 2, offset: 7),
        Case("a\r\r\n1, \"x\"", before: 1, .unescapedQuote, line: 3, column: 2, offset: 7),
        Case("\"a\"b", before: 0, .textAfterQuote, line: 1, column: 1, offset: 3),
        Case("\"a\" ,b", before: 0, .textAfterQuote, line: 1, column: 1, offset: 3),
        Case("h\n\"x\ny\",\"z\" ", before: 1, .textAfterQuote, line: 3, from: 2, column: 2, offset: 11),
        Case("\"", before: 0, .unterminatedQuote(openedAtLine: 1), line: 1, column: 1, offset: 1),
        Case("a\n\"b\"\"", before: 1, .unterminatedQuote(openedAtLine: 2), line: 2, column: 1, offset: 6),
        Case("a\n\"b\n\",c,\"d\r\n\r\n", before: 1, .unterminatedQuote(openedAtLine: 3), line: 3, from: 2, column: 3, offset: 15),
        Case("a\n\"b\n\",\"c\nd\",\"", before: 1, .unterminatedQuote(openedAtLine: 4), line: 4, from: 2, column: 3, offset: 14),
        Case("ab\nabc,e\n", before: 1, .recordTooLong(limit: 4), line: 2, column: 2, offset: 7, limit: 4),
        Case("abcd\n\"ab\ncd\"\n", before: 1, .recordTooLong(limit: 4), line: 2, column: 1, offset: 9, limit: 4),
        Case(",,,,\r\n,,,,,\r\n", before: 1, .recordTooLong(limit: 4), line: 2, column: 5, offset: 10, limit: 4),
    ]

    @Test("on every path, after the records before it, and again when asked again", arguments: cases)
    func areRefused(theCase: Case) throws {
        for var way in Way.all {
            way.maximumRecordBytes = theCase.limit
            let reader = try CSVReader(bytes: Array(theCase.text.utf8), options: way.options)
            let table = read(reader)
            #expect(table.records.count == theCase.rowsBefore, "\(way.testDescription)")
            #expect(table.malformation == theCase.expected, "\(way.testDescription)")
            #expect(read(reader) == ReadTable(error: .malformed(theCase.expected)))
        }
    }

    @Test("A record of just the limit is read")
    func acceptTheLimit() {
        for var way in Way.all {
            way.maximumRecordBytes = 4
            #expect(read("abcd\r\n\"ab\"\n,,,,", way).rows == [["abcd"], ["ab"], ["", "", "", "", ""]], "\(way.testDescription)")
        }
    }

    @Test("An unclosed quote does not swallow a large file into memory")
    func stopAtTheLimit() {
        var bytes = Array("a,b\n1,\"x\n".utf8)
        for _ in 0..<200_000 { bytes += Array("2,plain\n".utf8) }
        let table = read(bytes, Way(bytesInBlock: 1 << 14, maximumRecordBytes: 1 << 16))
        #expect(table.malformation?.kind == .recordTooLong(limit: 1 << 16))
        #expect(table.malformation?.recordLine == 2)
        #expect(table.malformation?.column == 2)
    }

    @Test("Errors say in words what is wrong and where")
    func explain() {
        let malformation = Malformation(
            kind: .unterminatedQuote(openedAtLine: 7), line: 7, recordLine: 6, recordNumber: 3, column: 2, byteOffset: 90)
        #expect(TablesError.malformed(malformation).description == "line 7, column 2: the quote opened on line 7 is never closed")
        #expect(TablesError.missing(path: "x.csv").description == "x.csv: no such file")
        #expect(TablesError.cannotWrite(path: "x.csv", errno: 28).description == "x.csv: cannot be written: No space left on device")
    }
}
