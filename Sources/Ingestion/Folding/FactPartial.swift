import PipelineModel

/// What a run of rows comes to: counts and sums per target as written, month and measure, and the places of the adverse rows.
///
/// Partials form a commutative monoid: `fold(a ++ b) == merge(fold(a), fold(b))` in any order, the empty partial being neutral; a property test holds them to
/// this. Whoever is known for certain while a row is read stands under their number, in `known`; all other targets stand as written, and who they are is
/// decided when all rows are read.
struct FactPartial: Sendable {
    /// A count of one target, measure and month; by day where the holder of a post must be found.
    struct Cell: Hashable, Sendable {
        let target: Int32
        let measure: Int32
        let month: Int32
        /// Day number of the event; `noDay` where the target is a cadre.
        let day: Int32
    }

    /// How many rows that stand speak of a target on a day, and which row was the first to name it, whether it stands or not.
    struct Sighting: Hashable, Sendable {
        var rows: Int64
        var first: Position

        mutating func add(_ other: Sighting) {
            rows += other.rows
            first = min(first, other.first)
        }
    }

    /// A target and a day.
    struct TargetDay: Hashable, Sendable {
        let target: Int32
        let day: Int32
    }

    /// What a row added to one measure.
    struct Increment: Hashable, Sendable {
        let measure: Int32
        let month: Int32
        let sums: Sums
    }

    /// One adverse row: excluding it later subtracts its own increments, so that nothing is read twice.
    struct Evidence: Hashable, Sendable {
        let position: Position
        let recordID: String?
        /// Code of the reform, where the row says so.
        let reform: String?
        /// A place among the targets as written; below zero the complement of a cadre's place among all.
        var target: Int32
        let day: Int32
        let increments: [Increment]
    }

    static let noDay = Int32.min

    /// Targets as written, of rows whose cadre is not known.
    var targets = TargetTable()
    var cells = CellTable()
    /// What rows of known cadres add, but for marks.
    var known = CadreLog()
    var marks = RatingLog()
    var evidence = EvidenceLog()
    var sightings = SightingTable()
    var keys = KeyIndex()
    /// Newest day of the field that the contract's freshness watches.
    var newestDay: CalendarDate? { newestDayNumber == FactPartial.noDay ? nil : CalendarDate(dayNumber: newestDayNumber) }
    private(set) var newestDayNumber = FactPartial.noDay
    /// Rows that stand and count for nothing, because they have no date.
    var undatedRows = 0

    /// The line of a target's cells in a month, and on a day where one is given.
    @inline(__always)
    mutating func line(target: Int32, month: Int32, day: Int32) -> Int { cells.line(target: target, month: month, day: day) }

    /// Adds what one row adds to a measure, in a line of cells.
    @inline(__always)
    mutating func add(_ increment: Increment, at line: Int) { cells.add(increment.sums, measure: Int(increment.measure), at: line) }

    mutating func add(_ sighting: Sighting, of target: TargetDay) { sightings.add(sighting, of: target) }

    /// Takes the adverse rows and the keys of a part of a file.
    ///
    /// - Parameter target: Whom a row is about, as `Evidence` has it, by the target that it has and its day.
    mutating func take(_ evidence: EvidenceLog, keys: KeyIndex, target: (inout FactPartial, Int32, Int32) -> Int32) {
        var evidence = evidence
        evidence.end { target(&self, $0, $1) }
        (self.evidence, self.keys) = (evidence, keys)
    }

    /// - Parameter day: Its number.
    @inline(__always)
    mutating func note(newest day: Int32) { newestDayNumber = max(newestDayNumber, day) }

    mutating func noteUndatedRow() { undatedRows += 1 }

    /// Forgets what rows of known cadres came to, where it is kept elsewhere.
    mutating func forgetKnown() {
        known = CadreLog()
        marks.forgetKnown()
    }

    /// Whether no row was folded into anything that taking it back would change.
    var isBare: Bool { cells.isEmpty && known.isEmpty && marks.isEmpty && evidence.isEmpty && sightings.isEmpty && undatedRows == 0 }

    /// Adds another partial.
    ///
    /// - Parameter linesLater: How many lines lie before the rows of the other one, where it counted from the start of its part of a file.
    mutating func merge(_ other: FactPartial, linesLater: Int = 0) {
        let places = targets.intern(other.targets)
        let lines = cells.merge(other.cells, targets: places)
        known.merge(other.known)
        marks.merge(other.marks, lines: lines)
        let linesLater = Int32(truncatingIfNeeded: linesLater)
        evidence.merge(other.evidence, targets: places, linesLater: linesLater)
        sightings.merge(other.sightings, targets: places, linesLater: linesLater)
        keys.merge(other.keys, linesLater: linesLater)
        note(newest: other.newestDayNumber)
        undatedRows += other.undatedRows
    }

    /// Takes back rows that turned out not to stand, given what they alone fold to: counts, evidence, sightings and undated rows are then those
    /// of the other rows. What speaks of all rows that were read stays: the keys, the newest day, and where a target was first named.
    mutating func retract(_ rows: FactPartial, at positions: Set<Position>) {
        let places = targets.intern(rows.targets)
        let lines = cells.subtract(rows.cells, targets: places)
        known.takeBack(rows.known)
        marks.takeBack(rows.marks, lines: lines)
        evidence.remove(at: positions)
        sightings.subtract(rows.sightings, targets: places)
        undatedRows -= rows.undatedRows
    }
}
