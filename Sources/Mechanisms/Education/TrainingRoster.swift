import PipelineModel
import Warehouse

/// Who is named for which course, in which place of its queue, and who must wait (mechanism 1).
///
/// The order: reasons as the rules declare them; then the larger concern or gap; then who has waited longer; then the cadre's number. The first of a
/// course's queue, as many as it takes, are invited. A proposal: people decide.
enum TrainingRoster {
    /// Share of those named for a course who have a place in its next session.
    static let measure = "training_invited"
    static let measures = [MeasureLabel(measure, .education, "点名调训已安排的占比", "Share of those named for a course who have a place in its next session")]

    static func run(_ night: TrackNight, cadres: [CadreInPost]) throws -> [Finding] {
        guard let rules = night.pipeline.training else { return [night.noRules("training", table: TrainingRosterEntry.table)] }
        let passes = try TrainingPasses(night)
        let needs = try TrainingNeeds(night, rules, passes, cadres: cadres)
        let waited = try waitingSince(night)
        var invited = MeasureCounts()
        for course in rules.courses {
            let ofCourse = Dictionary(grouping: needs.needs.filter { $0.course == course.id }, by: \.cadreID)
            let queue = ofCourse.map { Candidate($0.value, order: rules.order, waited: waited[course.id]?[$0.key]) }.sorted()
            let entries = queue.enumerated().map { place, candidate in
                candidate.entry(asOf: night.asOf, place: place + 1, hasPlace: place < course.capacity ?? .max)
            }
            for entry in entries { invited.add(entry.status == .invited, unitID: night.unit(of: entry.cadreID, on: night.asOf)) }
            night.store(entries)
        }
        night.store(invited.values(measure, asOf: night.asOf))
        return findings(night, rules, passes, needs)
    }

    /// By course and cadre, since when those waited whom the newest earlier night named.
    private static func waitingSince(_ night: TrackNight) throws -> [String: [String: CalendarDate]] {
        guard let last = try night.transaction.trackedNight(before: night.asOf) else { return [:] }
        var since: [String: [String: CalendarDate]] = [:]
        try night.transaction.forEach(TrainingRosterEntry.self, asOf: last) { since[$0.course, default: [:]][$0.cadreID] = $0.waitingSince }
        return since
    }

    private static func findings(_ night: TrackNight, _ rules: TrainingRules, _ passes: TrainingPasses, _ needs: TrainingNeeds) -> [Finding] {
        let place = Finding.Location(file: night.pipeline.name)
        var findings = needs.withoutCourse.sorted { $0.key.rawValue < $1.key.rawValue }.map { reason, count in
            Finding(
                .noCourseForNeed, .warning, at: place, value: reason.rawValue,
                message: "\(count) times somebody needs training for \(reason.rawValue), and no course of the training rules is for it",
                hint: "add a course for it, with its dimensions or indicators, to the training rules")
        }
        guard !rules.required.isEmpty else { return findings }
        guard passes.rows > 0, let first = passes.firstHeld else {
            let table = TrainingRosterEntry.table
            findings.append(night.emptySource(.training, table: table, consequence: "\(table).csv does not say who lacks a required course"))
            return findings
        }
        let required = rules.courses.filter { course in rules.required.contains { $0.course == course.id } }
        let needed = required.map { course in course.validYears.map { night.asOf.adding(months: -12 * $0) } ?? CalendarDate(dayNumber: .min) }.min()
        // An export that begins some days later than the oldest pass that counts hides next to nobody.
        if let needed, first.days(since: needed) > 31 {
            findings.append(
                Finding(
                    .trainingHistoryTooShort, .warning, at: place, value: "\(first)",
                    message: "the training export begins on \(first), but required courses passed before that day may still count",
                    hint: "export older courses too; until then some are named who have passed long ago"))
        }
        return findings
    }

    /// One cadre in the queue of one course, with all reasons for it.
    private struct Candidate: Comparable {
        let need: TrainingNeed
        let others: [TrainingReason]
        let rank: Int
        let since: CalendarDate

        init(_ needs: [TrainingNeed], order: [TrainingReason], waited: CalendarDate?) {
            func place(_ need: TrainingNeed) -> Int { order.firstIndex(of: need.reason) ?? order.count }
            let sorted = needs.sorted { left, right in
                if place(left) != place(right) { return place(left) < place(right) }
                if left.size != right.size { return left.size ?? 0 > right.size ?? 0 }
                if left.since != right.since { return left.since < right.since }
                return (left.flagID ?? left.indicator ?? "") < (right.flagID ?? right.indicator ?? "")
            }
            let first = sorted[0]
            need = first
            rank = place(first)
            others = order.filter { reason in reason != first.reason && needs.contains { $0.reason == reason } }
            let earliest = needs.filter { $0.reason == first.reason }.map(\.since).min() ?? first.since
            since = min(earliest, waited ?? earliest)
        }

        func entry(asOf: CalendarDate, place: Int, hasPlace: Bool) -> TrainingRosterEntry {
            TrainingRosterEntry(
                asOf: asOf, course: need.course, place: place, cadreID: need.cadreID, status: hasPlace ? .invited : .waits, reason: need.reason,
                otherReasons: others.map(\.rawValue).joined(separator: ";"), flagID: need.flagID, dimension: need.dimension, indicator: need.indicator,
                size: need.size, waitingSince: since)
        }

        static func < (left: Candidate, right: Candidate) -> Bool {
            if left.rank != right.rank { return left.rank < right.rank }
            if left.need.size != right.need.size { return left.need.size ?? 0 > right.need.size ?? 0 }
            if left.since != right.since { return left.since < right.since }
            return left.need.cadreID < right.need.cadreID
        }

        static func == (left: Candidate, right: Candidate) -> Bool { left.need.cadreID == right.need.cadreID }
    }
}

extension Finding.Check {
    fileprivate static let noCourseForNeed: Self = "NoCourseForNeed"
    fileprivate static let trainingHistoryTooShort: Self = "TrainingHistoryTooShort"
}
