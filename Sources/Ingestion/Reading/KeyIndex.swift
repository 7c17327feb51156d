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

/// The keys of rows, as they are read. Merging is associative and commutative: the row that stands last wins, whoever saw it first.
///
/// While rows are read their keys are only written down; who stands is found once, at the end of a source (`KeySpill`).
struct KeyIndex: Sendable {
    private(set) var blocks: [KeyBlock] = []

    init() {}

    var isEmpty: Bool { blocks.isEmpty }

    /// For `init(from:file:)` to read again.
    var bytes: [UInt8] {
        var writer = PartWriter(expecting: blocks.reduce(64) { $0 + $1.entries.count * MemoryLayout<KeyBlock.Entry>.stride })
        writer.put(blocks.count)
        for block in blocks { block.store(in: &writer) }
        return writer.bytes
    }

    /// - Parameter file: The number that the file of the rows has tonight.
    init(from reader: inout PartReader, file: Int32) throws(PartReader.Fault) {
        for _ in 0..<(try reader.number()) { blocks.append(try KeyBlock(from: &reader, file: file)) }
    }

    /// A row that another one of the same key replaces.
    struct Replaced: Hashable, Sendable {
        let position: Position
        let by: Position
    }

    @inline(__always)
    mutating func insert(_ key: RecordHash, at position: Position) {
        if blocks.isEmpty || blocks[blocks.count - 1].file != position.file { blocks.append(KeyBlock(file: position.file)) }
        let last = blocks.count - 1
        blocks[last].append(KeyBlock.Entry(key), line: position.line - blocks[last].linesBefore)
    }

    /// Gives back what will not be used, when all rows of a part are in.
    mutating func trim() { for index in blocks.indices { blocks[index].trim() } }

    mutating func merge(_ other: KeyIndex, linesLater: Int32 = 0) {
        for var block in other.blocks {
            block.linesBefore += linesLater
            blocks.append(block)
        }
    }

    /// Some of the keys.
    @inline(__always)
    func filtered(_ isWanted: (KeyBlock.Entry, _ line: Int32) -> Bool) -> KeyIndex {
        var wanted = KeyIndex()
        wanted.blocks = blocks.map { $0.filtered(isWanted) }
        return wanted
    }

    /// The rows that do not stand, by position, where all are in memory.
    func replaced(threads: Int) throws -> [Replaced] {
        let all = KeySpill(in: SpillFile(in: nil))
        all.take(self)
        return try all.replaced(threads: threads)
    }

    /// The rows that stand.
    func standing() throws -> Set<Position> {
        Set(blocks.flatMap { block in block.entries.indices.map { block.position($0) } }).subtracting(try replaced(threads: 1).map(\.position))
    }
}
