import PipelineModel
import Testing

@testable import Warehouse

/// Blocks of adverse rows and of ratings as bytes: what is written comes back, and nothing else is taken for a block.
@Suite struct EvidenceAndRatingBlockTests {
    static func ratings(seed: UInt64) -> RatingBlock {
        var generator = Chance(seed: seed)
        var block = RatingBlock()
        (block.measure, block.source) = ("评议.分数", "ballots \(seed)")
        for cadre in 0..<Int.random(in: 1...40, using: &generator) {
            block.cadres.append("C\(1_000 + cadre)")
            let length = Int.random(in: 1...20, using: &generator)
            block.lengths.append(length)
            for place in 0..<length {
                let (count, sum) = (Int.random(in: 0...3, using: &generator), Int.random(in: -10_000...10_000, using: &generator))
                let squares = count == 1 && Bool.random(using: &generator) ? sum * sum : Int.random(in: 0...(1 << 60), using: &generator)
                block.entries.append(
                    RatingBlock.Entry(
                        month: 24_000 + Int32(place / 3), rater: Int.random(in: 0...2_000_000, using: &generator), count: count, sum: sum, squares: squares))
            }
        }
        return block
    }

    static func evidence(seed: UInt64) -> EvidenceBlock {
        var generator = Chance(seed: seed)
        var block = EvidenceBlock()
        (block.source, block.role, block.fileID) = ("信访", .petitions, Int.random(in: 0...99, using: &generator))
        (block.measures, block.reforms) = (["a", "任务.逾期"], ["GG-1"])
        var line = 1
        for _ in 0..<Int.random(in: 1...60, using: &generator) {
            line += Int.random(in: 0...500, using: &generator)
            let hasRecordID = Bool.random(using: &generator)
            if hasRecordID { block.texts += Array("X-号\(line)".utf8.prefix(Int.random(in: 0...12, using: &generator))) }
            let own = Int.random(in: 0...3, using: &generator)
            block.append(
                EvidenceBlock.Row(
                    line: line, textEnd: block.texts.count, hasRecordID: hasRecordID, cadre: "C\(Int.random(in: 100...999, using: &generator))",
                    day: Bool.random(using: &generator) ? Int32.random(in: .min ... .max, using: &generator) : nil,
                    reform: Bool.random(using: &generator) ? 0 : nil, increments: own))
            for _ in 0..<own {
                let isPlain = Bool.random(using: &generator)
                block.increments.append(
                    EvidenceBlock.Increment(
                        measure: Int.random(in: 0...1, using: &generator), month: Int32.random(in: .min ... .max, using: &generator),
                        count: isPlain ? 1 : Int.random(in: -3...3, using: &generator), sum: isPlain ? 0 : Int.random(in: .min ... .max, using: &generator),
                        squares: isPlain ? 0 : Int.random(in: .min ... .max, using: &generator)))
            }
        }
        return block
    }

    /// Holds a kind of block to what every kind must do.
    private func hold<Block: ColumnBlock & Equatable>(_ block: Block, among others: Block, seed: UInt64) throws {
        let bytes = block.encoded()
        var read = others
        try bytes.withUnsafeBytes { try read.decode($0) }
        #expect(read == block)
        for place in stride(from: 0, to: bytes.count, by: 5) {
            var changed = bytes
            changed[place] ^= 1 << (place % 8)
            #expect(throws: BlockReader.Fault.self) { try changed.withUnsafeBytes { try read.decode($0) } }
        }
        for length in stride(from: 0, to: bytes.count, by: 7) {
            #expect(throws: BlockReader.Fault.self) { try bytes[..<length].withUnsafeBytes { try read.decode($0) } }
        }
        // Nonsense under a checksum that agrees: refused or read, and never read beyond its end.
        var generator = Chance(seed: seed)
        for _ in 0..<50 {
            var content = Array(bytes.dropFirst(9))
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                content[Int.random(in: content.indices, using: &generator)] = UInt8.random(in: .min ... .max, using: &generator)
            }
            let sum = content.withUnsafeBytes(checksumByWords(of:))
            let sealed = [Block.version] + (0..<8).map { UInt8(truncatingIfNeeded: sum >> (8 * $0)) } + content
            do {
                try sealed.withUnsafeBytes { try read.decode($0) }
                _ = read.encoded()
            } catch {
                #expect(error is BlockReader.Fault)
            }
        }
    }

    @Test("ratings come back as they were, and broken bytes are refused", arguments: 1...20)
    func ratings(seed: UInt64) throws { try hold(Self.ratings(seed: seed), among: Self.ratings(seed: 99), seed: seed) }

    @Test("adverse rows come back as they were, and broken bytes are refused", arguments: 1...20)
    func evidence(seed: UInt64) throws { try hold(Self.evidence(seed: seed), among: Self.evidence(seed: 99), seed: seed) }

    @Test("a usual rating takes seven bytes")
    func size() {
        var block = RatingBlock()
        for cadre in 0..<100 {
            block.cadres.append("C\(100_000 + cadre)")
            block.lengths.append(100)
            block.entries += (0..<100).map {
                RatingBlock.Entry(month: 24_300 + Int32($0 / 9), rater: 20_000 * $0 + cadre, count: 1, sum: 8_050, squares: 8_050 * 8_050)
            }
        }
        #expect(block.encoded().count < 8 * block.count)
    }
}
