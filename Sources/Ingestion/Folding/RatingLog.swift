/// Every mark that a rater gave, as it came: nearly every one is a cell of its own, so that adding them up while reading would gain nothing.
struct RatingLog: Sendable {
    /// One mark.
    struct Mark: Sendable {
        /// The line of the `CellTable` beside it, which has the mark among its sums too; below zero a cadre, as `knownCadre` has it, whose facts are
        /// added up from the marks.
        var target: Int32
        /// Among those as written in the `ReadingMemory` of the thread that read the row.
        let rater: Int32
        let month: Int16
        let measure: Int16
        /// What was added; the mark's square is the square of it.
        let value: Int32

        /// The place among all cadres of one who was known while the row was read; `nil` where the target is a line.
        @inline(__always)
        var knownCadre: Int32? { target < 0 ? ~target : nil }
    }

    /// Each with the number of the memory that has its rater.
    private(set) var added = EntryBlocks<Mark>()
    private(set) var takenBack = EntryBlocks<Mark>()

    /// Whether there never was a mark.
    var isEmpty: Bool { added.isEmpty && takenBack.isEmpty }

    /// Makes room for marks that will be added.
    mutating func reserve(_ count: Int) { added.reserve(count) }

    @inline(__always)
    mutating func add(_ mark: Mark, memory: Int) { added.append(mark, origin: memory) }

    /// Adds another log, whose lines have other places.
    mutating func merge(_ other: RatingLog, lines: [Int32]) {
        added.append(RatingLog.moved(other.added, lines))
        takenBack.append(RatingLog.moved(other.takenBack, lines))
    }

    /// Takes back the marks of another log, each once; its lines have other places.
    mutating func takeBack(_ other: RatingLog, lines: [Int32]) {
        takenBack.append(RatingLog.moved(other.added, lines))
        added.append(RatingLog.moved(other.takenBack, lines))
    }

    /// Forgets the marks of cadres who were known.
    mutating func forgetKnown() {
        added = added.filtered { $0.knownCadre == nil }
        takenBack = takenBack.filtered { $0.knownCadre == nil }
    }

    private static func moved(_ marks: EntryBlocks<Mark>, _ lines: [Int32]) -> EntryBlocks<Mark> {
        // Where every target was known there is nothing to look up, and the marks stay where they lie.
        if lines.isEmpty { return marks }
        var moved = marks
        moved.change { mark in if mark.target >= 0 { mark.target = lines[Int(mark.target)] } }
        return moved
    }
}
