import PipelineModel
import Statistics
import Warehouse

/// What became of those with a confirmed disposition, beside similar cadres who had not been flagged.
///
/// Whoever is flagged stood low, and who stood low by bad luck stands higher next time whatever is done: regression to the mean. So each case is compared
/// with cadres of the same scheme and peer group whose composite and whose uncertainty were alike before and whom no night up to the decision had flagged,
/// and the change of these is taken off (difference in differences). What became of them afterwards chooses nobody: without those who fell and were flagged
/// later the others would seem to rise. "Before" is the newest kept night not after the decision, and at most two months older; "after" the first kept night whose window lies wholly
/// after the decision, so that no event counts on both sides. The interval is Student's over the cases; it does not know that two cases can share a match,
/// nor that similar cadres whom nobody flagged may differ in what the exports do not hold.
struct Outcomes {
    private let night: TrackNight
    private let rules: ReviewRules.OutcomeRules
    private let nights: [CalendarDate]
    /// By day of a decision, everybody flagged up to it.
    private var flagged: [CalendarDate: Set<String>] = [:]
    private var standings: [CalendarDate: [String: StandingRecord]] = [:]

    /// One case: its standing before and after, and what the matches' change was on average.
    private struct Case {
        let before: Double
        let after: Double
        let comparison: Double

        var effect: Double { after - before - comparison }
    }

    private enum Answer { case waiting, unmatched, measured(Case) }

    static func run(_ night: TrackNight, verdicts: [String: ReviewVerdict]) throws -> [Finding] {
        var outcomes = try Outcomes(night)
        let confirmed = try ConfirmedDisposition.all(verdicts, night)
        try night.store(
            Disposition.allCases.map { disposition in
                try outcomes.outcome(disposition, of: confirmed.filter { $0.flag.disposition == disposition })
            })
        return []
    }

    private init(_ night: TrackNight) throws {
        self.night = night
        rules = night.pipeline.reviews.outcomes
        nights = try night.transaction.standingNights(through: night.asOf)
    }

    private mutating func outcome(_ disposition: Disposition, of confirmed: [ConfirmedDisposition]) throws -> DispositionOutcome {
        var (waiting, unmatched): (Int, Int) = (0, 0)
        var cases: [Case] = []
        for entry in confirmed {
            switch try answer(entry) {
            case .waiting: waiting += 1
            case .unmatched: unmatched += 1
            case .measured(let found): cases.append(found)
            }
        }
        let isTold = cases.count >= rules.minimumCases
        func mean(_ part: (Case) -> Double) -> Double? { isTold ? cases.map(part).reduce(0, +) / Double(cases.count) : nil }
        let interval = isTold ? Outcomes.interval(of: cases.map(\.effect), level: rules.level) : nil
        return DispositionOutcome(
            disposition: disposition, confirmed: confirmed.count, waiting: waiting, unmatched: unmatched, cases: cases.count, before: mean(\.before),
            after: mean(\.after), change: mean { $0.after - $0.before }, comparisonChange: mean(\.comparison), effect: mean(\.effect),
            lower: interval?.lower, upper: interval?.upper, remark: isTold ? .estimated : cases.isEmpty ? .noCases : .tooFewToSay)
    }

    private mutating func answer(_ entry: ConfirmedDisposition) throws -> Answer {
        let months = night.pipeline.scheme(for: entry.flag.kind ?? .county)?.windowMonths ?? 12
        guard let last = nights.first(where: { MonthWindow(trailing: months, asOf: $0).first.firstDay > entry.day }) else { return .waiting }
        guard let first = nights.last(where: { $0 <= entry.day }), first >= entry.day.adding(months: -2) else { return .unmatched }
        let (then, later) = (try standings(on: first), try standings(on: last))
        guard let before = then[entry.flag.cadreID], let after = later[entry.flag.cadreID] else { return .unmatched }
        let flagged = try flagged(through: entry.day)
        let matches = then.values.filter { other in
            other.kind == before.kind && other.groupID == before.groupID && !flagged.contains(other.cadreID) && later[other.cadreID] != nil
                && Outcomes.distance(other, before) <= rules.caliper
        }.sorted { (Outcomes.distance($0, before), $0.cadreID) < (Outcomes.distance($1, before), $1.cadreID) }.prefix(rules.matches)
        guard !matches.isEmpty else { return .unmatched }
        let change = matches.reduce(0) { $0 + (later[$1.cadreID]?.mean ?? $1.mean) - $1.mean } / Double(matches.count)
        return .measured(Case(before: before.mean, after: after.mean, comparison: change))
    }

    private mutating func flagged(through day: CalendarDate) throws -> Set<String> {
        if let known = flagged[day] { return known }
        let read = try night.transaction.everFlagged(through: day)
        flagged[day] = read
        return read
    }

    private mutating func standings(on day: CalendarDate) throws -> [String: StandingRecord] {
        if let known = standings[day] { return known }
        var read: [String: StandingRecord] = [:]
        try night.transaction.forEach(StandingRecord.self, asOf: day) { read[$0.cadreID] = $0 }
        standings[day] = read
        return read
    }

    private static func distance(_ one: StandingRecord, _ other: StandingRecord) -> Double {
        let (mean, deviation) = (one.mean - other.mean, one.deviation - other.deviation)
        return (mean * mean + deviation * deviation).squareRoot()
    }

    /// Student's interval of a mean; `nil` for fewer than two numbers.
    static func interval(of numbers: [Double], level: Double) -> Interval? {
        let count = Double(numbers.count)
        guard numbers.count > 1, let t = studentQuantile(0.5 + level / 2, degreesOfFreedom: count - 1) else { return nil }
        let mean = numbers.reduce(0, +) / count
        let reach = t * (numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1) / count).squareRoot()
        return Interval(lower: mean - reach, upper: mean + reach)
    }
}
