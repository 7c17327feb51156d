import PipelineModel
import Tables
import Warehouse

/// Mechanism 1, education and training: who is named for which course, how courses ended, and who was sent to the front line.
enum EducationTables {
    static let roster = Table<Looked<TrainingRosterEntry>>(
        "training_roster", "one cadre named for one course, why, and the place in its queue; a proposal", isListOfNames: true,
        columns: [
            Column("course", "the course's id in the training rules") { .text($0.record.course) },
            Column("course_zh", "its name in Chinese") { .text(optional: $0.course?.label.chinese) },
            Column("course_en", "its name in English") { .text(optional: $0.course?.label.english) },
            Column("place", "in the course's queue; counts from 1") { .integer($0.record.place) },
            Column("capacity", "people whom the next session takes; blank where there is no limit") { .integer(optional: $0.course?.capacity) },
            Column("status", "invited: within the capacity; waits: behind it") { .code($0.record.status) },
            Column("status_zh", "the same in Chinese") { .chinese($0.record.status) },
        ] + PersonColumns.columns { $0.cadreID } + [
            Column("reason", "retrainingFlag, capabilityGap or requiredCourse: the first that holds, in the order of the rules") { .code($0.record.reason) },
            Column("reason_zh", "the same in Chinese") { .chinese($0.record.reason) },
            Column("other_reasons", "further reasons for the same course, with `;` between them") { .text($0.record.otherReasons) },
            Column("other_reasons_zh", "the same in Chinese") { .text($0.otherReasonsChinese) },
            Column("flag_id", "for a retraining flag: the flag") { .text(optional: $0.record.flagID) },
            Column("dimension", "for a retraining flag: the weakest dimension that a course helps; blank where the model says none") {
                .code($0.record.dimension)
            },
            Column("dimension_zh", "the same in Chinese") { .chinese($0.record.dimension) },
            Column("indicator", "for a capability gap: the indicator") { .text(optional: $0.record.indicator) },
            Column("indicator_zh", "its name in Chinese") { .text(optional: $0.indicatorChinese) },
            Column(
                "size",
                "retraining flag: probability of concern, 1 for a rule; capability gap: how far the whole interval lies under the line; blank for a required course"
            ) { .decimal(optional: $0.record.size, places: 6) },
            Column("waiting_since", "first day of the need, as far as earlier nights and the exports know it") { .date($0.record.waitingSince) },
        ]
    ) { night, transaction, body in try transaction.forEach(TrainingRosterEntry.self, asOf: night.asOf) { try body(Looked(record: $0, night: night)) } }

    static let completion = Table<Looked<TrainingCompletion>>(
        "training_completion", "one course in one unit, or in all units: how it ended in the last months; whole numbers, for the department, not for units",
        isListOfNames: true,
        columns: [Column("course", "the course, as the training export writes it") { .text($0.record.course) }]
            + CountColumns.columns(\.scope, \.unitID) + [
                Column("enrolled", "enrolments in courses that ended in these months") { .integer($0.record.enrolled) },
                Column("passed", "of these, passed") { .integer($0.record.passed) },
                Column("failed", "of these, failed") { .integer($0.record.failed) },
                Column("missed", "of these, missed; what is none of the three has no result in the export") { .integer($0.record.missed) },
                Column("required", "enrolments that the post requires") { .integer($0.record.required) },
                Column("required_passed", "of the required ones, passed") { .integer($0.record.requiredPassed) },
                Column("required_failed", "of the required ones, failed") { .integer($0.record.requiredFailed) },
                Column("required_missed", "of the required ones, missed") { .integer($0.record.requiredMissed) },
            ]
    ) { night, transaction, body in try transaction.forEach(TrainingCompletion.self) { try body(Looked(record: $0, night: night)) } }

    static let postings = Table<Looked<FrontlinePostingCount>>(
        "frontline_postings", "postings to front-line work of one year, kind and unit, or of all units; whole numbers, for the department, not for units",
        isListOfNames: true,
        columns: [
            Column("year", "in which the postings began") { .integer($0.record.year) },
            Column("frontline_kind", "frontline, keyProject, inspection or stabilityAndPetitions") { .code($0.record.kind) },
            Column("frontline_kind_zh", "the same in Chinese") { .chinese($0.record.kind) },
        ] + CountColumns.columns(\.scope, \.unitID) + [
            Column("sent", "postings; the unit is the one that sent") { .integer($0.record.sent) },
            Column("cadres", "different people among them") { .integer($0.record.cadres) },
            Column("posted_now", "of the postings, those that last on the as-of date") { .integer($0.record.postedNow) },
        ]
    ) { night, transaction, body in try transaction.forEach(FrontlinePostingCount.self) { try body(Looked(record: $0, night: night)) } }
}

/// The columns that say whose numbers a row counts.
enum CountColumns {
    static func columns<Stored>(
        _ scope: @escaping @Sendable (Stored) -> CountScope, _ unitID: @escaping @Sendable (Stored) -> String?
    ) -> [Column<Looked<Stored>>] {
        [
            Column("scope", "`unit`: one unit; `all`: all of them together") { .code(scope($0.record)) },
            Column("scope_zh", "the same in Chinese") { .chinese(scope($0.record)) },
            Column("unit_id", "the unit; blank for all units, and for cadres whose unit is unknown") { .text(optional: unitID($0.record)) },
            Column("unit_name", "its name") { .text(optional: $0.night.unitName(unitID($0.record))) },
            Column("kind", "kind of body: county, municipalOrgan, university, stateEnterprise, township") { .code($0.kind(unitID)) },
            Column("kind_zh", "the same in Chinese") { .chinese($0.kind(unitID)) },
        ]
    }
}

extension Looked {
    fileprivate func kind(_ unitID: (Stored) -> String?) -> KindOfBody? { unitID(record).flatMap { night.people.units[$0]?.kind } }
}

extension Looked<TrainingRosterEntry> {
    fileprivate var indicatorChinese: String? { record.indicator.flatMap { night.indicators[$0]?.label.chinese } }
    fileprivate var course: TrainingRules.Course? { night.pipeline.training?.courses.first { $0.id == record.course } }
    fileprivate var otherReasonsChinese: String {
        record.otherReasons.split(separator: ";").compactMap { TrainingReason(rawValue: String($0))?.chinese }.joined(separator: ";")
    }
}
