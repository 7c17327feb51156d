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

    /// Reads roster, units, posts and leave, and decides on every cadre of the roster. The first reason that holds is the one given:
    /// identity in doubt, not in service, no post, unknown unit, no scheme, too little exposure.
    init(_ pipeline: Pipeline, plans: SchemePlans, files: SourceFiles, asOf: CalendarDate, in transaction: Transaction) throws {
        let history = try ServiceHistory(in: transaction)
        let leave = try ServiceRecords.longLeave(pipeline.protections, asOf: asOf, transaction)
        let doubts = Dictionary(try transaction.all(DoubtfulCadre.self).map { ($0.cadreID, $0.reason) }, uniquingKeysWith: { first, _ in first })
        for (cadreID, entry) in history.cadres.sorted(by: { $0.key < $1.key }) {
            let tenure = history.post(of: cadreID, on: asOf)
            let unitID = tenure == nil ? entry.unitID : tenure?.unitID
            let kind = unitID.flatMap { history.units[$0]?.kind }
            func refuse(_ reason: NotJudgedReason, _ detail: String, exposure: Double? = nil) {
                notJudged.append(
                    NotJudged(cadreID: cadreID, unitID: unitID, kind: kind, reason: reason, detail: detail, exposureMonths: exposure))
            }

            if let doubt = doubts[cadreID] {
                refuse(.identityInDoubt, doubt)
                continue
            }
            guard entry.status == .active else {
                refuse(.notInService, "人员状态:\(entry.status.chinese) / status: \(entry.status.rawValue)")
                continue
            }
            guard let tenure else {
                refuse(.noPost, "截至 \(asOf) 无任职记录 / no post covers \(asOf)")
                continue
            }
            guard let unitID, let kind else {
                refuse(.unknownUnit, ServiceRecords.describe(tenure, files: files))
                continue
            }
            guard let scheme = plans.plans[kind]?.scheme else {
                refuse(.noScheme, "\(kind.chinese)无考核方案 / no scheme for \(kind.rawValue)")
                continue
            }
            let window = MonthWindow(trailing: scheme.windowMonths, asOf: asOf)
            let start = ServiceRecords.start(of: tenure, among: history.tenures[cadreID] ?? [])
            let firstWhole = start.month.firstDay == start ? start.month : start.month.adding(1)
            let counted = MonthWindow(first: max(window.first, firstWhole), last: window.last)
            let absences = leave[cadreID] ?? LongLeave()
            let exposure = counted.first <= counted.last ? counted.months.reduce(0) { $0 + absences.exposure(of: $1) } : 0
            // Shares of months do not add up exactly in binary; a rounding must not cost somebody a month.
            guard exposure > 0, exposure + 1e-9 >= scheme.minimumExposureMonths else {
                let (has, needs) = (ServiceRecords.show(exposure), ServiceRecords.show(scheme.minimumExposureMonths))
                refuse(
                    .tooLittleExposure, "现任职务 \(has) 个月,少于 \(needs) 个月 / \(has) months in the present post, fewer than \(needs)", exposure: exposure)
                continue
            }
            candidates.append(
                Candidate(
                    cadreID: cadreID, kind: kind, unitID: unitID, post: tenure.post, postType: tenure.postType, rank: tenure.rank,
                    rankBand: scheme.band(ofRank: tenure.rank), postStart: start, counted: counted, window: window, exposureMonths: exposure,
                    leave: absences))
        }
    }

    /// When the post began: rows of the same unit and title that touch or overlap are one post, because a change of rank or a renewed appointment
    /// within a post does not start it anew.
    static func start(of present: Tenure, among tenures: [Tenure]) -> CalendarDate {
        var start = present.start
        for other in tenures.reversed() where other.unitID == present.unitID && other.post == present.post && other.start < start {
            guard let end = other.end, end >= other.start, end.adding(days: 1) >= start else { continue }
            start = other.start
        }
        return start
    }

    /// Approved absences of the kinds and lengths that the rules call long; one without a last day lasts until `asOf`.
    private static func longLeave(_ rules: ProtectionRules, asOf: CalendarDate, _ transaction: Transaction) throws -> [String: LongLeave] {
        var absences: [String: [ClosedRange<Int32>]] = [:]
        try transaction.forEachRow(of: .leave) { row in
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

    private static func describe(_ tenure: Tenure, files: SourceFiles) -> String {
        let place = files.place(tenure.fileID, line: tenure.line)
        let row = "\(place.file):\(tenure.line)"
        return "任职记录 \(row) 的单位不在单位表或名称不唯一 / the unit of the post in \(row) is not in the units export, or several bear its name"
    }

    /// At most two decimals, and none that say nothing: 4.5, 6.
    static func show(_ number: Double) -> String {
        let hundredths = Int((number * 100).rounded(.down))
        let (whole, rest) = (hundredths / 100, hundredths % 100)
        if rest == 0 { return "\(whole)" }
        return rest % 10 == 0 ? "\(whole).\(rest / 10)" : "\(whole)." + (rest < 10 ? "0" : "") + "\(rest)"
    }
}
