import PipelineModel
import Warehouse

/// A target as written and the day on which it is looked for.
struct LinkKey: Hashable, Sendable {
    let key: TargetTable.Key
    let day: Int32

    /// `nil` where the day is not known.
    var knownDay: Int32? { day == FactPartial.noDay ? nil : day }
}

/// The distinct targets in words of a night, over all sources.
struct LinkTargets {
    /// Where a target stands: the contract, how many rows, and the first of them; no row where only a measure looks at the day.
    struct Place {
        var source: String
        var rows: Int
        var first: Position
    }

    private(set) var places: [LinkKey: Place] = [:]
    /// The exports that they stand in, for findings.
    let files: String

    /// Rows that are kept are passed once; of folded ones the partial knows.
    init(_ sources: [IngestedSource], in transaction: Transaction) throws {
        files = sources.filter { $0.contract.targets.contains(.words) }.flatMap(\.files).map(\.path).joined(separator: " ")
        for source in sources where source.contract.targets.contains(.words) {
            let partial = source.partial
            if source.contract.keep == .rows {
                try addRows(of: source, in: transaction)
            } else {
                for (target, sighting) in partial.sightings {
                    add(partial.targets.keys[Int(target.target)], target.day, source, rows: Int(sighting.rows), sighting.first)
                }
            }
            for (cell, _) in partial.cells {
                let none = Position(file: Int32(source.files.first?.fileID ?? 0), line: 0)
                add(partial.targets.keys[Int(cell.target)], cell.day, source, rows: 0, none)
            }
        }
    }

    private mutating func addRows(of source: IngestedSource, in transaction: Transaction) throws {
        let role = source.contract.role
        let files = Set(source.files.map(\.fileID))
        let names = Set(source.contract.targets.flatMap(\.fields) + [role.eventDateField].compactMap { $0 })
        try transaction.forEachRow(of: role, reading: names, ifUnresolved: true) { row in
            guard files.contains(row.fileID) else { return }
            let fields = NamedFields(row, role)
            guard let key = source.contract.target(in: fields) else { return }
            let day = role.eventDateField.flatMap { fields.day($0) }?.dayNumber ?? FactPartial.noDay
            add(key, day, source, rows: 1, Position(file: Int32(row.fileID), line: Int32(row.line)))
        }
    }

    private mutating func add(_ key: TargetTable.Key, _ day: Int32, _ source: IngestedSource, rows: Int, _ position: Position) {
        guard key.form == .words else { return }
        let target = LinkKey(key: key, day: day)
        guard var place = places[target], place.rows > 0 || rows == 0 else {
            places[target] = Place(source: source.contract.name, rows: rows, first: position)
            return
        }
        place.rows += rows
        if rows > 0, position < place.first { (place.first, place.source) = (position, source.contract.name) }
        places[target] = place
    }

    /// The targets in the order of their bytes, then days: the same whatever order they came in.
    var sorted: [LinkKey] {
        places.keys.sorted { left, right in
            if left.key.bytes != right.key.bytes { return left.key.bytes.lexicographicallyPrecedes(right.key.bytes) }
            return left.day < right.day
        }
    }
}

extension SourceContract {
    /// How a row that is kept names whom it is about: the first form that is written; `nil` where none is.
    func target(in fields: NamedFields) -> TargetTable.Key? {
        guard let form = targets.first(where: { $0.isWritten { fields.text($0) != nil } }) else { return nil }
        return TargetTable.Key(form: form, bytes: Array(form.fields.map { fields.text($0) ?? "" }.joined(separator: "\u{1F}").utf8))
    }
}
