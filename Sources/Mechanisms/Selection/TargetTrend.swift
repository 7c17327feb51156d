import PipelineModel
import Statistics
import Warehouse

/// The pace of a share over the last weeks, and when it reaches its target at that pace.
///
/// A share hardly moves from one night to the next, so nights are no independent points: of each week, counted back from tonight, the newest night is
/// taken. Tonight's share is a count; what is left of the way, divided by the pace and by the ends of its interval, gives the day and its limits.
struct TargetTrend {
    let outlook: TargetOutlook
    /// Weeks that have a night with members, tonight's among them.
    let weeks: Int
    /// Change of the share a year; `nil` with too few weeks.
    private(set) var pace: Double?
    private(set) var interval: Interval?
    private(set) var projected: CalendarDate?
    private(set) var earliest: CalendarDate?
    /// `nil` where the target is not reached within the horizon at the lower end of the pace.
    private(set) var latest: CalendarDate?

    private static let daysOfYear = 365.25

    /// - Parameter earlier: Values of earlier nights, in any order.
    init(_ earlier: [MeasureValue], tonight: MeasureValue, target: Double, rules: TargetRules.Trend) {
        guard let share = tonight.share else {
            (outlook, weeks) = (.nothingCounted, 0)
            return
        }
        var newest: [Int: (day: CalendarDate, share: Double)] = [0: (tonight.asOf, share)]
        for value in earlier where value.asOf < tonight.asOf {
            guard let share = value.share else { continue }
            let week = tonight.asOf.days(since: value.asOf) / 7
            if week < rules.weeks, newest[week].map({ $0.day < value.asOf }) ?? true { newest[week] = (value.asOf, share) }
        }
        weeks = newest.count
        let points = newest.sorted { $0.key < $1.key }.map(\.value)
        if weeks >= rules.minimumWeeks {
            let trend = LinearTrend(x: points.map { Double($0.day.days(since: tonight.asOf)) }, y: points.map(\.share), level: rules.level)
            pace = trend.map { $0.slope * TargetTrend.daysOfYear }
            interval = trend.map { Interval(lower: $0.interval.lower * TargetTrend.daysOfYear, upper: $0.interval.upper * TargetTrend.daysOfYear) }
        }
        let way = target - share
        if way <= TargetGap.rounding {
            outlook = .met
            return
        }
        guard let pace, let interval else {
            outlook = .tooFewNights
            return
        }
        func day(at pace: Double) -> CalendarDate? {
            guard pace > 0, way / pace <= Double(rules.horizonYears) else { return nil }
            // A rounding error must not cost a day.
            return tonight.asOf.adding(days: Int((way / pace * TargetTrend.daysOfYear - 1e-6).rounded(.up)))
        }
        projected = day(at: pace)
        outlook = projected == nil ? .notInSight : .projected
        guard projected != nil else { return }
        (earliest, latest) = (day(at: interval.upper), day(at: interval.lower))
    }
}

extension MeasureValue {
    /// `nil` where there was nothing to count.
    fileprivate var share: Double? { denominator.flatMap { $0 > 0 ? Double(numerator) / Double($0) : nil } }
}
