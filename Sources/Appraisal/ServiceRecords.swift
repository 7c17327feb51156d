import PipelineModel
import Warehouse

/// A cadre who may be judged: who serves where, since when, and which months count.
struct Candidate {
    let cadreID: String
    let kind: KindOfBody
    let unitID: String
    let post: String?
    let postType: String?
    let rank: String?
    let rankBand: String
    let postStart: CalendarDate
    /// The months that the present post covers whole, within the scheme's window; they end with the window.
    let counted: MonthWindow
    /// The scheme's window.
    let window: MonthWindow
    /// Counted months, less long leave.
    let exposureMonths: Double
    let leave: LongLeave
}

/// Who of the roster may be judged, and why the others are not.
struct ServiceRecords {
    /// By cadre id.
    private(set) var candidates: [Candidate] = []
    /// By cadre id.
    private(set) var notJudged: [NotJudged] = []

    private struct RosterEntry {
        var unit: String?
        var rank: String?
        var status: ServiceStatus
    }

    /// Reads roster, units, posts and leave, and decides on every cadre of the roster. The first reason that holds is the one given:
    /// identity in doubt, not in service, no post, unknown unit, no scheme, too little exposure.
    init(_ pipeline: Pipeline, plans: SchemePlans, asOf: CalendarDate, in transaction: Transaction) throws {
        let roster = try ServiceRecords.roster(transaction)
        let units = try UnitDirectory(transaction)
        let tenures = try ServiceRecords.tenures(transaction)
        let leave = try ServiceRecords.longLeave(pipeline.protections, asOf: asOf, transaction)
        let doubts = Dictionary(try transaction.all(DoubtfulCadre.self).map { ($0.cadreID, $0.reason) }, uniquingKeysWith: { first, _ in first })
        for (cadreID, entry) in roster.sorted(by: { $0.key < $1.key }) {
            func refuse(_ reason: NotJudgedReason, _ detail: String, unit: String? = nil, kind: KindOfBody? = nil, exposure: Double? = nil) {
                notJudged.append(
                    NotJudged(cadreID: cadreID, unitID: unit, kind: kind, reason: reason, detail: detail, exposureMonths: exposure))
            }
            let tenure = Tenure.present(of: tenures[cadreID] ?? [], on: asOf)
            let written = tenure?.unit ?? entry.unit
            let answer = written.map(units.unit) ?? .unknown
            var (unitID, kind): (String?, KindOfBody?) = (nil, nil)
            if case .unit(let id, let found) = answer { (unitID, kind) = (id, found) }

            if let doubt = doubts[cadreID] {
                refuse(.identityInDoubt, doubt, unit: unitID, kind: kind)
                continue
            }
            guard entry.status == .active else {
                refuse(.notInService, "人员状态:\(entry.status.chinese) / status: \(entry.status.rawValue)", unit: unitID, kind: kind)
                continue
            }
            guard let tenure else {
                refuse(.noPost, "截至 \(asOf) 无任职记录 / no post covers \(asOf)", unit: unitID, kind: kind)
                continue
            }
            guard let unitID, let kind else {
                refuse(.unknownUnit, ServiceRecords.describe(answer, written: written))
                continue
            }
            guard let scheme = plans.plans[kind]?.scheme else {
                refuse(.noScheme, "\(kind.chinese)无考核方案 / no scheme for \(kind.rawValue)", unit: unitID, kind: kind)
                continue
            }
            let window = MonthWindow(trailing: scheme.windowMonths, asOf: asOf)
            let firstWhole = tenure.start.month.firstDay == tenure.start ? tenure.start.month : tenure.start.month.adding(1)
            let counted = MonthWindow(first: max(window.first, firstWhole), last: window.last)
            let absences = leave[cadreID] ?? LongLeave()
            let exposure = counted.first <= counted.last ? counted.months.reduce(0) { $0 + absences.exposure(of: $1) } : 0
            // Shares of months do not add up exactly in binary; a rounding must not cost somebody a month.
            guard exposure > 0, exposure + 1e-9 >= scheme.minimumExposureMonths else {
                let (has, needs) = (ServiceRecords.show(exposure), ServiceRecords.show(scheme.minimumExposureMonths))
                refuse(
                    .tooLittleExposure, "现任职务 \(has) 个月,少于 \(needs) 个月 / \(has) months in the present post, fewer than \(needs)", unit: unitID,
                    kind: kind, exposure: exposure)
                continue
            }
            let rank = tenure.rank ?? entry.rank
            candidates.append(
                Candidate(
                    cadreID: cadreID, kind: kind, unitID: unitID, post: tenure.post, postType: tenure.postType, rank: rank,
                    rankBand: scheme.band(ofRank: rank), postStart: tenure.start, counted: counted, window: window, exposureMonths: exposure,
                    leave: absences))
        }
    }

