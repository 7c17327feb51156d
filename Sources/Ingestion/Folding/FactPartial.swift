import PipelineModel

/// Counts, sums and sums of squares: whole numbers, so that adding is exact in any order.
struct Sums: Hashable, Sendable {
    var count: Int64 = 0
    var sum: Int64 = 0
    var sumOfSquares: Int64 = 0

    static func += (left: inout Sums, right: Sums) {
        left.count += right.count
        left.sum += right.sum
        left.sumOfSquares += right.sumOfSquares
    }

    static func -= (left: inout Sums, right: Sums) {
        left.count -= right.count
        left.sum -= right.sum
        left.sumOfSquares -= right.sumOfSquares
    }

    var isZero: Bool { count == 0 && sum == 0 && sumOfSquares == 0 }
}

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
    }

    /// A target on a day, and how many rows speak of it.
    struct Sighting: Hashable, Sendable {
        var rows: Int64
        var first: Position
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
    private(set) var evidence: [Evidence] = []
    private(set) var sightings: [TargetDay: Sighting] = [:]
    private(set) var keys = KeyIndex()
    /// Newest day of the field that the contract's freshness watches.
    private(set) var newestDay: CalendarDate?
    /// Rows that count for nothing because they have no date.
    private(set) var undatedRows = 0

    /// The place of a target as written.
    mutating func intern(_ form: TargetForm, _ key: UnsafeBufferPointer<UInt8>) -> Int32 { targets.intern(form, key) }

    mutating func add(_ sums: Sums, to cell: Cell) { cells[cell, default: Sums()] += sums }

    mutating func add(_ row: Evidence) { evidence.append(row) }

    mutating func sight(_ target: TargetDay, at position: Position) {
        sightings[target, default: Sighting(rows: 0, first: position)].rows += 1
        if let first = sightings[target]?.first, position < first { sightings[target]?.first = position }
    }

    mutating func note(key: RecordHash, content: UInt64, at position: Position) { keys.insert(key, content: content, at: position) }

    mutating func note(newest day: CalendarDate) { newestDay = newestDay.map { max($0, day) } ?? day }

    mutating func noteUndatedRow() { undatedRows += 1 }

    /// Adds another partial.
    mutating func merge(_ other: FactPartial) {
        let place = other.targets.keys.map { key in key.bytes.withUnsafeBufferPointer { targets.intern(key.form, $0) } }
        for (cell, sums) in other.cells {
            add(sums, to: Cell(target: place[Int(cell.target)], measure: cell.measure, month: cell.month, day: cell.day))
        }
        for var row in other.evidence {
            row.target = place[Int(row.target)]
            evidence.append(row)
        }
        for (target, sighting) in other.sightings {
            let mine = TargetDay(target: place[Int(target.target)], day: target.day)
            guard let standing = sightings[mine] else {
                sightings[mine] = sighting
                continue
            }
            sightings[mine] = Sighting(rows: standing.rows + sighting.rows, first: min(standing.first, sighting.first))
        }
        keys.merge(other.keys)
        if let day = other.newestDay { note(newest: day) }
        undatedRows += other.undatedRows
    }

    /// Takes back rows that turned out not to stand, given what they alone fold to. Keys are left as they are.
    mutating func retract(_ rows: FactPartial, at positions: Set<Position>) {
        let place = rows.targets.keys.map { key in key.bytes.withUnsafeBufferPointer { targets.intern(key.form, $0) } }
        for (cell, sums) in rows.cells {
            let mine = Cell(target: place[Int(cell.target)], measure: cell.measure, month: cell.month, day: cell.day)
            cells[mine, default: Sums()] -= sums
            if cells[mine]?.isZero == true { cells[mine] = nil }
        }
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

/// Targets as written, each with a place of its own.
struct TargetTable: Sendable {
    /// A form and the bytes of its fields, joined by unit separators.
    struct Key: Hashable, Sendable {
        let form: TargetForm
        let bytes: [UInt8]

        /// The fields that the form names, as text.
        var parts: [String] {
            bytes.split(separator: TargetTable.separator, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
        }
    }

    static let separator: UInt8 = 0x1F

    private(set) var keys: [Key] = []
    private var slots: [Int32] = Array(repeating: -1, count: 64)
    private var hashes: [UInt64] = []

    mutating func intern(_ form: TargetForm, _ bytes: UnsafeBufferPointer<UInt8>) -> Int32 {
        var hash = RecordHash()
        hash.mix(UInt64(form.place))
        hash.combine(bytes)
        var slot = Int(truncatingIfNeeded: hash.low) & (slots.count - 1)
        while slots[slot] >= 0 {
            let place = Int(slots[slot])
            if hashes[place] == hash.low, keys[place].form == form, keys[place].bytes.elementsEqual(bytes) { return Int32(place) }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = Int32(keys.count)
        keys.append(Key(form: form, bytes: Array(bytes)))
        hashes.append(hash.low)
        if keys.count * 2 > slots.count { grow() }
        return Int32(keys.count - 1)
    }

    private mutating func grow() {
        slots = Array(repeating: -1, count: slots.count * 2)
        for (place, hash) in hashes.enumerated() {
            var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(place)
        }
    }
}

extension TargetForm {
    fileprivate var place: Int {
        switch self {
        case .cadre: 0
        case .unitAndPost: 1
        case .unitAndName: 2
        }
    }
}
