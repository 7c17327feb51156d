import PipelineModel
import Warehouse

/// What is known of everybody's service: read once, asked for each window and for posts that were left.
struct ServiceData: Sendable {
    let history: ServiceHistory
    /// By cadre id.
    let leave: [String: LongLeave]
    /// By cadre id: why somebody's number is in doubt.
    let doubts: [String: String]

    /// Reads roster, units, posts and leave.
    init(_ rules: ProtectionRules, asOf: CalendarDate, in transaction: Transaction) throws {
        history = try transaction.serviceHistory()
        leave = try ServiceData.longLeave(rules, asOf: asOf, transaction)
        doubts = Dictionary(try transaction.all(DoubtfulCadre.self).map { ($0.cadreID, $0.reason) }, uniquingKeysWith: { first, _ in first })
    }

    /// A cadre in a post as a scheme sees them on the day `until`: its window trails that day, and the months count that the post covers whole.
    func candidate(in tenure: Tenure, unitID: String, scheme: AppraisalScheme, until day: CalendarDate) -> Candidate {
        let window = MonthWindow(trailing: scheme.windowMonths, asOf: day)
        let start = ServiceRecords.start(of: tenure, among: history.tenures[tenure.cadreID] ?? [])
        let firstWhole = start.month.firstDay == start ? start.month : start.month.adding(1)
        let counted = MonthWindow(first: max(window.first, firstWhole), last: window.last)
        let absences = leave[tenure.cadreID] ?? LongLeave()
        let exposure = counted.first <= counted.last ? counted.months.reduce(0) { $0 + absences.exposure(of: $1) } : 0
        return Candidate(
            cadreID: tenure.cadreID, kind: scheme.kind, unitID: unitID, post: tenure.post, postType: tenure.postType, rank: tenure.rank,
            rankBand: scheme.band(ofRank: tenure.rank), postStart: start, counted: counted, window: window, exposureMonths: exposure,
            leave: absences)
    }

    /// Who held a post, long enough, on the last day of the window before the present one: by cadre id.
    ///
    /// Windows differ in length from scheme to scheme, and so do those last days. Whoever held posts under two schemes on their respective days is
    /// seen in the later one. Of people who have left service since nothing tells until when they served, so they are left out.
    func previousCandidates(plans: SchemePlans, asOf: CalendarDate, threads: Int) -> [Candidate] {
        let schemes = KindOfBody.allCases.compactMap { plans.plans[$0]?.scheme }.sorted { $0.windowMonths < $1.windowMonths }
        // Beside the schemes, which would be copied whole, with all that they refer to, for each cadre and scheme.
        let (days, kinds) = (schemes.map { MonthWindow(trailing: $0.windowMonths, asOf: asOf).first.adding(-1).lastDay }, schemes.map(\.kind))
        return forParts(of: history.cadreIDs, threads: threads) { cadres in
            cadres.compactMap { cadreID -> Candidate? in
                guard history.cadres[cadreID]?.status == .active, doubts[cadreID] == nil else { return nil }
                for (place, day) in days.enumerated() {
                    guard let tenure = history.post(of: cadreID, on: day), let unitID = tenure.unitID, history.units[unitID]?.kind == kinds[place] else {
                        continue
                    }
                    let candidate = candidate(in: tenure, unitID: unitID, scheme: schemes[place], until: day)
                    return candidate.hasEnoughExposure(for: schemes[place]) ? candidate : nil
                }
                return nil
            }
        }
    }

    /// The post before a candidate's present one, where it was of another type and held long enough before it ended.
    ///
    /// It ends, at the latest, on the day before the present post begins.
    func previousPost(of present: Candidate, plans: SchemePlans) -> (candidate: Candidate, end: CalendarDate)? {
        let before = history.tenures[present.cadreID]?.last { tenure in
            tenure.start < present.postStart && (tenure.unitID != present.unitID || tenure.post != present.post)
        }
        guard let before, before.postType != present.postType, let unitID = before.unitID, let kind = history.units[unitID]?.kind,
            let scheme = plans.plans[kind]?.scheme
        else { return nil }
        let end = min(before.end ?? present.postStart, present.postStart.adding(days: -1))
        guard end >= before.start else { return nil }
        let candidate = candidate(in: before, unitID: unitID, scheme: scheme, until: end)
        return candidate.hasEnoughExposure(for: scheme) ? (candidate, end) : nil
    }

    /// Approved absences of the kinds and lengths that the rules call long; one without a last day lasts until `asOf`.
    private static func longLeave(_ rules: ProtectionRules, asOf: CalendarDate, _ transaction: Transaction) throws -> [String: LongLeave] {
        var absences: [String: [ClosedRange<Int32>]] = [:]
        let long = Condition.isOne(field: "kind", of: rules.longLeaveKinds.map(\.rawValue))
        try transaction.forEachRow(of: .leave, reading: ["cadre_id", "kind", "start_date", "end_date", "approved"], ifCodesOf: long) { row in
            let fields = NamedFields(row, .leave)
            guard let cadreID = row.cadreID ?? fields.text("cadre_id"), fields.flag("approved") == true,
                let kind = fields.code("kind", LeaveKind.self), rules.longLeaveKinds.contains(kind),
                let start = fields.day("start_date")
            else { return }
            let end = fields.day("end_date") ?? asOf
            guard end >= start, end.days(since: start) + 1 >= rules.longLeaveMinimumDays else { return }
            absences[cadreID, default: []].append(start.dayNumber...end.dayNumber)
        }
        return absences.mapValues { LongLeave($0) }
    }
}

/// What is made of many things, some thousand at a time on several threads, in their order.
func forParts<Element: Sendable, Made: Sendable>(of all: [Element], threads: Int, _ make: @Sendable (ArraySlice<Element>) -> [Made]) -> [Made] {
    let size = 2_048
    let parts = concurrentMap((all.count + size - 1) / size, threads: threads) { make(all[$0 * size..<min(all.count, ($0 + 1) * size)]) }
    return Array(parts.joined())
}