    private static func roster(_ transaction: Transaction) throws -> [String: RosterEntry] {
        let places = FieldPlaces(of: .roster)
        var roster: [String: RosterEntry] = [:]
        try transaction.forEachRow(of: .roster) { row in
            guard let cadreID = places.text("cadre_id", in: row) else { return }
            roster[cadreID] = RosterEntry(
                unit: places.text("unit", in: row), rank: places.text("rank", in: row), status: places.code("status", in: row) ?? .active)
        }
        return roster
    }

    private static func tenures(_ transaction: Transaction) throws -> [String: [Tenure]] {
        let places = FieldPlaces(of: .posts)
        var tenures: [String: [Tenure]] = [:]
        try transaction.forEachRow(of: .posts) { row in
            guard let cadreID = row.cadreID ?? places.text("cadre_id", in: row), let start = places.day("start_date", in: row) else { return }
            tenures[cadreID, default: []].append(
                Tenure(
                    start: start, end: places.day("end_date", in: row), unit: places.text("unit", in: row), post: places.text("post", in: row),
                    postType: places.text("post_type", in: row), rank: places.text("rank", in: row)))
        }
        return tenures
    }

    /// Approved absences of the kinds and lengths that the rules call long; one without a last day lasts until `asOf`.
    private static func longLeave(_ rules: ProtectionRules, asOf: CalendarDate, _ transaction: Transaction) throws -> [String: LongLeave] {
        let places = FieldPlaces(of: .leave)
        var absences: [String: [ClosedRange<Int32>]] = [:]
        try transaction.forEachRow(of: .leave) { row in
            guard let cadreID = row.cadreID ?? places.text("cadre_id", in: row), places.flag("approved", in: row) == true,
                let kind = places.code("kind", in: row, as: LeaveKind.self), rules.longLeaveKinds.contains(kind),
                let start = places.day("start_date", in: row)
            else { return }
            let end = places.day("end_date", in: row) ?? asOf
            guard end >= start, end.days(since: start) + 1 >= rules.longLeaveMinimumDays else { return }
            absences[cadreID, default: []].append(start.dayNumber...end.dayNumber)
        }
        return absences.mapValues { LongLeave($0) }
    }

    private static func describe(_ answer: UnitDirectory.Answer, written: String?) -> String {
        guard let written else { return "任职记录和花名册均未写单位 / neither the post nor the roster names a unit" }
        return answer == .ambiguous
            ? "多个单位名为 \(written) / several units are called \(written)" : "单位表中没有 \(written) / \(written) is not in the units export"
    }

    /// At most two decimals, and none that say nothing: 4.5, 6.
    static func show(_ number: Double) -> String {
        let hundredths = Int((number * 100).rounded(.down))
        let (whole, rest) = (hundredths / 100, hundredths % 100)
        if rest == 0 { return "\(whole)" }
        return rest % 10 == 0 ? "\(whole).\(rest / 10)" : "\(whole)." + (rest < 10 ? "0" : "") + "\(rest)"
    }
}
