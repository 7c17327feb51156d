import PipelineModel

/// What a run of rows comes to: counts and sums per target as written, month and measure, and the places of the adverse rows.
///
/// Partials form a commutative monoid: `fold(a ++ b) == merge(fold(a), fold(b))` in any order, the empty partial being neutral. A partial knows
/// nothing of the roster: whom a target is, is decided after merging. A property test holds it to this.
struct FactPartial: Sendable {
    /// A count of one target, measure and month; by day where the holder of a post must be found.
    struct Cell: Hashable, Sendable {
        let target: Int32
        let measure: Int32
        let month: Int32
        /// Day number of the event; `noDay` where the target is a cadre.
        let day: Int32

        /// The same cell of a partial that has its targets at other places.
        func moved(_ place: [Int32]) -> Cell { Cell(target: place[Int(target)], measure: measure, month: month, day: day) }
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

    /// What one rater gave one target in a month.
    struct Rating: Hashable, Sendable {
        let cell: Cell
        let rater: Int32
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
        var target: Int32
        let day: Int32
        let increments: [Increment]
    }

    static let noDay = Int32.min

    private(set) var targets = TargetTable()
    private(set) var cells: [Cell: Sums] = [:]
    /// Raters as written; what they wrote is forgotten once the raters are numbered.
    private(set) var raters = TargetTable()
    private(set) var ratings: [Rating: Sums] = [:]
    private(set) var evidence: [Evidence] = []
    private(set) var sightings: [TargetDay: Sighting] = [:]
    private(set) var keys = KeyIndex()
    /// Newest day of the field that the contract's freshness watches.
    private(set) var newestDay: CalendarDate?
    /// Rows that stand and count for nothing, because they have no date.
    private(set) var undatedRows = 0

    /// The place of a target as written.
    mutating func intern(_ form: TargetForm, _ key: UnsafeBufferPointer<UInt8>) -> Int32 { targets.intern(form, key) }

    mutating func add(_ sums: Sums, to cell: Cell) { cells[cell, default: Sums()] += sums }

    /// The place of a rater as written.
    mutating func internRater(_ key: UnsafeBufferPointer<UInt8>) -> Int32 { raters.intern(.cadre, key) }

    mutating func add(_ sums: Sums, to rating: Rating) { ratings[rating, default: Sums()] += sums }

    mutating func add(_ row: Evidence) { evidence.append(row) }

    mutating func sight(_ target: TargetDay, at position: Position) {
        sightings[target, default: Sighting(rows: 0, first: position)].add(Sighting(rows: 1, first: position))
    }

    mutating func note(key: RecordHash, content: UInt64, at position: Position) { keys.insert(key, content: content, at: position) }

    mutating func note(newest day: CalendarDate) { newestDay = newestDay.map { max($0, day) } ?? day }

    mutating func noteUndatedRow() { undatedRows += 1 }

    /// Whether no row was folded into anything that taking it back would change.
    var isBare: Bool { cells.isEmpty && evidence.isEmpty && sightings.isEmpty && undatedRows == 0 }

    /// Adds another partial.
    mutating func merge(_ other: FactPartial) {
        let place = other.targets.keys.map { key in key.bytes.withUnsafeBufferPointer { targets.intern(key.form, $0) } }
        for (cell, sums) in other.cells { add(sums, to: cell.moved(place)) }
        let raterPlace = other.raters.keys.map { key in key.bytes.withUnsafeBufferPointer { raters.intern(key.form, $0) } }
        for (rating, sums) in other.ratings { add(sums, to: Rating(cell: rating.cell.moved(place), rater: raterPlace[Int(rating.rater)])) }
        for var row in other.evidence {
            row.target = place[Int(row.target)]
            evidence.append(row)
        }
        for (target, sighting) in other.sightings {
            sightings[TargetDay(target: place[Int(target.target)], day: target.day), default: Sighting(rows: 0, first: sighting.first)].add(sighting)
        }
        keys.merge(other.keys)
        if let day = other.newestDay { note(newest: day) }
        undatedRows += other.undatedRows
    }

    /// Takes back rows that turned out not to stand, given what they alone fold to: counts, evidence, sightings and undated rows are then those
    /// of the other rows. What speaks of all rows that were read stays: the keys, the newest day, and where a target was first named.
    mutating func retract(_ rows: FactPartial, at positions: Set<Position>) {
        let place = rows.targets.keys.map { key in key.bytes.withUnsafeBufferPointer { targets.intern(key.form, $0) } }
        for (cell, sums) in rows.cells { cells.subtract(sums, at: cell.moved(place)) }
        let raterPlace = rows.raters.keys.map { key in key.bytes.withUnsafeBufferPointer { raters.intern(key.form, $0) } }
        for (rating, sums) in rows.ratings { ratings.subtract(sums, at: Rating(cell: rating.cell.moved(place), rater: raterPlace[Int(rating.rater)])) }
        evidence.removeAll { positions.contains($0.position) }
        for (target, sighting) in rows.sightings {
            let mine = TargetDay(target: place[Int(target.target)], day: target.day)
            guard var standing = sightings[mine] else { continue }
            standing.rows -= sighting.rows
            sightings[mine] = standing.rows > 0 ? standing : nil
        }
        undatedRows -= rows.undatedRows
    }
}
