import Warehouse

/// Where a row stands.
struct Position: Hashable, Comparable, Sendable {
    let file: Int32
    /// Counts from 1.
    let line: Int32

    static func < (left: Position, right: Position) -> Bool { (left.file, left.line) < (right.file, right.line) }

    func later(lines: Int32) -> Position { Position(file: file, line: line + lines) }
}

/// Two hashes of 64 bits over the same bytes.
struct RecordHash: Hashable, Sendable {
    private(set) var low: UInt64 = 0x9E37_79B9_7F4A_7C15
    private(set) var high: UInt64 = 0xC2B2_AE3D_27D4_EB4F

    @inline(__always)
    mutating func mix(_ word: UInt64) {
        let first = (low ^ word).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
        let second = (high ^ word).multipliedFullWidth(by: 0xE703_7ED1_A0B4_28DB)
        low = first.low ^ first.high
        high = second.low ^ second.high &+ word
    }
}

/// Which row stands for each key. Merging is associative and commutative: the row that stands last wins, whoever saw it first.
///
/// While rows are read their keys are only written down; who stands is found once, at the end.
struct KeyIndex: Sendable {
    private var blocks: [KeyBlock] = []

    init() {}

    func store(in writer: inout PartWriter) {
        writer.put(blocks.count)
        for block in blocks { block.store(in: &writer) }
    }

    /// - Parameter file: The number that the file of the rows has tonight.
    init(from reader: inout PartReader, file: Int32) throws(PartReader.Fault) {
        for _ in 0..<(try reader.number()) { blocks.append(try KeyBlock(from: &reader, file: file)) }
    }

    /// A row that another one of the same key replaces.
    struct Replaced: Hashable, Sendable {
        let position: Position
        let by: Position
        /// Whether the two rows say the same.
        let isDuplicate: Bool
    }

    @inline(__always)
    mutating func insert(_ key: RecordHash, content: UInt64, at position: Position) {
        if blocks.isEmpty || blocks[blocks.count - 1].file != position.file { blocks.append(KeyBlock(file: position.file)) }
        let last = blocks.count - 1
        blocks[last].append(
            KeyBlock.Entry(low: key.low, high: UInt32(truncatingIfNeeded: key.high), content: UInt32(truncatingIfNeeded: content)),
            line: position.line - blocks[last].linesBefore)
    }

    /// Gives back what will not be used, when all rows of a part are in.
    mutating func trim() { for index in blocks.indices { blocks[index].trim() } }

    mutating func merge(_ other: KeyIndex, linesLater: Int32 = 0) {
        for var block in other.blocks {
            block.linesBefore += linesLater
            blocks.append(block)
        }
    }

    /// The rows that stand.
    var standing: Set<Position> {
        var all = Set(blocks.flatMap { block in block.entries.indices.map { block.position($0) } })
        all.subtract(replaced(threads: 1).map(\.position))
        return all
    }

    /// The rows that do not stand, by position; the keys are looked through on several threads.
    func replaced(threads: Int) -> [Replaced] {
        var replaced: [Replaced] = []
        for group in repeated(threads: threads) {
            let rows = group.map { (position: blocks[Int($0.block)].position(Int($0.entry)), content: entry($0).content) }
                .sorted { $0.position < $1.position }
            guard let winner = rows.last else { continue }
            replaced += rows.dropLast().map { Replaced(position: $0.position, by: winner.position, isDuplicate: $0.content == winner.content) }
        }
        return replaced.sorted { $0.position < $1.position }
    }
}

extension KeyIndex {
    private struct Place: Sendable {
        let low: UInt64
        let block: Int32
        let entry: Int32
    }

    /// How many keys are looked at in one pass over all of them, and how many are compared at a time: a table of these lies in the cache.
    private static let keysInPass = 1 << 20
    private static let bucketBits = 4

    /// The rows whose key stands more than once, each key's together.
    ///
    /// The keys are passed several times, each time for those of one range of hashes: reading on is cheap, and jumping about is not.
    private func repeated(threads: Int) -> [[Place]] {
        let count = blocks.reduce(0) { $0 + $1.entries.count }
        var bits = 0
        while count >> bits > KeyIndex.keysInPass { bits += 1 }
        let passes = bits
        return concurrentMap(1 << passes, threads: threads) { pass in
            buckets(of: UInt64(pass), bits: passes).flatMap { repeated($0) }
        }.flatMap { $0 }
    }

    /// The rows of one range of hashes, cut into smaller ranges.
    private func buckets(of pass: UInt64, bits: Int) -> [[Place]] {
        var buckets: [[Place]] = Array(repeating: [], count: 1 << KeyIndex.bucketBits)
        let (mine, bucket) = (UInt64(64 - bits), UInt64(64 - bits - KeyIndex.bucketBits))
        for (number, block) in blocks.enumerated() {
            block.entries.withUnsafeBufferPointer { entries in
                for index in entries.indices where bits == 0 || entries[index].low >> mine == pass {
                    let low = entries[index].low
                    buckets[Int(truncatingIfNeeded: low >> bucket) & (buckets.count - 1)].append(
                        Place(low: low, block: Int32(truncatingIfNeeded: number), entry: Int32(truncatingIfNeeded: index)))
                }
            }
        }
        return buckets
    }

    private func repeated(_ places: [Place]) -> [[Place]] {
        var bits = 1
        while 1 << bits < 2 * places.count { bits += 1 }
        let mask = 1 << bits - 1
        var slots = [Int32](repeating: -1, count: 1 << bits)
        var rest: [Int32: [Place]] = [:]
        for (index, place) in places.enumerated() {
            var slot = Int(truncatingIfNeeded: place.low) & mask
            while slots[slot] >= 0 {
                let first = places[Int(slots[slot])]
                if first.low == place.low, entry(first).hasKey(of: entry(place)) {
                    rest[slots[slot], default: [first]].append(place)
                    break
                }
                slot = (slot + 1) & mask
            }
            if slots[slot] < 0 { slots[slot] = Int32(truncatingIfNeeded: index) }
        }
        return Array(rest.values)
    }

    private func entry(_ place: Place) -> KeyBlock.Entry { blocks[Int(place.block)].entries[Int(place.entry)] }
}
