/// Keys of the rows of a part that are not at hand, because it is known from another night which of them stand more than once among those of parts like it.
struct KnownKeys: Sendable {
    /// Lines of the file before the part.
    let linesBefore: Int
    /// How many lines it has: as many rows, but for those that take several.
    let lines: Int
    /// Lines of rows whose key stands more than once, ascending, which count from the start of the part.
    let repeated: [Int32]
    /// All keys of the part, whose lines count from its start.
    let open: @Sendable () throws -> KeyIndex
}

/// The parts of a source as they are taken, by what is known of their keys.
struct KeyedParts {
    private struct Taken {
        let identity: String
        let file: Int32
        /// Where its rows start: after the first, and at the latest on the second.
        let (linesBefore, lastLine): (Int, Int)
    }

    /// What is known from another night.
    let ledger: KeyLedger
    /// Parts whose keys were not taken.
    private(set) var known: [KnownKeys] = []
    private var taken: [Taken] = []
    private var seen: Set<String> = []

    init(_ ledger: KeyLedger) { self.ledger = ledger }

    /// Takes the next part.
    ///
    /// - Parameter linesBefore: Lines of the file before it.
    /// - Returns: Its keys, where they are to be looked through with those of all other parts.
    /// - Throws: `TablesError` where they are nowhere to be had any more.
    mutating func take(_ part: RangeReader.Outcome, from reader: RangeReader, linesBefore: Int) throws -> KeyIndex {
        guard let identity = part.keyIdentity else { return part.account.partial.keys }
        let last = linesBefore + part.lines + (part.endsWithLineBreak ? 0 : 1)
        taken.append(Taken(identity: identity, file: Int32(reader.fileID), linesBefore: linesBefore, lastLine: last))
        let isFirst = seen.insert(identity).inserted
        guard part.lacksKeys else { return part.account.partial.keys }
        let (range, seal) = (part.range, part.seal)
        let open: @Sendable () throws -> KeyIndex = { try reader.keys(of: range, seal) }
        // It is known of one such part, and not of two.
        guard isFirst, let repeated = ledger.repeated[identity] else { return try open() }
        known.append(KnownKeys(linesBefore: linesBefore, lines: part.lines, repeated: repeated, open: open))
        return KeyIndex()
    }

    /// What is known of the parts that were taken.
    ///
    /// - Parameter replaced: Of all rows of the source those that do not stand.
    func ledger(_ replaced: [KeyIndex.Replaced]) -> KeyLedger {
        // A file that is delivered twice has millions of them, of which nothing would be listed.
        if replaced.count * KeyLedger.linesForEachRepeated > taken.reduce(0, { $0 + $1.lastLine - $1.linesBefore }) { return KeyLedger() }
        var repeated: [Int32: [Int32]] = [:]
        for row in replaced {
            for position in [row.position, row.by] { repeated[position.file, default: []].append(position.line) }
        }
        for file in repeated.keys { repeated[file]?.sort() }
        var ledger = KeyLedger()
        for part in taken {
            let all = repeated[part.file] ?? []
            let (first, end) = (all.partitioned { Int($0) > part.linesBefore }, all.partitioned { Int($0) > part.lastLine })
            ledger.add(
                part.identity, repeated: all[first..<end].map { $0 - Int32(truncatingIfNeeded: part.linesBefore) }, of: part.lastLine - part.linesBefore)
        }
        return ledger
    }
}
