import PipelineModel
import Warehouse

/// What follows from each confirmed disposition: after a retraining the fitness check, which falls due in a span of months.
enum DispositionFollowups {
    static let measures = [MeasureLabel("fitness_checks_done", .organisation, "到期适任考核已完成的占比", "Share of fitness checks due that are done")]

    static func run(_ night: TrackNight, verdicts: [String: ReviewVerdict]) throws -> [Finding] {
        let confirmed = try ConfirmedDisposition.all(verdicts, night)
        var done = MeasureCounts()
        let followups = confirmed.map { entry in
            let check = night.pipeline.reviews.fitnessCheck(after: entry.flag.disposition)
            let (from, to) = (check.map { entry.day.adding(months: $0.fromMonths) }, check.map { entry.day.adding(months: $0.toMonths) })
            // A check made before its time says nothing of what retraining has done.
            let made = entry.verdict.fitnessDay.flatMap { day in from.map { day >= $0 ? day : nil } ?? day }
            let state: FollowupState =
                if made != nil {
                    .done
                } else if let from, let to {
                    night.asOf < from ? .notYetDue : night.asOf <= to ? .due : .overdue
                } else {
                    .noCheck
                }
            if check != nil, state == .done || state == .overdue {
                done.add(state == .done, unitID: night.unit(of: entry.flag.cadreID, on: night.asOf))
            }
            return DispositionFollowup(
                flagID: entry.flag.flagID, cadreID: entry.flag.cadreID, cause: entry.flag.cause, disposition: entry.flag.disposition,
                confirmed: entry.day, checkFrom: from, checkTo: to, state: state, checked: made, result: made == nil ? nil : entry.verdict.fitness,
                citationChinese: check?.citation.chinese, citationEnglish: check?.citation.english)
        }
        night.store(followups)
        night.store(done.values(measures[0].id, asOf: night.asOf))
        return verdicts.isEmpty ? [night.emptySource(.reviews, table: DispositionFollowup.table)] : []
    }
}

/// A flag whose disposition a reviewer has confirmed.
struct ConfirmedDisposition {
    /// As the reviewer read it.
    let flag: FlagRecord
    let verdict: ReviewVerdict
    var day: CalendarDate { verdict.day }

    /// By day and flag; reviews of flags that no night has raised confirm nothing.
    static func all(_ verdicts: [String: ReviewVerdict], _ night: TrackNight) throws -> [ConfirmedDisposition] {
        let confirmed = verdicts.filter { $0.value.decision == .confirmed }
        let flags = try night.transaction.flagsAsReviewed(confirmed, asOf: night.asOf)
        return confirmed.values.compactMap { verdict in flags[verdict.flagID].map { ConfirmedDisposition(flag: $0, verdict: verdict) } }
            .sorted { ($0.day, $0.flag.flagID) < ($1.day, $1.flag.flagID) }
    }
}
