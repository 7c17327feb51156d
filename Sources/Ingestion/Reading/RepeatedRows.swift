import Warehouse

/// What rows say whose key stands more than once. They are few, so that they are read again to see it, and nothing is kept of all others for it.
struct RepeatedRows {
    /// A row that is read again.
    struct Line: Equatable {
        /// Where it starts.
        let line: Int32
        /// Whether what it alone comes to is asked for: it will be taken back.
        let isFolded: Bool
    }

    /// What some rows came to.
    struct Read {
        /// What those that are folded come to together.
        var facts = FactPartial()
        /// A hash of all that each says, in the order of the lines.
        var contents: [UInt64] = []
    }

    /// By file, what the rows come to that do not stand; nothing where they came to nothing.
    private(set) var facts: [Int: FactPartial] = [:]
    /// By file, the rows that were read, and a hash of what each says.
    private var said: [Int: (lines: [Line], contents: [UInt64])] = [:]

    /// - Parameters:
    ///   - replaced: Rows that do not stand.
    ///   - parts: Of each file of the source; none for one of which nothing was read.
    ///   - folding: Whether rows came to anything that taking them back would change.
    /// - Throws: `TablesError` where a file cannot be read again.
    init(_ replaced: [KeyIndex.Replaced], in parts: [FileParts?], firstFileID: Int, folding: Bool) throws {
        // A file that is delivered twice has millions of them: lists of numbers, and no sets.
        var (lost, kept): ([Int32: [Int32]], [Int32: [Int32]]) = ([:], [:])
        for row in replaced {
            lost[row.position.file, default: []].append(row.position.line)
            kept[row.by.file, default: []].append(row.by.line)
        }
        for (index, part) in parts.enumerated() {
            let file = Int32(firstFileID + index)
            let lines = RepeatedRows.lines(lost: lost.removeValue(forKey: file) ?? [], kept: kept.removeValue(forKey: file) ?? [], folding: folding)
            guard let part, !lines.isEmpty else { continue }
            let read = try part.readAgain(lines)
            said[firstFileID + index] = (lines, read.contents)
            if folding { facts[firstFileID + index] = read.facts }
        }
    }

    /// All lines of a file that are read again, ascending and each once: a row that stands may replace several.
    private static func lines(lost: [Int32], kept: [Int32], folding: Bool) -> [Line] {
        let (lost, kept) = (lost.sorted(), kept.sorted())
        var lines: [Line] = []
        lines.reserveCapacity(lost.count + kept.count)
        var next = 0
        for line in kept {
            while next < lost.count, lost[next] < line {
                lines.append(Line(line: lost[next], isFolded: folding))
                next += 1
            }
            if lines.last?.line != line { lines.append(Line(line: line, isFolded: false)) }
        }
        return lines + lost[next...].map { Line(line: $0, isFolded: folding) }
    }

    /// Whether a row says the same as the one that replaces it.
    func isDuplicate(_ row: KeyIndex.Replaced) -> Bool {
        guard let own = content(at: row.position), let other = content(at: row.by) else { return false }
        return own == other
    }

    private func content(at position: Position) -> UInt64? {
        guard let (lines, contents) = said[Int(position.file)] else { return nil }
        var (low, high) = (0, lines.count)
        while low < high {
            let middle = (low + high) / 2
            if lines[middle].line < position.line { low = middle + 1 } else { high = middle }
        }
        return low < contents.count && lines[low].line == position.line ? contents[low] : nil
    }
}
