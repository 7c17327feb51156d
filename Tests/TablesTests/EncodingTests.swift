import Foundation
import Testing

@testable import Tables

@Suite("Encodings")
struct EncodingTests {
    /// Two bytes each for 中 and 文, four for 㐂 and 𠮷, and ASCII among the second bytes of others.
    static let text = "姓名,单位\n张三,中文㐂𠮷\r\n\"丂\n亐\",€\n"

    static func gb18030(_ text: String) throws -> [UInt8] {
        let converter = try #require(EncodingConverter(from: "UTF-8", to: "GB18030"))
        var output = [UInt8](repeating: 0, count: text.utf8.count * 2 + 8)
        let outcome = Array(text.utf8).withUnsafeBufferPointer { input in output.withUnsafeMutableBufferPointer { converter.convert(input, into: $0) } }
        guard case .done(_, let written) = outcome else { throw TablesError.unreadable(path: "", errno: 0) }
        return Array(output[..<written])
    }

    @Test("GB18030 reads as the same text, wherever a block ends")
    func readGB18030() throws {
        let bytes = try Self.gb18030(Self.text)
        #expect(bytes.count != Self.text.utf8.count)
        let expected = read(Self.text)
        #expect(expected.rows == [["姓名", "单位"], ["张三", "中文㐂𠮷"], ["丂\n亐", "€"]])
        for way in Way.all { #expect(read(bytes, .gb18030, way) == expected, "\(way.testDescription)") }
    }

    @Test("GB18030's bytes are those of the standard")
    func knowTheStandard() {
        #expect(read([0xD6, 0xD0, 0xCE, 0xC4], .gb18030).rows == [["中文"]])
        #expect(read([0x81, 0x40], .gb18030).rows == [["丂"]])
        #expect(read([0x81, 0x39, 0xEE, 0x39], .gb18030).rows == [["㐀"]])
        #expect(read([0x95, 0x32, 0x82, 0x36], .gb18030).rows == [["𠀀"]])
    }

    @Test("A mark in GB18030 is stripped, as in UTF-8", arguments: Way.all)
    func stripMark(way: Way) throws {
        let reader = try CSVReader(bytes: [0x84, 0x31, 0x95, 0x33, 0x61, 0xFF], encoding: .gb18030, options: way.options)
        #expect(read(reader).records == [ReadRecord(fields: [Array("a\u{FFFD}".utf8)], line: 1, endLine: 1, number: 1, byteOffset: 0, isInvalid: true)])
        #expect(reader.hadByteOrderMark)
    }

    @Test("Bad GB18030 is replaced a byte at a time, and only its records are marked")
    func replaceBadBytes() {
        // A good U+FFFD (84 31 A4 37), a lead byte before a line break, FF, a character cut short by the end.
        let bytes: [UInt8] = [0x84, 0x31, 0xA4, 0x37, 0x0A, 0x61, 0x81, 0x0A, 0x62, 0x0A, 0xFF, 0x22, 0x0A]
        for way in Way.all {
            let table = read(Array(bytes.dropLast(3)) + [0x22, 0x63, 0xFF, 0x22, 0x0A, 0x64, 0x81, 0x30, 0x81], .gb18030, way)
            #expect(table.rows == [["\u{FFFD}"], ["a\u{FFFD}"], ["b"], ["c\u{FFFD}"], ["d\u{FFFD}0\u{FFFD}"]], "\(way.testDescription)")
            #expect(table.records.map(\.isInvalid) == [false, true, false, true, true], "\(way.testDescription)")
        }
    }

    @Test("Bad UTF-8 stays as it is, and only its records are marked")
    func markBadRecords() {
        let bytes: [UInt8] = Array("ok\n中".utf8) + [0xD6, 0xD0] + Array("\n好\n\"".utf8) + [0xE4, 0xB8] + Array("\"\n".utf8) + [0xE4]
        for way in Way.all {
            let table = read(bytes, way)
            #expect(table.records.map(\.isInvalid) == [false, true, false, true, true], "\(way.testDescription)")
            #expect(table.records[1].fields == [Array("中".utf8) + [0xD6, 0xD0]])
        }
    }

    @Test("auto: a mark or valid UTF-8 throughout is UTF-8, anything else GB18030")
    func resolve() throws {
        let chinese = try Self.gb18030(Self.text)
        let cases: [([UInt8], TextEncoding)] = [
            ([], .utf8), (Array("a,b\n".utf8), .utf8), (Array(Self.text.utf8), .utf8), (chinese, .gb18030),
            (Array("\u{FEFF}a".utf8) + [0xFF], .utf8), (Array(String(repeating: "中", count: 50).utf8) + chinese, .gb18030),
            (Array("中".utf8.dropLast()), .gb18030),
        ]
        for (bytes, expected) in cases {
            for way in Way.all {
                let reader = try CSVReader(bytes: bytes, encoding: .auto, options: way.options)
                #expect(reader.resolvedEncoding == expected)
                #expect(read(reader) == read(bytes, expected, Way()), "\(way.testDescription)")
                #expect(reader.bytesRead == bytes.count)
            }
        }
    }

    @Test("UTF-16 is refused by name", arguments: [[0xFF, 0xFE, 0x61, 0], [0xFE, 0xFF, 0, 0x61]] as [[UInt8]], TextEncoding.allCases)
    func refuseUTF16(bytes: [UInt8], encoding: TextEncoding) {
        #expect(read(bytes, encoding).error == .unsupportedEncoding(path: "memory", name: "UTF-16"))
    }

    /// The bytes at which the rules of UTF-8 change.
    private static let turningPoints: [UInt8] = [
        0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE4, 0xED, 0xEF, 0xF0, 0xF1, 0xF4, 0xF5, 0xFF,
    ]

    private func isValid(_ text: [UInt8], inPiecesOf size: Int) -> Bool {
        var validation = UTF8Validation()
        var invalid: [Int] = []
        text.withUnsafeBufferPointer { bytes in
            for start in stride(from: 0, to: text.count, by: size) {
                validation.check(UnsafeBufferPointer(rebasing: bytes[start..<min(start + size, text.count)]), invalid: &invalid)
            }
        }
        return invalid.isEmpty && !validation.isInsideCharacter
    }

    @Test("The validation agrees with the standard library's on every sequence of four turning points", arguments: turningPoints)
    func validateTurningPoints(first: UInt8) {
        for second in Self.turningPoints {
            for third in Self.turningPoints {
                let wrong = Self.turningPoints.filter { fourth in
                    [[first, second], [first, second, third], [first, second, third, fourth]].contains { text in
                        let expected = String(validating: text, as: UTF8.self) != nil
                        // With room around it, what is looked at is words.
                        let amidst = [0x61] + text + Array("中a中 12345678".utf8)
                        return isValid(text, inPiecesOf: 4) != expected || isValid(text, inPiecesOf: 1) != expected
                            || isValid(amidst, inPiecesOf: 64) != expected
                    }
                }
                #expect(wrong.isEmpty, "\(first) \(second) \(third), then \(wrong)")
            }
        }
    }

    @Test("The validation agrees with the standard library's on longer text, in pieces of any size")
    func validateText() {
        var random = SeededGenerator(seed: 7)
        let whole: [[UInt8]] = ["中文", "é", "𠮷", "plain ascii text", "\u{D7FF}\u{E000}\u{10FFFF}"].map { Array($0.utf8) }
        for round in 0..<10_000 {
            var text: [UInt8] = []
            for _ in 0..<Int.random(in: 0...6, using: &random) {
                let isByte = Int.random(in: 0...5, using: &random) == 0
                text += (isByte ? Self.turningPoints.randomElement(using: &random).map { [$0] } : whole.randomElement(using: &random)) ?? []
            }
            let size = round % 2 == 0 ? max(text.count, 1) : Int.random(in: 1...4, using: &random)
            #expect(isValid(text, inPiecesOf: size) == (String(validating: text, as: UTF8.self) != nil), "\(text)")
        }
    }
}
