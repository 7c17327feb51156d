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
    /// Whether the cells are left blank, because they are of few people or would give others away.
    var hidesCadres = false
    /// Judged and not judged are hidden together: either one would follow from the other and the sum.
    var hidesJudged = false
    var hidesFlagged = false

    /// Fewer people than this, and not none, are a small cell (guard rail 8).
    static let smallestCell = 5

    var isSuppressed: Bool { hidesCadres || hidesJudged || hidesFlagged }
    /// The counts in the order of `Summary`'s cells.
    fileprivate var cells: [Int] { [tally.cadres, tally.judged, tally.notJudged, tally.flagged] }
}

/// Headcounts by unit and by kind of body.
enum SummaryTables {
    static let byUnit = Table<SummaryLine>(
        "summary_by_unit",
        "one unit: its cadres in service, judged, not judged and flagged; cells of fewer than 5 people, and those that would give them away, are blank",
        isListOfNames: false,
        columns: [
            Column("unit_id", "the unit; blank for cadres whose unit is unknown") { .text(optional: $0.unitID) },
            Column("unit_name", "its name") { .text(optional: $0.unitName) },
        ] + counts
    ) { night, transaction, body in
        for line in try night.summary(in: transaction).units { try body(line) }
    }

    static let byKind = Table<SummaryLine>(
        "summary_by_kind",
        "one kind of body: its cadres in service, judged, not judged and flagged; cells of fewer than 5 people, and those that would give them away, are blank",
        isListOfNames: false, columns: counts
    ) { night, transaction, body in
        for line in try night.summary(in: transaction).kinds { try body(line) }
    }

    static let counts: [Column<SummaryLine>] = [
        Column("kind", "kind of body; blank where unknown") { .code($0.kind) },
        Column("kind_zh", "the same in Chinese") { .chinese($0.kind) },
        Column("cadres", "cadres in service: judged and not judged") { $0.hidesCadres ? .empty : .integer($0.tally.cadres) },
        Column("judged", "of these, judged against peers") { $0.hidesJudged ? .empty : .integer($0.tally.judged) },
        Column("not_judged", "of these, not judged; the reasons are in not_judged.csv") { $0.hidesJudged ? .empty : .integer($0.tally.notJudged) },
        Column("flagged", "of these, with at least one flag of any disposition") { $0.hidesFlagged ? .empty : .integer($0.tally.flagged) },
        Column("share_flagged", "flagged out of cadres; blank where there are none, and where nobody is judged and nobody flagged") { $0.share },
        Column("share_low", "lower limit of the share's 95% interval (Wilson)") { $0.limit(\.lower) },
        Column("share_high", "upper limit of the share's 95% interval (Wilson)") { $0.limit(\.upper) },
        Column("suppressed", "`true` where a cell was left blank: of 1 to 4 people, or one that would give such a cell away") { .flag($0.isSuppressed) },
    ]
}

/// The lines of both summaries, blanked together: no small cell of a unit follows from other units and their kind, nor of a kind from its units.
struct Summary {
    /// Every unit of the units' export or with people in it, by id; the unknown one last.
    private(set) var units: [SummaryLine]
    /// Every kind, and last the unknown one where it has people.
    private(set) var kinds: [SummaryLine]

    init(_ night: NightData, in transaction: Transaction) throws {
        self.init(units: try Summary.counted(night, in: transaction))
    }

    /// - Parameter units: Nothing blanked yet.
    init(units: [SummaryLine]) {
        var tallies: [KindOfBody?: Tally] = [:]
        for line in units {
            tallies[line.kind, default: Tally()].judged += line.tally.judged
            tallies[line.kind, default: Tally()].notJudged += line.tally.notJudged
            tallies[line.kind, default: Tally()].flagged += line.tally.flagged
        }
        self.units = units
        kinds = (KindOfBody.allCases.map(Optional.some) + [nil]).compactMap { kind in
            tallies[kind].flatMap { kind != nil || $0.cadres > 0 ? SummaryLine(kind: kind, tally: $0) : nil }
        }
        suppress()
    }

    private mutating func suppress() {
        let lines = units + kinds
        let width = 4
        var sums = lines.indices.map { CellSuppression.Sum(total: $0 * width, parts: [$0 * width + 1, $0 * width + 2]) }
        for (place, kind) in kinds.enumerated() {
            let parts = units.indices.filter { units[$0].kind == kind.kind }
            for cell in 0..<width {
                sums.append(CellSuppression.Sum(total: (units.count + place) * width + cell, parts: parts.map { $0 * width + cell }))
            }
        }
        let isHidden = CellSuppression(values: lines.flatMap(\.cells), sums: sums).isHidden
        func blank(_ line: inout SummaryLine, _ place: Int) {
            line.hidesCadres = isHidden[place * width]
            line.hidesJudged = line.hidesCadres || isHidden[place * width + 1] || isHidden[place * width + 2]
            line.hidesFlagged = line.hidesCadres || isHidden[place * width + 3]
        }
        for place in units.indices { blank(&units[place], place) }
        for place in kinds.indices { blank(&kinds[place], units.count + place) }
    }

    private static func counted(_ night: NightData, in transaction: Transaction) throws -> [SummaryLine] {
        let flagged = Set(night.flagged.map(\.flag.cadreID))
        var lines: [String?: SummaryLine] = [:]
        for unit in night.people.units.values { lines[unit.unitID] = SummaryLine(unitID: unit.unitID, unitName: unit.name, kind: unit.kind) }
        try transaction.forEachInService { person in
            var line = lines[person.unitID] ?? SummaryLine(unitID: person.unitID, kind: person.unitID == nil ? nil : person.kind)
            if person.isJudged { line.tally.judged += 1 } else { line.tally.notJudged += 1 }
            if flagged.contains(person.cadreID) { line.tally.flagged += 1 }
            lines[person.unitID] = line
        }
        return lines.values.sorted { left, right in
            guard let first = left.unitID else { return false }
            guard let second = right.unitID else { return true }
            return first < second
        }
    }
}

/// A cadre in service, judged or not, in the unit that the summaries count them in.
struct CadreInService {
    let cadreID: String
    let unitID: String?
    let kind: KindOfBody?
    let isJudged: Bool
}

extension Transaction {
    /// Everybody in service.
    func forEachInService(_ body: (CadreInService) throws -> Void) throws {
        try forEach(PeerMember.self) { member in
            // Of whom nothing was observed is among those who are not judged.
            guard member.isObserved else { return }
            try body(CadreInService(cadreID: member.cadreID, unitID: member.unitID, kind: member.kind, isJudged: true))
        }
        try forEach(NotJudged.self) { person in
            guard person.reason != .notInService else { return }
            try body(CadreInService(cadreID: person.cadreID, unitID: person.unitID, kind: person.kind, isJudged: false))
        }
    }
}

extension SummaryLine {
    /// Where it shows that nobody was judged, that nobody is flagged says nothing.
    private var saysNothing: Bool { tally.cadres == 0 || (tally.judged == 0 && tally.flagged == 0 && !hidesJudged) }

    fileprivate var share: Cell {
        hidesFlagged || saysNothing ? .empty : .decimal(Double(tally.flagged) / Double(tally.cadres), places: 4)
    }

    /// With few cadres the interval is wide, which is what it is for: a small unit's share says little.
    fileprivate func limit(_ side: KeyPath<Interval, Double>) -> Cell {
        guard !hidesFlagged, !saysNothing, let interval = wilsonInterval(events: Double(tally.flagged), trials: Double(tally.cadres), level: 0.95) else {
            return .empty
        }
        return .decimal(interval[keyPath: side], places: 4)
    }
}
