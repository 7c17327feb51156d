import PipelineModel
import Statistics
import Warehouse

/// One cadre's annual grade, in the unit in which it was given.
struct AnnualGrades {
    let cadreID: String
    let unitID: String?
    let year: Int
    let grade: AppraisalGrade
    let decided: CalendarDate

    /// Every cadre's grade for the newest year that the cadre's unit has graded, by cadre; and whether any appraisal was read at all.
    ///
    /// Of several grades of a year the one decided last stands. What was decided after tonight is not known.
    static func newest(_ night: TrackNight) throws -> (grades: [AnnualGrades], hasRows: Bool) {
        var (found, hasRows): ([String: [AnnualGrades]], Bool) = ([:], false)
        found.reserveCapacity(night.history.cadres.count)
        let fields = ["kind", "date", "grade", "year", "target_cadre_id"]
        let (kinds, given) = (AppraisalKind.allCases, AppraisalGrade.allCases)
        try night.transaction.forEachKeptRow(of: .appraisals, fields: fields) { row in
            hasRows = true
            guard try row.code(0, of: kinds) == .annual, let decided = row.date(1), night.isKnown(decided), let grade = try row.code(2, of: given) else {
                return
            }
            // A grade without its year is about the year before the one in which it was decided.
            let year = row.number(3).map { Int($0) } ?? decided.month.year - 1
            guard let cadreID = try row.text(4) else { return }
            found[cadreID, default: []].keepNewest(
                AnnualGrades(cadreID: cadreID, unitID: night.unit(of: cadreID, on: decided), year: year, grade: grade, decided: decided))
        }
        var newest: [String: Int] = [:]
        for grade in found.values.joined() { newest[grade.unitID ?? ""] = max(newest[grade.unitID ?? ""] ?? grade.year, grade.year) }
        let grades = found.values.joined().filter { newest[$0.unitID ?? ""] == $0.year }
        return (grades.sorted { ($0.cadreID, $0.year) < ($1.cadreID, $1.year) }, hasRows)
    }
}

extension [AnnualGrades] {
    /// Adds one of a cadre's grades, unless one of its year was decided later; of several of a day the last one counts.
    fileprivate mutating func keepNewest(_ grade: AnnualGrades) {
        guard let place = firstIndex(where: { $0.year == grade.year }) else { return append(grade) }
        if self[place].decided <= grade.decided { self[place] = grade }
    }
}

/// How probable an excellent grade is for each judged cadre, if grades followed the estimates: that the true composite lies in the part of the peers that is
/// as large as the share of excellent grades in the kind of body.
struct GradeExpectations {
    private let cards: [String: ScorecardRecord]
    private let shares: [KindOfBody: Double]
    private let night: TrackNight

    /// Of the windows that the estimates speak of, each kind of body is seen in the one that has more months of the graded year.
    init(_ night: TrackNight, grades: [AnnualGrades]) throws {
        self.night = night
        let newestYear = grades.map(\.year).max() ?? 0
        let year = MonthWindow(first: Month(year: newestYear, monthOfYear: 1), last: Month(year: newestYear, monthOfYear: 12))
        var chosen: [KindOfBody: AppraisalWindow] = [:]
        for kind in KindOfBody.allCases {
            guard let scheme = night.pipeline.scheme(for: kind) else { continue }
            let current = MonthWindow(trailing: scheme.windowMonths, asOf: night.asOf)
            let shared = { (window: MonthWindow) in window.months.count { year.contains($0) } }
            let before = MonthWindow(first: current.first.adding(-scheme.windowMonths), last: current.first.adding(-1))
            chosen[kind] = shared(before) > shared(current) ? .previous : .current
        }
        var cards: [String: ScorecardRecord] = [:]
        try night.transaction.forEach(ScorecardRecord.self) { card in
            if card.window == chosen[card.kind] { cards[card.cadreID] = card }
        }
        var counts: [KindOfBody: (excellent: Int, judged: Int)] = [:]
        for grade in grades {
            guard cards[grade.cadreID] != nil, let kind = grade.unitID.flatMap({ night.history.units[$0]?.kind }) else { continue }
            let known = counts[kind] ?? (0, 0)
            counts[kind] = (known.excellent + (grade.grade == .excellent ? 1 : 0), known.judged + 1)
        }
        self.cards = cards
        shares = counts.mapValues { Double($0.excellent) / Double($0.judged) }
    }

    func isJudged(_ cadreID: String) -> Bool { cards[cadreID] != nil }

    /// P(C > Φ⁻¹(1 − share) · √(wᵀRw)); √(wᵀRw) follows from the line of concern. `nil` without an estimate, and where nobody or everybody is excellent.
    func probability(of grade: AnnualGrades, kind: KindOfBody?) -> Double? {
        guard let card = cards[grade.cadreID], let kind, let share = shares[kind], share > 0, share < 1, let top = normalQuantile(1 - share),
            let concern = night.pipeline.scheme(for: card.kind)?.concernShare, let bottom = normalQuantile(concern), bottom != 0
        else { return nil }
        return NormalDistribution(mean: card.mean, variance: card.deviation * card.deviation).probability(above: top * card.line / bottom)
    }
}
