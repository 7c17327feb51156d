import Testing

@testable import Tables

/// Random numbers that are the same on every run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

@Suite("Cutting, libcsv and a plain reader agree")
struct DifferentialTests {
    /// With the neighbours of the comma and the line ends, at which a careless test of eight bytes at once would stumble.
    private static let alphabet: [[UInt8]] = ["a", ",", "\"", "\n", "\r", " ", "\0", "中", "\r\n", "-", "\u{B}\u{C}"].map { Array($0.utf8) }
    /// Mostly well-formed: whole fields and line ends, and seldom a lone quote.
    private static let pieces: [[UInt8]] = [
        "a", ",", ",", "\n", "\r", "\r\n", " ", "中", "\"\"", "\"a,\n\"", ",\"x\"\"y\"", ",\"\r\n\",", "plain text,more\n", "\"", ",-",
    ].map { Array($0.utf8) }

    private func text(_ random: inout SeededGenerator, _ alphabet: [[UInt8]], _ length: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<Int.random(in: 0...length, using: &random) { bytes += alphabet.randomElement(using: &random) ?? [] }
        return bytes
    }

    @Test("on random text, whatever the block size and limit", arguments: 0..<8)
    func agreeOnRandomText(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        var (malformed, wellFormed) = (0, 0)
        for round in 0..<2500 {
            let bytes = text(&random, round % 2 == 0 ? Self.alphabet : Self.pieces, round % 5 == 0 ? 120 : 24)
            let limit = round % 3 == 0 ? Int.random(in: 1...20, using: &random) : 16 << 20
            let keepsBlankLines = round % 7 == 0
            let expected = PlainReader.read(bytes, limit: limit, blankLinesAreRecords: keepsBlankLines)
            if expected.error == nil { wellFormed += 1 } else { malformed += 1 }
            let blockSizes = [Int.random(in: 1...9, using: &random), Int.random(in: 1...(bytes.count + 1), using: &random), 1 << 12]
            for size in blockSizes {
                for avoidsCutting in [false, true] {
                    let way = Way(
                        bytesInBlock: size, avoidsCutting: avoidsCutting, maximumRecordBytes: limit, blankLinesAreRecords: keepsBlankLines)
                    let got = read(bytes, way)
                    #expect(got == expected, "\(String(decoding: bytes, as: UTF8.self).debugDescription) limit \(limit), \(way.testDescription)")
                }
            }
        }
        #expect(malformed > 100 && wellFormed > 100, "both kinds are tried: \(malformed), \(wellFormed)")
    }

    @Test("on random bytes, of which many are no UTF-8: fields, lines and which records have them")
    func agreeOnInvalidBytes() {
        var random = SeededGenerator(seed: 99)
        let alphabet: [[UInt8]] = [[0xE4], [0xB8], [0xAD], [0xFF], [0xC0], [0xF0, 0x9F], [0x2C], [0x0A], [0x0D], Array("中".utf8), Array("a".utf8)]
        for _ in 0..<800 {
            let bytes = text(&random, alphabet, 40)
            var expected = PlainReader.read(bytes)
            for index in expected.records.indices {
                expected.records[index].isInvalid = expected.records[index].fields.contains { String(validating: $0, as: UTF8.self) == nil }
            }
            for way in Way.all { #expect(read(bytes, way) == expected, "\(bytes), \(way.testDescription)") }
        }
    }
}
