import PipelineModel
import Testing

@testable import Warehouse

/// Blocks of facts as bytes: what is written comes back, and nothing else is taken for a block.
@Suite struct FactBlockTests {
    /// Blocks of every shape: none, one fact, many cadres, gaps between months, numbers at the ends of their range.
    static let shapes: [FactBlock] =
        [
            FactBlock(),
            block([("甲1", "任务.逾期", [Fact(24_000, 1, 0, 0)])]),
            block([
                ("A", "a", [Fact(.min, .min, .max, .min), Fact(.max, .max, .min, .max)]), ("A", "b", [Fact(-1, 0, 0, 0), Fact(0, -1, 0, 0)]),
                ("B", "b", [Fact(24_311, 127, 128, 16_384), Fact(24_312, 0, 0, 0), Fact(24_400, 3, 0, 1)]),
            ]),
        ] + (1...40).map { random(seed: UInt64($0)) }

    struct Fact {
        let (month, count, sum, squares): (Int32, Int, Int, Int)

        init(_ month: Int32, _ count: Int, _ sum: Int, _ squares: Int) { (self.month, self.count, self.sum, self.squares) = (month, count, sum, squares) }
    }

    /// Runs of cadre and measure, in order.
    static func block(_ runs: [(cadre: String, measure: String, facts: [Fact])]) -> FactBlock {
        var block = FactBlock()
        for run in runs {
            if block.cadres.last != run.cadre {
                block.cadres.append(run.cadre)
                block.runCounts.append(0)
            }
            block.runCounts[block.runCounts.count - 1] += 1
            let place = block.measures.firstIndex(of: run.measure) ?? block.measures.count
            if place == block.measures.count { block.measures.append(run.measure) }
            block.runs.append(FactBlock.Run(measure: place, length: run.facts.count))
            for fact in run.facts {
                block.facts.append(FactBlock.Fact(month: fact.month, count: fact.count, sum: fact.sum, squares: fact.squares))
            }
        }
        return block
    }

    static func random(seed: UInt64) -> FactBlock {
        var generator = Chance(seed: seed)
        var runs: [(cadre: String, measure: String, facts: [Fact])] = []
        for cadre in 0..<Int.random(in: 1...60, using: &generator) {
            for measure in 0..<Int.random(in: 1...5, using: &generator) {
                var month = Int32.random(in: 24_000...24_400, using: &generator)
                let hasValues = Bool.random(using: &generator)
                let facts = (0..<Int.random(in: 1...13, using: &generator)).map { _ in
                    defer { month += Int32.random(in: 1...3, using: &generator) }
                    let number = { (limit: Int) in hasValues ? Int.random(in: -limit...limit, using: &generator) : 0 }
                    return Fact(month, Int.random(in: 0...40, using: &generator), number(1 << 20), number(1 << 60))
                }
                runs.append(("C\(1_000 + cadre)", "measure \(measure)", facts))
            }
        }
        return block(runs)
    }

    @Test("a block comes back as it was, in memory that held another one", arguments: shapes)
    func roundTrip(block: FactBlock) throws {
        var read = Self.random(seed: 99)
        try block.encoded().withUnsafeBytes { try read.decode($0) }
        #expect(read == block)
    }

    @Test("a usual fact takes about three bytes")
    func size() {
        let runs = (0..<2_000).flatMap { cadre in
            (0..<4).map { measure in
                ("C\(100_000 + cadre)", "tasks.\(measure)", (0..<12).map { Fact(24_300 + Int32($0), 3, 0, 0) })
            }
        }
        let block = Self.block(runs)
        #expect(block.encoded().count < 3 * block.count)
    }

    @Test("one changed byte is noticed, wherever it is", arguments: [1, 7, 23])
    func changedByte(step: Int) throws {
        let bytes = Self.random(seed: 5).encoded()
        for place in stride(from: 0, to: bytes.count, by: step) {
            for bit in [0, 3, 7] {
                var changed = bytes
                changed[place] ^= 1 << bit
                var block = FactBlock()
                #expect(throws: BlockReader.Fault.self) { try changed.withUnsafeBytes { try block.decode($0) } }
            }
        }
    }

    @Test("a block that ends early, or goes on, is noticed")
    func length() throws {
        let bytes = Self.random(seed: 6).encoded()
        var block = FactBlock()
        for length in bytes.indices {
            #expect(throws: BlockReader.Fault.self) { try bytes[..<length].withUnsafeBytes { try block.decode($0) } }
        }
        #expect(throws: BlockReader.Fault.self) { try (bytes + [0]).withUnsafeBytes { try block.decode($0) } }
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
        let bytes = [FactBlock.version] + (0..<8).map { UInt8(truncatingIfNeeded: sum >> (8 * $0)) } + body
        var block = FactBlock()
        do {
            try bytes.withUnsafeBytes { try block.decode($0) }
            // What is taken for a block holds together.
            #expect(block.runCounts.reduce(0, +) == block.runs.count)
            #expect(block.runs.reduce(0) { $0 + $1.length } == block.count)
        } catch {
            #expect(error is BlockReader.Fault)
        }
    }

    @Test("another version of the format is named")
    func version() throws {
        var bytes = FactBlock().encoded()
        bytes[0] = 1
        var block = FactBlock()
        let fault = #expect(throws: BlockReader.Fault.self) { try bytes.withUnsafeBytes { try block.decode($0) } }
        #expect(fault?.reason == "its format has version 1, this software reads 2")
    }

    @Test(
        "the checksum is that of the published test vectors",
        arguments: [("", 0xCBF2_9CE4_8422_2325), ("a", 0xAF63_DC4C_8601_EC8C), ("foobar", 0x8594_4171_F739_67E8)] as [(String, UInt64)])
    func fnv(text: String, sum: UInt64) {
        #expect(Array(text.utf8).withUnsafeBytes(checksum(of:)) == sum)
    }
}

/// SplitMix64: the same numbers for the same seed.
struct Chance: RandomNumberGenerator {
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

/// Our record; GRDB, where a file imports it, has one of its own.
typealias StoredRow = Record
