import Testing

@testable import Tables

/// The table answers for iconv: it must give what iconv alone gives, invalid bytes included.
@Suite("GB18030 through the table is GB18030 through iconv")
struct GB18030TableTests {
    private struct Text: Equatable {
        var bytes: [UInt8] = []
        var invalid: [Int] = []
    }

    /// Asks iconv alone, a character at a time.
    private func byIconv(_ input: [UInt8]) throws -> Text {
        let converter = try #require(EncodingConverter(from: "GB18030", to: "UTF-8"))
        let made = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 16)
        made.initialize(repeating: 0)
        defer { made.deallocate() }
        var text = Text()
        var place = 0
        next: while place < input.count {
            for length in 1...4 where place + length <= input.count {
                let outcome = input[place..<place + length].withUnsafeBufferPointer { converter.convert($0, into: made) }
                if case .done(length, let written) = outcome {
                    text.bytes += made[..<written]
                    place += length
                    continue next
                }
            }
            text.invalid.append(text.bytes.count)
            text.bytes += [0xEF, 0xBF, 0xBD]
            place += 1
        }
        return text
    }

    private func byBlocks(_ input: [UInt8], bytesInBlock: Int) throws -> Text {
        let opened = OpenedSource(continuing: MemoryBytes(input, name: "memory"), encoding: .gb18030, bytesInBlock: bytesInBlock)
        let blocks = try GB18030Blocks(opened)
        var text = Text()
        while let block = try blocks.next() {
            text.invalid += blocks.invalidOffsets.map { $0 + text.bytes.count }
            text.bytes += block
        }
        return text
    }

    @Test("on every pair of bytes, ASCII around them")
    func pairs() throws {
        for lead in UInt8(0x80)...0xFF {
            var input: [UInt8] = []
            for trail in UInt8.min...UInt8.max { input += [0x61, lead, trail, 0x2C, 0x31] }
            #expect(try byBlocks(input, bytesInBlock: 1 << 16) == byIconv(input), "lead byte \(lead)")
        }
    }

    @Test("on random bytes and random text, whatever the block size", arguments: 0..<6)
    func randomBytes(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed) + 40)
        // 中 and 文, a character of four bytes, ASCII, a line break, and bytes that may be anything.
        let pieces: [[UInt8]] = [[0xD6, 0xD0], [0xCE, 0xC4], [0x81, 0x39, 0xEF, 0x30], Array("plain ascii,".utf8), [0x0A], [0x22], [0x80], [0xFF]]
        for round in 0..<150 {
            var input: [UInt8] = []
            for _ in 0..<Int.random(in: 0...40, using: &random) {
                input += round % 2 == 0 ? pieces.randomElement(using: &random) ?? [] : [UInt8.random(in: 0...255, using: &random)]
            }
            let expected = try byIconv(input)
            for size in [1, 2, 3, 7, 64] { #expect(try byBlocks(input, bytesInBlock: size) == expected, "\(input) in blocks of \(size)") }
        }
    }
}
