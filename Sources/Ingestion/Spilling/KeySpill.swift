import Warehouse

/// The keys of all rows of a source, put aside by ranges of their hashes, to find which row stands for each key.
final class KeySpill {
    /// A key with the row that has it, counted through the source.
    private struct Entry: BitwiseCopyable, Sendable {
        let key: KeyBlock.Entry
        let row: UInt32
    }

    /// Keys are looked through one range of hashes at a time: as many bits of them tell the ranges apart.
    private static let bits: UInt32 = 7

    private let file: SpillFile
    private let writer: SpillWriter<Entry>
    private var lines = RowLines()

    init(in file: SpillFile) { (self.file, writer) = (file, SpillWriter(parts: 1 << KeySpill.bits, in: file)) }

    /// Takes the keys of a part of a file.
    ///
    /// - Parameter linesLater: How many lines of the file lie before it.
    func take(_ keys: KeyIndex, linesLater: Int = 0) { take(keys, linesLater: linesLater, in: writer) }

    private func take(_ keys: KeyIndex, linesLater: Int, in writer: SpillWriter<Entry>) {
        for block in keys.blocks {
            let first = lines.add(block, linesLater: Int32(truncatingIfNeeded: linesLater))
            block.entries.withUnsafeBufferPointer { entries in
                for (place, entry) in entries.enumerated() {
                    writer.append(
                        Entry(key: entry, row: first &+ UInt32(truncatingIfNeeded: place)), to: Int(truncatingIfNeeded: entry.low >> (32 - KeySpill.bits)))
                }
            }
        }
    }

    /// The rows that do not stand, by position; nothing is taken afterwards. The keys are looked through on several threads.
    ///
    /// - Parameter known: Keys of other parts, which were not taken: those among them are that may stand more than once.
    /// - Throws: `WarehouseError.cannotStore` where the disk does not give back what was put aside; what the known ones throw when they are opened.
    func replaced(_ known: [KnownKeys] = [], threads: Int) throws -> [KeyIndex.Replaced] {
        let taken = writer.end()
        let added = try take(known, beside: taken, threads: threads)
        let lines = lines
        let found = concurrentMap(1 << Int(KeySpill.bits), threads: threads) { part in
            Result { KeySpill.replaced(among: try taken.entries(of: part) + added.entries(of: part), lines) }
        }
        return try found.flatMap { try $0.get() }.sorted { $0.position < $1.position }
    }

    /// Takes those keys that may be one of the others, or are known to stand more than once.
    private func take(_ known: [KnownKeys], beside taken: Spilled<Entry>, threads: Int) throws -> Spilled<Entry> {
        let filter = try filter(for: known, beside: taken, threads: threads)
        // Where no other row was read, only rows can be repeated that are known to be.
        let asked = lines.count == 0 ? known.filter { !$0.repeated.isEmpty } : known
        let writer = SpillWriter<Entry>(parts: 1 << KeySpill.bits, in: file)
        try OrderedWork(count: asked.count, threads: threads) { part in
            Result { try filter.map { try asked[part].keys(passing: $0) } ?? asked[part].open() }
        }.forEach { take(try $1.get(), linesLater: asked[$0].linesBefore, in: writer) }
        return writer.end()
    }

    /// What passes every key that was taken; `nil` where there are so many that nothing would be gained.
    private func filter(for known: [KnownKeys], beside taken: Spilled<Entry>, threads: Int) throws -> KeyFilter? {
        if lines.count * KeyFilter.rowsForEach > known.reduce(0, { $0 + $1.lines }) { return nil }
        var filter = KeyFilter(keys: lines.count)
        for part in 0..<1 << Int(KeySpill.bits) { for entry in try taken.entries(of: part) { filter.insert(entry.key) } }
        return filter
    }

    private static func replaced(among entries: [Entry], _ lines: RowLines) -> [KeyIndex.Replaced] {
        var replaced: [KeyIndex.Replaced] = []
        for group in repeated(entries) {
            let rows = group.map { lines.position(of: $0.row) }.sorted()
            guard let winner = rows.last else { continue }
            replaced += rows.dropLast().map { KeyIndex.Replaced(position: $0, by: winner) }
        }
        return replaced
    }

    /// The entries whose key stands more than once, each key's together.
    private static func repeated(_ entries: [Entry]) -> [[Entry]] {
        var bits = 1
        while 1 << bits < 2 * entries.count { bits += 1 }
        let mask = 1 << bits - 1
        var slots = [Int32](repeating: -1, count: 1 << bits)
        var rest: [Int32: [Entry]] = [:]
        entries.withUnsafeBufferPointer { entries in
            slots.withUnsafeMutableBufferPointer { slots in
                for (index, entry) in entries.enumerated() {
                    var slot = Int(entry.key.lowest) & mask
                    while slots[slot] >= 0 {
                        let first = entries[Int(slots[slot])]
                        if first.key == entry.key {
                            rest[slots[slot], default: [first]].append(entry)
                            break
                        }
                        slot = (slot + 1) & mask
                    }
                    if slots[slot] < 0 { slots[slot] = Int32(truncatingIfNeeded: index) }
                }
            }
        }
        return Array(rest.values)
    }
}

/// Where the rows of a source stand that have keys, by their number among them.
private struct RowLines: Sendable {
    /// Rows of one file whose lines follow one another.
    private struct Run: Sendable {
        let row: UInt32
        let position: Position
    }

    private var runs: [Run] = []
    private(set) var count = 0

    /// Adds the rows of a block; returns the number of the first.
    mutating func add(_ block: KeyBlock, linesLater: Int32) -> UInt32 {
        let first = count
        count += block.entries.count
        precondition(count <= UInt32.max, "more than four billion rows in a source")
        block.forEachRun { entry, position in
            runs.append(Run(row: UInt32(first + entry), position: position.later(lines: linesLater)))
        }
        return UInt32(first)
    }

    func position(of row: UInt32) -> Position {
        var (low, high) = (0, runs.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if runs[middle].row <= row { low = middle } else { high = middle }
        }
        return runs[low].position.later(lines: Int32(truncatingIfNeeded: row - runs[low].row))
    }
}
