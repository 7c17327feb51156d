import PipelineModel
import Warehouse

/// Who did not take the annual leave of the last complete calendar year.
///
/// Days of leave are the Mondays to Fridays of approved annual leave; public holidays are not known here, so a week with one counts a day too much, in the
/// direction of nobody being listed. A year of which the export does not tell from January on is unknown, not unused.
struct AnnualLeave {
    private let night: TrackNight
    private let rule: CareRules.AnnualLeaveRule
    private let year: Int
    private var taken: [String: Set<Int32>] = [:]
    private var sick: [String: Set<Int32>] = [:]
    private var personal: [String: Set<Int32>] = [:]
    private var earliest: CalendarDate?

    init(_ night: TrackNight, rule: CareRules.AnnualLeaveRule) throws {
        self.night = night
        self.rule = rule
        year = night.asOf.components.year - 1
        let (first, last) = (Month(year: year, monthOfYear: 1).firstDay, Month(year: year, monthOfYear: 12).lastDay)
        try night.transaction.forEachRow(of: .leave, reading: ["kind", "start_date", "end_date", "approved"]) { row in
            let fields = NamedFields(row, .leave)
            guard let cadreID = row.cadreID, let kind = fields.code("kind", LeaveKind.self), let start = fields.day("start_date"), night.isKnown(start),
                fields.flag("approved") == true
            else { return }
            earliest = min(earliest ?? start, start)
            let (from, to) = (max(start, first), min(fields.day("end_date") ?? night.asOf, last))
            guard from <= to else { return }
            let days = from.dayNumber...to.dayNumber
            switch kind {
            case .annual: taken[cadreID, default: []].formUnion(days.filter(AnnualLeave.isWeekday))
            case .sick: sick[cadreID, default: []].formUnion(days)
            case .personal: personal[cadreID, default: []].formUnion(days)
            case .maternity, .secondment: break
            }
        }
    }

    /// 1970-01-01 was a Thursday.
    private static func isWeekday(_ day: Int32) -> Bool { ((day % 7) + 10) % 7 < 5 }

    func answer(_ people: [CadreEntry]) -> CareAnswer {
        var answer = CareAnswer()
        let january = Month(year: year, monthOfYear: 1)
        guard let earliest, earliest <= january.lastDay, !taken.isEmpty else {
            answer.unknown = (.unusedLeave, "the leave export does not tell of annual leave in \(year) from January on")
            return answer
        }
        for person in people {
            guard let entitlement = entitlement(of: person, on: january.firstDay) else { continue }
            let days = taken[person.cadreID]?.count ?? 0
            let unused = max(0, entitlement.days - days)
            answer.counts.add(unused == 0, unitID: night.unit(of: person.cadreID, on: night.asOf))
            guard unused >= rule.minimumUnused else { continue }
            answer.entries.append(
                CareEntry(
                    cadreID: person.cadreID, reason: .unusedLeave, value: Double(unused), limit: Double(rule.minimumUnused), since: january.firstDay,
                    detailChinese: "\(year)年应休\(entitlement.days)天,已休\(min(days, entitlement.days))天",
                    detailEnglish: "\(min(days, entitlement.days)) of \(entitlement.days) days of leave taken in \(year)",
                    citationChinese: rule.citation.chinese, citationEnglish: rule.citation.english))
        }
        return answer
    }

    /// `nil` for whom the year brings no annual leave, and for whom that is not known.
    private func entitlement(of person: CadreEntry, on newYear: CalendarDate) -> CareRules.AnnualLeaveRule.Entitlement? {
        guard let entry = person.entry, let entitlement = rule.entitlement(years: newYear.completedYears(since: entry)), entitlement.days > 0 else {
            return nil
        }
        let kind = night.unit(of: person.cadreID, on: night.asOf).flatMap { night.history.units[$0]?.kind }
        if let kind, rule.exceptKinds.contains(kind) { return nil }
        if let limit = entitlement.sickDays, sick[person.cadreID, default: []].count >= limit { return nil }
        if let limit = rule.personalDays, personal[person.cadreID, default: []].count >= limit { return nil }
        return entitlement
    }
}
