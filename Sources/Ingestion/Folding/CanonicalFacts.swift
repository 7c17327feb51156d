import PipelineModel

/// A partial in a form that does not depend on the order in which it saw its targets: equal for partials that say the same.
struct CanonicalFacts: Hashable, Sendable {
    /// A cell with its target as written.
    struct Cell: Hashable, Sendable {
        let target: TargetTable.Key
        let measure: Int32
        let month: Int32
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

    /// An adverse row with its target as written.
    struct Evidence: Hashable, Sendable {
        let position: Position
        let recordID: String?
        let reform: String?
        let target: TargetTable.Key
        let day: Int32
        let increments: Set<FactPartial.Increment>
    }

    let cells: [Cell: Sums]
    /// What each rater gave, with the rater as written.
    let ratings: [Rating: Sums]
    /// How often each adverse row stands in the evidence: once, where nothing was folded twice.
    let evidence: [Evidence: Int]
    let sightings: [TargetDay: FactPartial.Sighting]
    let standing: Set<Position>
    let replaced: [KeyIndex.Replaced]
    let newestDay: CalendarDate?
    let undatedRows: Int

    init(_ partial: FactPartial) {
        let (targets, raters) = (partial.targets.keys, partial.raters.keys)
        func written(_ cell: FactPartial.Cell) -> Cell {
            Cell(target: targets[Int(cell.target)], measure: cell.measure, month: cell.month, day: cell.day)
        }
        cells = Dictionary(uniqueKeysWithValues: partial.cells.map { (written($0), $1) })
        ratings = Dictionary(
            partial.ratings.map { (Rating(cell: written($0.cell), rater: raters[Int($0.rater)].bytes), $1) },
            uniquingKeysWith: { left, right in
                var sums = left
                sums += right
                return sums
            })
        evidence = partial.evidence.reduce(into: [:]) { counts, row in
            let entry = Evidence(
                position: row.position, recordID: row.recordID, reform: row.reform, target: targets[Int(row.target)], day: row.day,
                increments: Set(row.increments))
            counts[entry, default: 0] += 1
        }
        sightings = Dictionary(
            uniqueKeysWithValues: partial.sightings.map { place, sighting in
                (TargetDay(target: targets[Int(place.target)], day: place.day), sighting)
            })
        standing = partial.keys.standing
        replaced = partial.keys.replaced(threads: 1)
        newestDay = partial.newestDay
        undatedRows = partial.undatedRows
    }
}
