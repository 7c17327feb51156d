import PipelineModel

/// A partial in a form that does not depend on the order in which it saw its targets: equal for partials that say the same.
struct CanonicalFacts: Hashable, Sendable {
    /// Whom something is about: as written, or the place of a cadre who was known.
    enum Target: Hashable, Sendable {
        case written(TargetTable.Key)
        case cadre(Int32)
    }

    struct Cell: Hashable, Sendable {
        let target: Target
        let measure: Int32
        let month: Int32
        /// `noDay` where the target is a cadre.
        let day: Int32
    }

    /// A cell and the rater as written.
    struct Rating: Hashable, Sendable {
        let cell: Cell
        let rater: [UInt8]
    }

    /// A target as written, and a day.
    struct TargetDay: Hashable, Sendable {
        let target: TargetTable.Key
        let day: Int32
    }

    struct Evidence: Hashable, Sendable {
        let position: Position
        let recordID: String?
        let reform: String?
        let target: Target
        let day: Int32
        let increments: Set<FactPartial.Increment>
    }

    private(set) var cells: [Cell: Sums] = [:]
    /// What each rater gave, with the rater as written.
    private(set) var ratings: [Rating: Sums] = [:]
    /// How often each adverse row stands in the evidence: once, where nothing was folded twice.
    let evidence: [Evidence: Int]
    let sightings: [TargetDay: FactPartial.Sighting]
    let standing: Set<Position>
    let replaced: [KeyIndex.Replaced]
    let newestDay: CalendarDate?
    let undatedRows: Int

    /// - Parameter raters: As written, of each memory that marks name.
    init(_ partial: FactPartial, raters: [TargetTable]) throws {
        let targets = partial.targets.keys
        evidence = partial.evidence.reduce(into: [:]) { counts, row in
            let entry = Evidence(
                position: row.position, recordID: row.recordID, reform: row.reform,
                target: row.target < 0 ? .cadre(~row.target) : .written(targets[Int(row.target)]), day: row.day, increments: Set(row.increments))
            counts[entry, default: 0] += 1
        }
        sightings = Dictionary(
            uniqueKeysWithValues: partial.sightings.map { place, sighting in
                (TargetDay(target: targets[Int(place.target)], day: place.day), sighting)
            })
        standing = try partial.keys.standing()
        replaced = try partial.keys.replaced(threads: 1)
        newestDay = partial.newestDay
        undatedRows = partial.undatedRows
        for (cell, sums) in partial.cells { cells[CanonicalFacts.cell(cell, targets), default: Sums()] += sums }
        add(partial.known.added, 1)
        add(partial.known.takenBack, -1)
        partial.marks.added.forEach { add($0, 1, partial, raters[$1]) }
        partial.marks.takenBack.forEach { add($0, -1, partial, raters[$1]) }
        cells = cells.filter { !$1.isZero }
        ratings = ratings.filter { !$1.isZero }
    }

    private static func cell(_ cell: FactPartial.Cell, _ targets: TargetTable.Keys) -> Cell {
        Cell(target: .written(targets[Int(cell.target)]), measure: cell.measure, month: cell.month, day: cell.day)
    }

    private static func cell(_ cadre: Int32, _ measure: Int, _ month: Int16) -> Cell {
        Cell(target: .cadre(cadre), measure: Int32(measure), month: Int32(month), day: FactPartial.noDay)
    }

    private mutating func add(_ entries: CadreLog.Entries, _ sign: Int64) {
        entries.counts.forEach { count, _ in
            KnownByCadre.Count(count).forEachMeasure { cells[CanonicalFacts.cell(count.cadre, $0, count.month), default: Sums()] += Sums(count: sign) }
        }
        entries.values.forEach { entry, _ in
            cells[CanonicalFacts.cell(entry.cadre, Int(entry.measure), entry.month), default: Sums()] += Sums(of: entry.value, times: sign)
        }
    }

    private mutating func add(_ mark: RatingLog.Mark, _ sign: Int64, _ partial: FactPartial, _ raters: TargetTable) {
        let sums = Sums(of: Int64(mark.value), times: sign)
        let cell: Cell
        if let cadre = mark.knownCadre {
            cell = CanonicalFacts.cell(cadre, Int(mark.measure), mark.month)
            cells[cell, default: Sums()] += sums
        } else {
            cell = CanonicalFacts.cell(partial.cells.cell(Int(mark.target), measure: Int(mark.measure)), partial.targets.keys)
        }
        ratings[Rating(cell: cell, rater: raters.keys[Int(mark.rater)].bytes), default: Sums()] += sums
    }
}
