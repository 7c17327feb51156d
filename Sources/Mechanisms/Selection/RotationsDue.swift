import PipelineModel
import Warehouse

/// Who has been in one post or unit for as long as the scheme allows, or soon will have been (mechanism 2: 交流).
enum RotationsDue {
    /// Share of those whom a scheme limits who are within their limits.
    static let measure = "rotation_within_limits"
    static let measures = [MeasureLabel(measure, .selection, "在交流年限以内的占比", "Share of those whom a scheme limits who are within their limits")]

    static func run(_ night: TrackNight, cadres: [CadreInPost]) throws -> [Finding] {
        let schemes = Dictionary(night.pipeline.schemes.map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first })
        guard schemes.values.contains(where: { $0.rotation != nil }) else { return [night.noRules("rotation", table: RotationDue.table)] }
        var due: [RotationDue] = []
        var within = MeasureCounts()
        for cadre in cadres {
            guard let unit = cadre.tenure.unitID.flatMap({ night.history.units[$0] }), let limits = schemes[unit.kind]?.rotation,
                limits.postTypes.isEmpty || cadre.tenure.postType.map(limits.postTypes.contains) ?? false, let row = record(cadre, limits, night)
            else { continue }
            within.add(row.status != .overdue, unitID: unit.unitID)
            if row.due <= night.asOf.adding(months: limits.horizonMonths) { due.append(row) }
        }
        night.store(due)
        night.store(within.values(measure, asOf: night.asOf))
        return []
    }

    /// Where a cadre stands against the limits; `nil` where they limit nothing.
    private static func record(_ cadre: CadreInPost, _ limits: RotationLimits, _ night: TrackNight) -> RotationDue? {
        let posts = night.heldPosts(of: cadre.cadreID)
        let inPost = start(of: cadre.tenure, posts) { $0.post == $1.post && $0.unitID == $1.unitID }
        let inUnit = start(of: cadre.tenure, posts) { $0.unitID == $1.unitID }
        let byPost = limits.postYears.map { day(after: $0, from: inPost) }
        let byUnit = limits.unitYears.map { day(after: $0, from: inUnit) }
        guard let due = [byPost, byUnit].compactMap({ $0 }).min() else { return nil }
        return RotationDue(
            cadreID: cadre.cadreID, due: due, limitedBy: byPost == due ? .post : .unit, status: due <= night.asOf ? .overdue : .soon,
            overdueYears: max(0, years(from: due, to: night.asOf)), postSince: inPost, postYears: years(from: inPost, to: night.asOf),
            postLimit: limits.postYears, unitSince: inUnit, unitYears: years(from: inUnit, to: night.asOf), unitLimit: limits.unitYears)
    }

    /// The first day of the run of tenures that leads to the present one without a break of more than a month and without leaving what `isSame` compares.
    private static func start(of present: Tenure, _ posts: [Tenure], isSame: (Tenure, Tenure) -> Bool) -> CalendarDate {
        var first = present.start
        for tenure in posts.reversed() where tenure.start < first {
            guard isSame(tenure, present), let end = tenure.end, first.days(since: end) <= 31 else { break }
            first = tenure.start
        }
        return first
    }

    private static func day(after years: Double, from start: CalendarDate) -> CalendarDate { start.adding(months: Int((years * 12).rounded())) }

    private static func years(from start: CalendarDate, to end: CalendarDate) -> Double { Double(end.days(since: start)) / 365.25 }
}
