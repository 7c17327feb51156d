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

    /// Shares of months do not add up exactly in binary; a rounding must not cost somebody a month.
    func hasEnoughExposure(for scheme: AppraisalScheme) -> Bool {
        exposureMonths > 0 && exposureMonths + 1e-9 >= scheme.minimumExposureMonths
    }
}

/// Who of the roster may be judged, and why the others are not.
struct ServiceRecords {
    /// By cadre id.
    private(set) var candidates: [Candidate] = []
    /// By cadre id.
    private(set) var notJudged: [NotJudged] = []

    private enum Decision {
        case candidate(Candidate)
        case notJudged(NotJudged)
    }

    /// Decides on every cadre of the roster.
    init(_ service: ServiceData, plans: SchemePlans, files: SourceFiles, asOf: CalendarDate, threads: Int) {
        let decisions = forParts(of: service.history.cadreIDs, threads: threads) { cadres in
            cadres.compactMap { ServiceRecords.decide(on: $0, service, plans: plans, files: files, asOf: asOf) }
        }
        for decision in decisions {
            switch decision {
            case .candidate(let candidate): candidates.append(candidate)
            case .notJudged(let reason): notJudged.append(reason)
            }
        }
    }

    /// The first reason that holds is the one given: identity in doubt, not in service, no post, unknown unit, no scheme, too little exposure.
    private static func decide(
        on cadreID: String, _ service: ServiceData, plans: SchemePlans, files: SourceFiles, asOf: CalendarDate
    ) -> Decision? {
        let history = service.history
        guard let entry = history.cadres[cadreID] else { return nil }
        let tenure = history.post(of: cadreID, on: asOf)
        let unitID = tenure == nil ? entry.unitID : tenure?.unitID
        let kind = unitID.flatMap { history.units[$0]?.kind }
        func refuse(_ reason: NotJudgedReason, _ detail: String, exposure: Double? = nil) -> Decision {
            .notJudged(NotJudged(cadreID: cadreID, unitID: unitID, kind: kind, reason: reason, detail: detail, exposureMonths: exposure))
        }

        if let doubt = service.doubts[cadreID] { return refuse(.identityInDoubt, doubt) }
        guard entry.status == .active else {
            return refuse(.notInService, "人员状态:\(entry.status.chinese) / status: \(entry.status.rawValue)")
        }
        guard let tenure else { return refuse(.noPost, "截至 \(asOf) 无任职记录 / no post covers \(asOf)") }
        guard let unitID, let kind else { return refuse(.unknownUnit, ServiceRecords.describe(tenure, files: files)) }
        guard let scheme = plans.plans[kind]?.scheme else {
            return refuse(.noScheme, "\(kind.chinese)无考核方案 / no scheme for \(kind.rawValue)")
        }
        let candidate = service.candidate(in: tenure, unitID: unitID, scheme: scheme, until: asOf)
        guard candidate.hasEnoughExposure(for: scheme) else {
            let (has, needs) = (ServiceRecords.show(candidate.exposureMonths), ServiceRecords.show(scheme.minimumExposureMonths))
            return refuse(
                .tooLittleExposure, "现任职务 \(has) 个月,少于 \(needs) 个月 / \(has) months in the present post, fewer than \(needs)",
                exposure: candidate.exposureMonths)
        }
        return .candidate(candidate)
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
