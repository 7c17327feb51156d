import Testing

@testable import Warehouse

/// The bytes of packed rows: what goes in comes out, and nothing else is taken for it.
@Suite struct PackedBlockTests {
    private static let kinds: [PackedBlock.Kind] = [.text, .real, .integer, .real, .text, .real]

    private typealias Values = (first: String, some: Double?, number: Int, all: Double?, second: String, none: Double?)

    private static func block(_ rows: [(cadre: String, values: Values)]) -> PackedBlock {
        var block = PackedBlock(kinds)
        for row in rows {
            block.beginRow(of: row.cadre)
            block.append(row.values.first, to: 0)
            block.append(row.values.some, to: 1)
            block.columns[2].integers.append(row.values.number)
            block.append(row.values.all, to: 3)
            block.append(row.values.second, to: 4)
            block.append(row.values.none, to: 5)
        }
        return block
    }

    static func random(seed: UInt64) -> PackedBlock {
        var generator = Chance(seed: seed)
        var rows: [(cadre: String, values: Values)] = []
        for cadre in 0..<Int.random(in: 1...60, using: &generator) {
            let group = "county/section/type \(Int.random(in: 0...5, using: &generator))"
            for indicator in 0..<Int.random(in: 1...9, using: &generator) {
                let some = Bool.random(using: &generator) ? nil : Double.random(in: -1e9...1e9, using: &generator)
                rows.append(
                    (
                        "C\(1_000 + cadre)",
                        ("indicator \(indicator)", some, Int.random(in: -9...99, using: &generator), Double.random(in: 0...1, using: &generator), group, nil)
                    ))
            }
        }
        return block(rows)
    }

    /// Nothing, one row, numbers at the ends of their range, rows in their usual number, and one more than a whole byte of known ones.
    static let shapes: [PackedBlock] =
        [
            PackedBlock(kinds), PackedBlock([]),
            block([("甲1", ("任务.逾期", 1, 0, 0, "", nil))]),
            block([
                ("A", ("a", .infinity, .min, -0.0, "b", -.infinity)), ("A", ("b", nil, .max, .leastNonzeroMagnitude, "a", nil)),
                ("B", ("a", .greatestFiniteMagnitude, -1, .pi, "a", 1)),
            ]),
            block((0..<9).map { ("C\($0)", ("x", $0 == 8 ? 1 : nil, $0, 1, "y", $0 < 8 ? 1 : nil)) }),
        ] + (1...40).map { random(seed: UInt64($0)) }

    @Test("a block comes back as it was, in memory that held another one", arguments: shapes)
    func roundTrip(block: PackedBlock) throws {
        var read = block.columns.isEmpty ? block : Self.random(seed: 99)
        try block.encoded().withUnsafeBytes { try read.decode($0) }
        #expect(read == block)
    }

    @Test("what is no number is unknown")
    func notANumber() throws {
        let block = Self.block([("A", ("a", .nan, 0, 1, "b", nil))])
        #expect(block == Self.block([("A", ("a", nil, 0, 1, "b", nil))]))
    }

    @Test("names cost a byte or two a row, however long they are")
    func size() {
        let block = Self.block(
            (0..<512).map { ("C\(100_000 + $0 / 8)", ("an indicator of a long name, \($0 % 8)", nil, 1, nil, "a group of a long name, \($0 / 100)", nil)) })
        #expect(block.encoded().count < 512 * 6)
    }

    @Test("one changed byte is noticed, wherever it is", arguments: [1, 7, 23])
    func changedByte(step: Int) throws {
        let bytes = Self.random(seed: 5).encoded()
        for place in stride(from: 0, to: bytes.count, by: step) {
            for bit in [0, 3, 7] {
                var changed = bytes
                changed[place] ^= 1 << bit
                var block = PackedBlock(Self.kinds)
                #expect(throws: BlockReader.Fault.self) { try changed.withUnsafeBytes { try block.decode($0) } }
            }
        }
    }

    @Test("a block that ends early, goes on, or has other columns is noticed")
    func length() throws {
        let bytes = Self.random(seed: 6).encoded()
        var block = PackedBlock(Self.kinds)
        for length in stride(from: 0, to: bytes.count, by: 3) {
            #expect(throws: BlockReader.Fault.self) { try bytes[..<length].withUnsafeBytes { try block.decode($0) } }
        }
        #expect(throws: BlockReader.Fault.self) { try (bytes + [0]).withUnsafeBytes { try block.decode($0) } }
        for kinds in [Array(Self.kinds.dropLast()), Self.kinds + [.real], Self.kinds.reversed()] {
            var other = PackedBlock(kinds)
            #expect(throws: BlockReader.Fault.self) { try bytes.withUnsafeBytes { try other.decode($0) } }
        }
    }

    @Test("bytes that agree with their checksum and are no block are refused, and never read beyond their end", arguments: 1...200)
    func sealedNonsense(seed: UInt64) throws {
        var generator = Chance(seed: seed)
        var body = Array(Self.random(seed: seed % 7 + 1).encoded().dropFirst(9))
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            let place = Int.random(in: body.indices, using: &generator)
            if Bool.random(using: &generator) { body[place] = UInt8.random(in: .min ... .max, using: &generator) } else { body.removeSubrange(place...) }
            if body.isEmpty { break }
        }
        let sum = body.withUnsafeBytes(checksumByWords(of:))
        let bytes = [PackedBlock.version] + (0..<8).map { UInt8(truncatingIfNeeded: sum >> (8 * $0)) } + body
        var block = PackedBlock(Self.kinds)
        do {
            try bytes.withUnsafeBytes { try block.decode($0) }
            // What is taken for a block holds together.
            #expect(block.rowCounts.reduce(0, +) == block.count)
            for column in block.columns {
                let filled = column.kind == .real ? [column.reals.count, column.isKnown.count] : [column.integers.count]
                #expect(filled.allSatisfy { $0 == block.count })
                if column.kind == .text { #expect(column.integers.allSatisfy(block.texts.indices.contains)) }
            }
        } catch {
            #expect(error is BlockReader.Fault)
        }
    }

    @Test("another version of the format is named")
    func version() throws {
        var bytes = PackedBlock(Self.kinds).encoded()
        bytes[0] = 1
        var block = PackedBlock(Self.kinds)
        let fault = #expect(throws: BlockReader.Fault.self) { try bytes.withUnsafeBytes { try block.decode($0) } }
        #expect(fault?.reason == "its format has version 1, this software reads 2")
    }
}
