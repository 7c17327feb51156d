import PipelineModel
import Warehouse

/// Checks over all rows of roster, units, posts and reviews together; none of them loses a row.
struct RosterChecks {
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
        var unknown = CappedFindings("UnknownParent")
        var circles = CappedFindings("UnitsInACircle", .error)
        for unit in history.units.values.sorted(by: { $0.unitID < $1.unitID }) {
            guard let parent = unit.parentID else { continue }
            let there = place(unit.fileID, unit.line, "parent_id")
            if history.units[parent] == nil {
                unknown.add(there, value: parent, hint: "export the unit above too, or leave the field blank where there is none") {
                    "unit \(unit.unitID) names \(parent) as the unit above it, which is not in the unit table"
                }
            } else if isInCycle(unit) {
                circles.add(there, value: parent, hint: "mend the parents in the unit table") {
                    "unit \(unit.unitID) stands above itself, by way of \(parent)"
                }
            }
        }
        var names = CappedFindings("UnitsOfOneName")
        let shared = Dictionary(grouping: history.units.values, by: \.name).filter { $1.count > 1 }
        for (name, units) in shared.sorted(by: { $0.key < $1.key }) {
            guard let first = units.min(by: { $0.unitID < $1.unitID }) else { continue }
            names.add(place(first.fileID, first.line, "name"), value: name, hint: "write the unit's number in the exports that name it") {
                "\(units.count) units have this name: rows that name it without a number are not resolved"
            }
        }
        return unknown.findings + circles.findings + names.findings
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
        var overlaps = CappedFindings("OverlappingTenures")
        var unknown = CappedFindings("UnknownUnit")
        var early = CappedFindings("PostBeforeEntry")
        for (id, tenures) in history.tenures.sorted(by: { $0.key < $1.key }) {
            for (earlier, later) in zip(tenures, tenures.dropFirst()) where earlier.end.map({ $0 >= later.start }) ?? true {
                // Two posts at once happen (兼任); the one begun later is then the present one.
                if earlier.start == later.start && earlier.post == later.post { continue }
                overlaps.add(place(later.fileID, later.line, "start_date"), hint: "right where somebody holds two posts; otherwise mend one of the days") {
                    "\(id) begins a post on \(later.start) while the one of \(earlier.start) lasts"
                }
            }
            for tenure in tenures where tenure.unitID == nil && history.cadres[id] != nil {
                unknown.add(place(tenure.fileID, tenure.line, "unit"), hint: "write the unit's number as the unit table has it, and export the unit") {
                    "the post that \(id) holds from \(tenure.start) is in no unit of the unit table, or in one of several of the same name"
                }
            }
            guard let entry = history.cadres[id]?.entry else { continue }
            for tenure in tenures where tenure.start < entry {
                early.add(place(tenure.fileID, tenure.line, "start_date"), hint: "one of the two days is wrong in the system") {
                    "\(id) holds a post from \(tenure.start), before entering service on \(entry)"
                }
            }
        }
        return overlaps.findings + early.findings + unknown.findings
    }

    private func rosterFindings(_ place: (Int, Int, String?) -> Finding.Location) -> [Finding] {
        var entries = CappedFindings("EntryInTheFuture")
        for cadre in history.cadres.values {
            guard let entry = cadre.entry, entry > asOf else { continue }
            entries.add(place(cadre.fileID, cadre.line, "entry_date"), hint: "right for somebody who is yet to come; otherwise mend the day") {
                "\(cadre.cadreID) enters service on \(entry), after \(asOf)"
            }
        }
        return entries.findings
    }
}
