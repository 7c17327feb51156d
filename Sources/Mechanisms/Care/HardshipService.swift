import PipelineModel
import Warehouse

/// Who serves in a hardship post and has done so for long, all such posts of the career together.
struct HardshipService {
    private let night: TrackNight
    private let rule: CareRules.HardshipRule
    /// Grades of the units that have one.
    private let grades: [String: Int]

    init(_ night: TrackNight, rule: CareRules.HardshipRule) throws {
        self.night = night
        self.rule = rule
        var grades: [String: Int] = [:]
        try night.transaction.forEachRow(of: .units) { row in
            let fields = NamedFields(row, .units)
            if let unit = fields.text("unit_id") { grades[unit] = fields.integer("hardship_grade") }
        }
        self.grades = grades
    }

    func answer(_ people: [CadreEntry]) -> CareAnswer {
        var answer = CareAnswer()
        guard !grades.isEmpty else {
            answer.unknown = (.hardshipService, "no unit has a hardship_grade")
            return answer
        }
        for person in people {
            guard let present = night.history.post(of: person.cadreID, on: night.asOf), isHardship(present) else { continue }
            let years = Double(days(of: person.cadreID)) / 365.25
            answer.counts.add(years >= rule.minimumYears, unitID: present.unitID)
            guard years >= rule.minimumYears else { continue }
            let shown = NumberWords.show(years, decimals: 1)
            answer.entries.append(
                CareEntry(
                    cadreID: person.cadreID, reason: .hardshipService, value: years, limit: rule.minimumYears, since: present.start,
                    detailChinese: "在艰苦岗位累计工作\(shown)年,现仍在岗", detailEnglish: "\(shown) years in hardship posts, and in one now",
                    citationChinese: rule.citation.chinese, citationEnglish: rule.citation.english))
        }
        return answer
    }

    private func isHardship(_ tenure: Tenure) -> Bool { tenure.unitID.flatMap { grades[$0] }.map { $0 >= rule.minimumGrade } ?? false }

    /// Days in hardship posts up to the as-of date; days in two posts at once count once.
    private func days(of cadreID: String) -> Int {
        var (total, counted): (Int, CalendarDate?) = (0, nil)
        for tenure in night.history.tenures[cadreID] ?? [] where isHardship(tenure) {
            let last = min(tenure.end ?? night.asOf, night.asOf)
            let first = max(tenure.start, counted.map { $0.adding(days: 1) } ?? tenure.start)
            guard first <= last else { continue }
            total += last.days(since: first) + 1
            counted = max(counted ?? last, last)
        }
        return total
    }
}
