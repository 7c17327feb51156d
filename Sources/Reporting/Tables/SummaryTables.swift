import PipelineModel
import Statistics
import Tables
import Warehouse

/// How many people a line of a summary counts. A person in service is judged or not judged, and may be flagged either way.
struct Tally {
    var judged = 0
    var notJudged = 0
    var flagged = 0

    var cadres: Int { judged + notJudged }
}

/// One unit's or one kind's line.
struct SummaryLine {
    var unitID: String?
    var unitName: String?
    var kind: KindOfBody?
    var tally = Tally()
    /// Whether cells of few people are left blank.
    var suppresses = false

    /// Fewer people than this, and not none, are a small cell (guard rail 8).
    static let smallestCell = 5

    private func isSmall(_ count: Int) -> Bool { suppresses && count > 0 && count < SummaryLine.smallestCell }

    var hidesEverything: Bool { isSmall(tally.cadres) }
    /// Judged and not judged are hidden together: either one would follow from the other and the sum.
    var hidesJudged: Bool { hidesEverything || isSmall(tally.judged) || isSmall(tally.notJudged) }
    var hidesFlagged: Bool { hidesEverything || isSmall(tally.flagged) }
    var isSuppressed: Bool { hidesEverything || hidesJudged || hidesFlagged }
}

/// Headcounts by unit and by kind of body.
enum SummaryTables {
    static let byUnit = Table<SummaryLine>(
        "summary_by_unit", "one unit: its cadres in service, judged, not judged and flagged; cells of fewer than 5 people are blank", isListOfNames: false,
        columns: [
            Column("unit_id", "the unit; blank for cadres whose unit is unknown") { .text(optional: $0.unitID) },
            Column("unit_name", "its name") { .text(optional: $0.unitName) },
        ] + counts
    ) { night, body in
        for line in try units(of: night) { try body(line) }
    }

    static let byKind = Table<SummaryLine>(
        "summary_by_kind", "one kind of body: its cadres in service, judged, not judged and flagged; for the department, not for units", isListOfNames: false,
        columns: counts
    ) { night, body in
        var tallies: [KindOfBody?: Tally] = [:]
        for line in try units(of: night) {
            tallies[line.kind, default: Tally()].judged += line.tally.judged
            tallies[line.kind, default: Tally()].notJudged += line.tally.notJudged
            tallies[line.kind, default: Tally()].flagged += line.tally.flagged
        }
        for kind in KindOfBody.allCases.map(Optional.some) + [nil] {
            if let tally = tallies[kind], kind != nil || tally.cadres > 0 { try body(SummaryLine(kind: kind, tally: tally)) }
        }
    }

    private static let counts: [Column<SummaryLine>] = [
        Column("kind", "kind of body; blank where unknown") { .code($0.kind) },
        Column("kind_zh", "the same in Chinese") { .chinese($0.kind) },
        Column("cadres", "cadres in service: judged and not judged") { $0.hidesEverything ? .empty : .integer($0.tally.cadres) },
        Column("judged", "of these, judged against peers") { $0.hidesJudged ? .empty : .integer($0.tally.judged) },
        Column("not_judged", "of these, not judged; the reasons are in not_judged.csv") { $0.hidesJudged ? .empty : .integer($0.tally.notJudged) },
        Column("flagged", "of these, with at least one flag of any disposition") { $0.hidesFlagged ? .empty : .integer($0.tally.flagged) },
        Column("share_flagged", "flagged out of cadres; blank where there are none") { $0.share },
        Column("share_low", "lower limit of the share's 95% interval (Wilson)") { $0.limit(\.lower) },
        Column("share_high", "upper limit of the share's 95% interval (Wilson)") { $0.limit(\.upper) },
        Column("suppressed", "`true` where a cell of 1 to 4 people was left blank") { .flag($0.isSuppressed) },
    ]

    /// Every unit of the units' export or with people in it, by id; the unknown one last.
    private static func units(of night: NightData) throws -> [SummaryLine] {
        let flagged = Set(night.flagged.map(\.flag.cadreID))
        var lines: [String?: SummaryLine] = [:]
        for unit in night.people.units.values {
            lines[unit.unitID] = SummaryLine(unitID: unit.unitID, unitName: unit.name, kind: unit.kind, suppresses: true)
        }
        func count(_ cadreID: String, unitID: String?, kind: KindOfBody?, as group: WritableKeyPath<Tally, Int>) {
            var line = lines[unitID] ?? SummaryLine(unitID: unitID, kind: unitID == nil ? nil : kind, suppresses: true)
            line.tally[keyPath: group] += 1
            if flagged.contains(cadreID) { line.tally.flagged += 1 }
            lines[unitID] = line
        }
        try night.transaction.forEach(PeerMember.self) { count($0.cadreID, unitID: $0.unitID, kind: $0.kind, as: \.judged) }
        try night.transaction.forEach(NotJudged.self) { person in
            if person.reason != .notInService { count(person.cadreID, unitID: person.unitID, kind: person.kind, as: \.notJudged) }
        }
        return lines.values.sorted { left, right in
            guard let first = left.unitID else { return false }
            guard let second = right.unitID else { return true }
            return first < second
        }
    }
}

extension SummaryLine {
    fileprivate var share: Cell {
        hidesFlagged || tally.cadres == 0 ? .empty : .decimal(Double(tally.flagged) / Double(tally.cadres), places: 4)
    }

    /// With few cadres the interval is wide, which is what it is for: a small unit's share says little.
    fileprivate func limit(_ side: KeyPath<Interval, Double>) -> Cell {
        guard !hidesFlagged, let interval = wilsonInterval(events: Double(tally.flagged), trials: Double(tally.cadres), level: 0.95) else { return .empty }
        return .decimal(interval[keyPath: side], places: 4)
    }
}
