import Testing

@testable import Warehouse

@Suite("Numbers and texts as bytes") struct BlockBytesTests {
    /// Numbers of every length, at the ends of what each length holds.
    private static let naturals: [UInt64] = {
        var naturals: [UInt64] = [0, 1, .max]
        for length in 1...9 {
            let first = UInt64(1) << UInt64(7 * length)
            naturals += [first - 1, first, first + 1]
        }
        return naturals
    }()

    @Test("numbers come back, whatever is behind them", arguments: 0...12)
    func numbers(behind: Int) throws {
        for value in Self.naturals {
            var writer = BlockWriter()
            writer.natural(value)
            writer.append([UInt8](repeating: 0xFF, count: behind))
            let length = writer.length
            let bytes = writer.bytes()
            #expect(bytes.count == length)
            try bytes.withUnsafeBytes { bytes in
                var reader = BlockReader(bytes)
                let read = try reader.natural()
                #expect(read == value)
                #expect(reader.remaining == behind, "of \(value)")
            }
        }
    }

    @Test("numbers of every length, from every place within a word on, are the bytes that seven bits a byte make", arguments: 0..<8)
    func places(before: Int) {
        for first in Self.naturals {
            for second in Self.naturals {
                let numbers = [UInt64](repeating: 5, count: before) + [first, second, 7]
                var writer = BlockWriter()
                for number in numbers { writer.natural(number) }
                let expected = numbers.flatMap { number in
                    var (bytes, rest): ([UInt8], UInt64) = ([], number)
                    while rest > 0x7F {
                        bytes.append(UInt8(rest & 0x7F) | 0x80)
                        rest >>= 7
                    }
                    return bytes + [UInt8(rest)]
                }
                #expect(writer.length == expected.count && writer.bytes() == expected, "\(first), then \(second)")
            }
        }
    }

    @Test("what is written in turns comes back in turns")
    func turns() throws {
        var chance = Chance(seed: 3)
        var writer = BlockWriter()
        var (written, texts): ([Int64], [String]) = ([], [])
        for turn in 0..<500 {
            let number = Int64(bitPattern: chance.next()) >> Int64(turn % 64)
            let text = String(repeating: "组", count: turn % 5)
            writer.integer(number)
            writer.text(text)
            written.append(number)
            texts.append(text)
        }
        try writer.bytes().withUnsafeBytes { bytes in
            var reader = BlockReader(bytes)
            for (number, text) in zip(written, texts) {
                let (first, second) = (try reader.integer(), try reader.text())
                #expect(first == number)
                #expect(second == text)
            }
            #expect(reader.remaining == 0)
        }
    }

    @Test(
        "numbers that end early, or are too long, are told",
        arguments: [
            ([], "it ends too early"), ([0x80], "it ends too early"), ([UInt8](repeating: 0xFF, count: 9), "it ends too early"),
            ([UInt8](repeating: 0xFF, count: 10), "a number is too long"), ([UInt8](repeating: 0x80, count: 9) + [2], "a number is too long"),
            ([UInt8](repeating: 0xFF, count: 20), "a number is too long"),
        ] as [([UInt8], String)])
    func broken(bytes: [UInt8], reason: String) {
        let fault = #expect(throws: BlockReader.Fault.self) {
            try bytes.withUnsafeBytes { bytes in
                var reader = BlockReader(bytes)
                _ = try reader.natural()
            }
        }
        #expect(fault?.reason == reason)
    }

    @Test("sealed bytes are opened by the version that sealed them alone, and as they are alone")
    func sealed() throws {
        var writer = BlockWriter()
        writer.natural(300)
        let bytes = writer.sealed(version: 4)
        try bytes.withUnsafeBytes { bytes in
            var reader = try BlockReader(sealed: bytes, version: 4)
            let read = try reader.natural()
            #expect(read == 300)
            try reader.close()
        }
        #expect(throws: BlockReader.Fault.self) { try bytes.withUnsafeBytes { _ = try BlockReader(sealed: $0, version: 5) } }
        for place in bytes.indices {
            var changed = bytes
            changed[place] ^= 1
            #expect(throws: BlockReader.Fault.self) { try changed.withUnsafeBytes { _ = try BlockReader(sealed: $0, version: 4) } }
        }
    }

    @Test("a checksum tells every changed bit from every other one, and how many bytes there are", arguments: [0, 1, 7, 8, 31, 63, 64, 65, 95, 96, 103, 200])
    func checksums(length: Int) {
        var chance = Chance(seed: UInt64(length))
        let bytes = (0..<length).map { _ in UInt8(truncatingIfNeeded: chance.next()) }
        func sum(_ bytes: [UInt8]) -> UInt64 { bytes.withUnsafeBytes { checksumByWords(of: $0) } }
        var seen: Set = [sum(bytes), sum(bytes + [0])]
        #expect(seen.count == 2)
        for place in bytes.indices {
            for bit in 0..<8 {
                var changed = bytes
                changed[place] ^= 1 << bit
                seen.insert(sum(changed))
            }
        }
        #expect(seen.count == 8 * length + 2)
    }
}
