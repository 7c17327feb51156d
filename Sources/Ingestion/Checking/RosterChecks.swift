import PipelineModel
import Warehouse

/// Checks over all rows of roster, units, posts and reviews together; none of them loses a row.
struct RosterChecks {
    private static let named = 20
    let history: ServiceHistory
    let asOf: CalendarDate

    func findings(in transaction: Transaction) throws -> [Finding] {
        let paths = Dictionary(uniqueKeysWithValues: try transaction.all(SourceFileRecord.self).map { ($0.fileID, $0.path) })
        func place(_ fileID: Int, _ line: Int, _ field: String? = nil) -> Finding.Location {
            .init(file: paths[fileID] ?? "", line: line, field: field)
        }
        return unitFindings(place) + tenureFindings(place) + rosterFindings(place)
    }

    private func unitFindings(_ place: (Int, Int, String?) -> Finding.Location) -> [Finding] {
        var findings: [Finding] = []
        for unit in history.units.values.sorted(by: { $0.unitID < $1.unitID }) {
            guard let parent = unit.parentID else { continue }
            if history.units[parent] == nil {
                findings.append(
                    Finding(
                        "UnknownParent", .warning, at: place(unit.fileID, unit.line, "parent_id"), value: parent,
                        message: "unit \(unit.unitID) names \(parent) as the unit above it, which is not in the unit table"))
            } else if isInCycle(unit) {
                findings.append(
                    Finding(
                        "UnitsInACircle", .error, at: place(unit.fileID, unit.line, "parent_id"), value: parent,
                        message: "unit \(unit.unitID) stands above itself, by way of \(parent)", hint: "mend the parents in the unit table"))
            }
        }
        let names = Dictionary(grouping: history.units.values, by: \.name).filter { $1.count > 1 }
        for (name, units) in names.sorted(by: { $0.key < $1.key }) {
            guard let first = units.min(by: { $0.unitID < $1.unitID }) else { continue }
            findings.append(
                Finding(
                    "UnitsOfOneName", .warning, at: place(first.fileID, first.line, "name"), value: name,
                    message: "\(units.count) units have this name: rows that name it without a number are not resolved"))
        }
        return findings
    }

    private func isInCycle(_ unit: UnitEntry) -> Bool {
        var current = unit.parentID
        for _ in 0..<history.units.count {
            guard let id = current else { return false }
            if id == unit.unitID { return true }
            current = history.units[id]?.parentID
        }
        return false
    }

    private func tenureFindings(_ place: (Int, Int, String?) -> Finding.Location) -> [Finding] {
        var overlaps = Capped(check: "OverlappingTenures", named: RosterChecks.named)
        var early = Capped(check: "PostBeforeEntry", named: RosterChecks.named)
        for (id, tenures) in history.tenures.sorted(by: { $0.key < $1.key }) {
            for (earlier, later) in zip(tenures, tenures.dropFirst()) where earlier.end.map({ $0 >= later.start }) ?? true {
                // Two posts at once happen (兼任); the one begun later is then the present one.
                if earlier.start == later.start && earlier.post == later.post { continue }
                overlaps.add(place(later.fileID, later.line, "start_date")) {
                    "\(id) begins a post on \(later.start) while the one of \(earlier.start) lasts"
                }
            }
            guard let entry = history.cadres[id]?.entry else { continue }
            for tenure in tenures where tenure.start < entry {
                early.add(place(tenure.fileID, tenure.line, "start_date")) { "\(id) holds a post from \(tenure.start), before entering service on \(entry)" }
            }
        }
        return overlaps.findings + early.findings
    }

    private func rosterFindings(_ place: (Int, Int, String?) -> Finding.Location) -> [Finding] {
        var entries = Capped(check: "EntryInTheFuture", named: RosterChecks.named)
        for cadre in history.cadres.values.sorted(by: { $0.cadreID < $1.cadreID }) {
            guard let entry = cadre.entry, entry > asOf else { continue }
            entries.add(place(cadre.fileID, cadre.line, "entry_date")) { "\(cadre.cadreID) enters service on \(entry), after \(asOf)" }
        }
        return entries.findings
    }
}

/// Findings of one check: the first ones by name, the rest as a number.
struct Capped {
    let check: Finding.Check
    let named: Int
    private var kept: [Finding] = []
    private var count = 0

    init(check: Finding.Check, named: Int) {
        self.check = check
        self.named = named
    }

    mutating func add(_ place: Finding.Location, _ message: () -> String) {
        count += 1
        if count <= named { kept.append(Finding(check, .warning, at: place, message: message())) }
    }

    var findings: [Finding] {
        guard count > named, let file = kept.first?.location.file else { return kept }
        return kept + [Finding(check, .warning, at: .init(file: file), message: "\(count - named) further rows with the same problem")]
    }
}
