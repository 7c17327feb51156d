/// Where a row stands.
struct Position: Hashable, Comparable, Sendable {
    let file: Int32
    /// Counts from 1.
    let line: Int32

    static func < (left: Position, right: Position) -> Bool { (left.file, left.line) < (right.file, right.line) }
}

/// Two hashes of 64 bits over the same bytes: equal for equal rows, and for different ones with a chance of 2⁻¹²⁸.
struct RecordHash: Hashable, Sendable {
    private(set) var low: UInt64 = 0x9E37_79B9_7F4A_7C15
    private(set) var high: UInt64 = 0xC2B2_AE3D_27D4_EB4F

    mutating func combine(_ bytes: UnsafeBufferPointer<UInt8>) {
        var word: UInt64 = 0
        var filled: UInt64 = 0
        for byte in bytes {
            word = word << 8 | UInt64(byte)
            filled += 1
            if filled % 8 == 0 {
                mix(word)
                word = 0
            }
        }
        // The length goes in too, so that a blank field and the next one's text cannot trade places.
        mix(word)
        mix(UInt64(bytes.count) &+ 0x100)
    }

    mutating func mix(_ word: UInt64) {
        let first = (low ^ word).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
        let second = (high ^ word).multipliedFullWidth(by: 0xE703_7ED1_A0B4_28DB)
        low = first.low ^ first.high
        high = second.low ^ second.high &+ word
    }
}

/// Which row stands for each key. Merging is associative and commutative: the row that stands last wins, whoever saw it first.
struct KeyIndex: Sendable {
    private struct Entry {
        var content: UInt64
        var position: Position
    }

    private struct Loser {
        let key: RecordHash
        let content: UInt64
        let position: Position
    }

    private var winners: [RecordHash: Entry] = [:]
    private var losers: [Loser] = []

    /// A row that another one of the same key replaces.
    struct Replaced: Hashable, Sendable {
        let position: Position
        let by: Position
        /// Whether the two rows say the same.
        let isDuplicate: Bool
    }

    mutating func insert(_ key: RecordHash, content: UInt64, at position: Position) {
        guard let standing = winners[key] else {
            winners[key] = Entry(content: content, position: position)
            return
        }
        if position > standing.position {
            winners[key] = Entry(content: content, position: position)
            losers.append(Loser(key: key, content: standing.content, position: standing.position))
        } else {
            losers.append(Loser(key: key, content: content, position: position))
        }
    }

    mutating func merge(_ other: KeyIndex) {
        for (key, entry) in other.winners { insert(key, content: entry.content, at: entry.position) }
        losers += other.losers
    }

    /// The rows that stand.
    var standing: Set<Position> { Set(winners.values.lazy.map(\.position)) }

    /// The rows that do not stand, by position.
    var replaced: [Replaced] {
        losers.compactMap { loser in
            winners[loser.key].map { Replaced(position: loser.position, by: $0.position, isDuplicate: $0.content == loser.content) }
        }.sorted { $0.position < $1.position }
    }
}
