import PipelineModel
import Tables
import Warehouse

/// The review loop: what follows from the reviewers' decisions, and what became of those whom they were about.
enum ReviewTables {
    static let followup = Table<Looked<DispositionFollowup>>(
        "dispositions_followup", "one confirmed disposition, and the fitness check that is due after it", isListOfNames: true,
        columns: [Column("flag_id", "the flag") { .text($0.record.flagID) }] + PersonColumns.columns { $0.cadreID } + [
            Column("cause", "the rule or model that raised it") { .text($0.record.cause) },
            Column("disposition", "as proposed when it was confirmed: recall, retraining, reassignment, supportTalk") { .code($0.record.disposition) },
            Column("disposition_zh", "the same in Chinese") { .chinese($0.record.disposition) },
            Column("confirmed_date", "day of the reviewer's decision") { .date($0.record.confirmed) },
            Column("check_from", "first day on which the fitness check may be made; blank where none is asked for") { .date($0.record.checkFrom) },
            Column("check_to", "day by which it must be made") { .date($0.record.checkTo) },
            Column("state", "noCheck, notYetDue, due, overdue or done") { .code($0.record.state) },
            Column("state_zh", "the same in Chinese") { .chinese($0.record.state) },
            Column("check_date", "day on which it was made, as reviews.csv says; one made before its time does not count") { .date($0.record.checked) },
            Column("check_result", "what it found: fit or unfit") { .code($0.record.result) },
            Column("check_result_zh", "the same in Chinese") { .chinese($0.record.result) },
            Column("citation_zh", "the provision that asks for the check, in Chinese") { .text(optional: $0.record.citationChinese) },
            Column("citation_en", "the provision, in English") { .text(optional: $0.record.citationEnglish) },
        ]
    ) { night, transaction, body in try transaction.forEach(DispositionFollowup.self) { try body(Looked(record: $0, night: night)) } }

    static let outcomes = Table<DispositionOutcome>(
        "outcomes_by_disposition", "one disposition: standing before and after, less the change of similar cadres not flagged up to the decision",
        isListOfNames: false,
        columns: [
            Column("disposition", "recall, retraining, reassignment, supportTalk") { .code($0.disposition) },
            Column("disposition_zh", "the same in Chinese") { .chinese($0.disposition) },
            Column("confirmed", "flags with it that reviewers have confirmed") { .integer($0.confirmed) },
            Column("waiting", "of these, too recent: no window of the scheme lies wholly after the decision yet") { .integer($0.waiting) },
            Column("unmatched", "of these, not comparable: not judged before or after, or nobody alike") { .integer($0.unmatched) },
            Column("cases", "of these, compared") { .integer($0.cases) },
            Column("before", "mean composite of the cases before the decision; blank where they are too few to say") {
                .decimal(optional: $0.before, places: 4)
            },
            Column("after", "their mean composite in the first window after it") { .decimal(optional: $0.after, places: 4) },
            Column("change", "after less before; part of it is regression to the mean, so it is not what the disposition did") {
                .decimal(optional: $0.change, places: 4)
            },
            Column("comparison_change", "the same change of the similar cadres") { .decimal(optional: $0.comparisonChange, places: 4) },
            Column("effect", "change less comparison_change") { .decimal(optional: $0.effect, places: 4) },
            Column("effect_low", "lower limit of its interval (Student, at the level of the review rules)") { .decimal(optional: $0.lower, places: 4) },
            Column("effect_high", "upper limit of its interval") { .decimal(optional: $0.upper, places: 4) },
            Column("remark", "estimated, tooFewToSay or noCases") { .code($0.remark) },
            Column("remark_zh", "the same in Chinese") { .chinese($0.remark) },
        ]
    ) { night, transaction, body in try transaction.forEach(DispositionOutcome.self, body) }
}
