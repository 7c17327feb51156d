import Testing

@testable import Tables

/// Ranges are guesses that the reader before them can check: read so, they give the records of the whole file.
@Suite("A file read in ranges is the file read in one piece")
struct RecordRangesTests {
    /// Reads range after range, each to a later end until it ends between two records, and puts the places together again.
    private func readInRanges(_ path: String, bytes: Int, bytesInRange: Int, fields: Int, encoding: TextEncoding = .utf8) throws -> (ReadTable, Int) {
        let ranges = RecordRanges(dialect: CSVDialect(), fieldCount: fields).ranges(path: path, totalBytes: bytes, bytesInRange: bytesInRange)
        #expect(ranges.first?.lowerBound == 0 && ranges.last?.upperBound == bytes)
        #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
        var whole = ReadTable()
        var (index, lines, wrongGuesses) = (0, 0, 0)
        while index < ranges.count {
            var last = index
            while true {
                let reader = try CSVFileReader(path: path, range: ranges[index].lowerBound..<ranges[last].upperBound, encoding: encoding)
                let part = read(reader)
                if last < ranges.count - 1, part.error != nil || !reader.endsBetweenRecords {
                    last += 1
                    wrongGuesses += 1
                    continue
                }
                for var record in part.records {
                    record.line += lines
                    record.endLine += lines
                    record.number = whole.records.count + 1
                    whole.records.append(record)
                }
                if let error = part.error {
                    whole.error = error.later(lines: lines, records: whole.records.count - part.records.count)
                    return (whole, wrongGuesses)
                }
                lines += reader.linesPassed
                break
            }
            index = last + 1
        }
        return (whole, wrongGuesses)
    }

    private func withoutOffsets(_ table: ReadTable) -> ReadTable {
        var table = table
        for index in table.records.indices { table.records[index].byteOffset = 0 }
        if let here = table.malformation {
            table.error = .malformed(
                Malformation(
                    kind: here.kind, line: here.line, recordLine: here.recordLine, recordNumber: here.recordNumber, column: here.column, byteOffset: 0))
        }
        return table
    }

    @Test("on random text, whatever the size of a range", arguments: 0..<12)
    func randomText(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed) + 7_000)
        let folder = try ScratchFolder()
        let pieces = ["a,b\n", "中文,x\r\n", "\"q,\n\",y\n", "\"\"\"\",z\r", "\n", ",\n", "a,\"x\r\ny\"\r\n", "\u{FEFF}m,n\n"]
        let broken = ["\"a", "a\"b\n", "\"a\"b,c\n"]
        for round in 0..<60 {
            var text = round % 3 == 0 ? "\u{FEFF}h1,h2\n" : "h1,h2\r\n"
            for _ in 0..<Int.random(in: 0...60, using: &random) { text += pieces.randomElement(using: &random) ?? "" }
            if round % 4 == 0 { text += broken.randomElement(using: &random) ?? "" }
            for _ in 0..<Int.random(in: 0...20, using: &random) { text += pieces.randomElement(using: &random) ?? "" }
            let bytes = Array(text.utf8)
            let path = try folder.write(bytes)
            let expected = withoutOffsets(read(bytes))
            for size in [1, 3, 10, 40, 200] {
                let (got, _) = try readInRanges(path, bytes: bytes.count, bytesInRange: size, fields: 2)
                #expect(withoutOffsets(got) == expected, "\(text.debugDescription) in ranges of \(size)")
            }
        }
    }

    @Test("line breaks within quotes are told from records where anything tells them")
    func quotedLineBreaks() throws {
        let folder = try ScratchFolder()
        let rows = (0..<3000).map { "\($0),\"第一行\n第二行,\(String(repeating: "x", count: $0 % 40))\n第三行\",end\r\n" }
        let bytes = Array(("a,b,c\r\n" + rows.joined()).utf8)
        let path = try folder.write(bytes)
        let (got, wrongGuesses) = try readInRanges(path, bytes: bytes.count, bytesInRange: 4_000, fields: 3)
        #expect(got.records.count == 3001)
        #expect(withoutOffsets(got) == withoutOffsets(read(bytes)))
        #expect(wrongGuesses == 0)
    }

    @Test("GB18030 is read in ranges too, invalid bytes and all")
    func otherEncoding() throws {
        let folder = try ScratchFolder()
        // 中 is D6 D0; a lone D6 before a line break is invalid, and the line break stands.
        let rows: [[UInt8]] = (0..<400).map { $0 % 7 == 0 ? [0xD6, 0x0A] : [0xD6, 0xD0, 0x2C, 0x31, 0x0D, 0x0A] }
        let bytes = Array("a,b\n".utf8) + rows.joined()
        let path = try folder.write(bytes)
        let expected = withoutOffsets(read(bytes, .gb18030, Way()))
        for size in [5, 33, 500] {
            let (got, _) = try readInRanges(path, bytes: bytes.count, bytesInRange: size, fields: 2, encoding: .gb18030)
            #expect(withoutOffsets(got) == expected)
        }
    }

    @Test("rows that come or go move the cuts around them, and not those further down", arguments: [0, 17, 900], [false, true])
    func contentDecides(rowsBefore: Int, hasQuotes: Bool) throws {
        let folder = try ScratchFolder()
        let rows = (0..<20_000).map { hasQuotes ? "\($0 * 7_919 % 20_011),\"第\n\($0)\",z\n" : "\($0 * 7_919 % 20_011),x\($0),z\n" }
        func cuts(_ rows: [String]) throws -> Set<Int> {
            let bytes = Array(("a,b,c\n" + rows.joined()).utf8)
            let ranges = RecordRanges(dialect: CSVDialect(), fieldCount: 3).ranges(path: try folder.write(bytes), totalBytes: bytes.count, bytesInRange: 8_000)
            #expect(ranges.allSatisfy { $0.count < 10_000 })
            return Set(ranges.map { bytes.count - $0.lowerBound })
        }
        let before = try cuts(rows)
        #expect(before.count > 20)
        let added = (0..<rowsBefore).map { "new \($0),,\n" }
        // Counted from the end of the file, all but the first cuts are where they were.
        #expect(try cuts(Array(rows[..<2_000]) + added + Array(rows[2_000...])).intersection(before).count * 10 > before.count * 6)
        #expect(try cuts(Array(rows[5...])).intersection(before).count * 10 > before.count * 9)
    }

    @Test("bytes of a range that have been read already are read as the file's, which is left alone")
    func bytesAtHand() throws {
        let folder = try ScratchFolder()
        let text = Array("\u{FEFF}a,b\n中,1\n\"x\n\",2\n".utf8)
        let path = try folder.write(Array("other,file\n".utf8))
        for (range, records) in [(0..<text.count, [["a", "b"], ["中", "1"], ["x\n", "2"]]), (7..<13, [["中", "1"]])] {
            let reader = try CSVFileReader(path: path, range: range, bytes: Array(text[range]), encoding: .utf8)
            #expect(read(reader).rows == records)
        }
    }
}
