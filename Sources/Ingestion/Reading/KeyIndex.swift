/// Where a row stands.
struct Position: Hashable, Comparable, Sendable {
    let file: Int32
    /// Counts from 1.
    let line: Int32

    static func < (left: Position, right: Position) -> Bool { (left.file, left.line) < (right.file, right.line) }

    func later(lines: Int32) -> Position { Position(file: file, line: line + lines) }
}

/// Two hashes of 64 bits over the same bytes: equal for equal rows, and for different ones with a chance of 2⁻¹²⁸.
struct RecordHash: Hashable, Sendable {
    private(set) var low: UInt64 = 0x9E37_79B9_7F4A_7C15
    private(set) var high: UInt64 = 0xC2B2_AE3D_27D4_EB4F

    @inline(__always)
    mutating func combine(_ bytes: UnsafeBufferPointer<UInt8>) {
        ByteHash.forEachWord(bytes) { mix($0) }
        // The length goes in too, so that a blank field and the next one's text cannot trade places.
        mix(UInt64(truncatingIfNeeded: bytes.count) &+ 0x100)
    }

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
    private struct Entry: Sendable {
        let key: RecordHash
        let content: UInt64
        let line: Int32
    }

    /// The rows of one part of a file.
    private struct Block: Sendable {
        let file: Int32
        var linesBefore: Int32 = 0
        var entries: [Entry] = []

        func position(_ index: Int) -> Position { Position(file: file, line: entries[index].line + linesBefore) }
    }

    private var blocks: [Block] = []

    /// A row that another one of the same key replaces.
    struct Replaced: Hashable, Sendable {
        let position: Position
        let by: Position
        /// Whether the two rows say the same.
        let isDuplicate: Bool
    }

    @inline(__always)
    mutating func insert(_ key: RecordHash, content: UInt64, at position: Position) {
        if blocks.isEmpty || blocks[blocks.count - 1].file != position.file { blocks.append(Block(file: position.file)) }
        let last = blocks.count - 1
        blocks[last].entries.append(Entry(key: key, content: content, line: position.line - blocks[last].linesBefore))
    }

    mutating func merge(_ other: KeyIndex, linesLater: Int32 = 0) {
        for var block in other.blocks {
            block.linesBefore += linesLater
            blocks.append(block)
        }
    }

    /// The rows that stand.
    var standing: Set<Position> {
        var all = Set(blocks.flatMap { block in block.entries.indices.map { block.position($0) } })
        all.subtract(replaced.map(\.position))
        return all
    }

    /// The rows that do not stand, by position.
    var replaced: [Replaced] {
        var replaced: [Replaced] = []
        for group in repeated() {
            let rows = group.map { place in (position: blocks[place.block].position(place.entry), content: blocks[place.block].entries[place.entry].content) }
                .sorted { $0.position < $1.position }
            guard let winner = rows.last else { continue }
            replaced += rows.dropLast().map { Replaced(position: $0.position, by: winner.position, isDuplicate: $0.content == winner.content) }
        }
        return replaced.sorted { $0.position < $1.position }
    }
}

extension KeyIndex {
    private struct Place {
        let block: Int
        let entry: Int
    }

    /// How many keys are compared at a time: their table lies in the processor's cache.
    private static let keysAtATime = 1 << 21

    /// The rows whose key stands more than once, each key's together.
    ///
    /// The keys are passed several times, each time for those of one range of hashes: reading on is cheap, and jumping about is not.
    private func repeated() -> [[Place]] {
        let count = blocks.reduce(0) { $0 + $1.entries.count }
        var bits = 0
        while count >> bits > KeyIndex.keysAtATime { bits += 1 }
        var groups: [[Place]] = []
        for part in 0..<(UInt64(1) << bits) { groups += repeated { bits == 0 || $0.low >> (64 - UInt64(bits)) == part } }
        return groups
    }

    private func repeated(_ isMeant: (RecordHash) -> Bool) -> [[Place]] {
        var places: [Place] = []
        for (number, block) in blocks.enumerated() {
            for entry in block.entries.indices where isMeant(block.entries[entry].key) { places.append(Place(block: number, entry: entry)) }
        }
        var slots: [Int32] = Array(repeating: -1, count: 64)
        while slots.count < 2 * places.count { slots += slots }
        var groups: [RecordHash: [Place]] = [:]
        for (index, place) in places.enumerated() {
            let key = blocks[place.block].entries[place.entry].key
            var slot = Int(truncatingIfNeeded: key.low) & (slots.count - 1)
            while true {
                guard slots[slot] >= 0 else {
                    slots[slot] = Int32(truncatingIfNeeded: index)
                    break
                }
                let first = places[Int(slots[slot])]
                if blocks[first.block].entries[first.entry].key == key {
                    groups[key, default: [first]].append(place)
                    break
                }
                slot = (slot + 1) & (slots.count - 1)
            }
        }
        return Array(groups.values)
    }
}
