import PipelineModel
import Tables
import Warehouse

/// Mechanism 3, appraisal: the contest, ballots, televised questioning and annual grades, by unit.
enum EvaluationTables {
    static let mediaInquiries = Table<Looked<MediaInquiryStatus>>(
        "media_inquiries", "one problem aired on television, and whether it was rectified in time", isListOfNames: false,
        columns: [Column("record_id", "number of the inquiry") { .text($0.record.recordID) }] + FunnelColumns.unit { $0.unitID } + [
            Column("aired_date", "day it was aired") { .date($0.record.aired) },
            Column("due_date", "day by which it must be rectified; blank where the export says none") { .date($0.record.due) },
            Column("rectified_date", "day it was rectified; blank while open") { .date($0.record.rectified) },
        ] + DutyColumns.columns({ $0.progress }, { $0.daysLate }) + [
            Column("file", "export file of the inquiry") { .text(optional: $0.night.path(ofFile: $0.record.fileID)) },
            Column("line", "line of the inquiry in it; counts from 1") { .integer($0.record.line) },
        ]
    ) { night, transaction, body in try transaction.forEach(MediaInquiryStatus.self) { try body(Looked(record: $0, night: night)) } }

    static let contest = Table<Looked<ContestStanding>>(
        "contest_standings", "where one unit stands in one measure of the six-field contest, among units of its kind of body", isListOfNames: false,
        columns: [
            Column("field", "field of the contest: projects, reform, innovation, service, environment, partyBuilding") { .code($0.record.field) },
            Column("field_zh", "the same in Chinese") { .chinese($0.record.field) },
            Column("measure", "what is compared: its id in rules/contest.yaml") { .text($0.record.measure) },
            Column("measure_zh", "its name in Chinese") { .text(optional: $0.contest?.label.chinese) },
            Column("measure_en", "its name in English") { .text(optional: $0.contest?.label.english) },
            Column("better", "`more` or `less`: which values are good") { .text(optional: $0.contest.map { $0.moreIsBetter ? "more" : "less" }) },
            Column("kind", "kind of body: units of one kind are compared") { .code($0.record.kind) },
            Column("kind_zh", "the same in Chinese") { .chinese($0.record.kind) },
        ] + FunnelColumns.unit { $0.unitID } + [
            Column("events", "of a share: what is counted; blank for a mean") { .integer(optional: $0.record.events) },
            Column("trials", "of what they are a part, or the number of values") { .integer($0.record.trials) },
            Column("value", "the share or mean as it is; blank where there is none") { .decimal(optional: $0.record.value, places: 6) },
            Column("adjusted", "the same, drawn towards the units of the kind as far as chance asks for; blank where units cannot be compared") {
                .decimal(optional: $0.record.adjusted, places: 6)
            },
            Column("lower", "lower end of its interval, at the level of the rank interval") { .decimal(optional: $0.record.lower, places: 6) },
            Column("upper", "upper end") { .decimal(optional: $0.record.upper, places: 6) },
            Column("units_compared", "units of the kind that have a value") { .integer($0.record.units) },
            Column("rank", "middle of the ranks drawn from what is known; 1 is best") { .integer(optional: $0.record.rank) },
            Column("rank_best", "best rank of the interval: units whose intervals overlap widely are tied") { .integer(optional: $0.record.rankBest) },
            Column("rank_worst", "worst rank of the interval") { .integer(optional: $0.record.rankWorst) },
        ]
    ) { night, transaction, body in try transaction.forEach(ContestStanding.self) { try body(Looked(record: $0, night: night)) } }

    static let doubleEvaluation = Table<Looked<EvaluationStanding>>(
        "double_evaluation", "what the ballots of the double evaluation say of one unit or cadre, and which were set aside", isListOfNames: true,
        columns: [
            Column("level", "unit or cadre") { .code($0.record.level) },
            Column("level_zh", "the same in Chinese") { .chinese($0.record.level) },
        ] + FunnelColumns.unit { $0.unitID } + [
            Column("cadre_id", "the cadre; blank for a unit") { .text(optional: $0.record.cadreID) },
            Column("name", "name as in the roster; blank for a unit") { .text(optional: $0.cadreName) },
            Column("raw_mean", "mean of all ballots of the period; blank without any") { .decimal(optional: $0.record.rawMean, places: 4) },
            Column("adjusted_mean", "mean of those that count, freed of how severe their raters are; blank where that cannot be told") {
                .decimal(optional: $0.record.adjustedMean, places: 4)
            },
            Column("lower", "lower end of its 95% interval") { .decimal(optional: $0.record.lower, places: 4) },
            Column("upper", "upper end") { .decimal(optional: $0.record.upper, places: 4) },
            Column("raters", "raters whose ballots count") { .integer($0.record.raters) },
            Column("ballots_counted", "ballots that count, one for each rater and cadre") { .integer($0.record.counted) },
            Column("set_aside_repeated", "set aside: further ballots of a rater on the same cadre; their mean is the one that counts") {
                .integer($0.record.repeated)
            },
            Column("set_aside_straight", "set aside: of raters who gave everybody one and the same mark") { .integer($0.record.straightLined) },
            Column("set_aside_period", "set aside: outside the period of rules/evaluation.yaml") { .integer($0.record.outsidePeriod) },
        ]
    ) { night, transaction, body in try transaction.forEach(EvaluationStanding.self) { try body(Looked(record: $0, night: night)) } }

    static let gradeInflation = Table<Looked<GradeInflation>>(
        "grade_inflation", "one unit's annual grades of its newest graded year, beside what its members' estimates let expect", isListOfNames: false,
        columns: FunnelColumns.unit { $0.unitID } + [
            Column("kind", "kind of body: units of one kind are compared") { .code($0.record.kind) },
            Column("kind_zh", "the same in Chinese") { .chinese($0.record.kind) },
            Column("year", "the year that was graded") { .integer($0.record.year) },
            Column("graded", "members with a grade") { .integer($0.record.graded) },
            Column("excellent", "of these, excellent") { .integer($0.record.excellent) },
            Column("excellent_share", "the share") { FunnelColumns.share($0.record.excellent, of: $0.record.graded) },
            Column("allowed", "the largest whole number within the share of rules/evaluation.yaml") { .integer($0.record.allowed) },
            Column("judged", "of the graded, those whom the model has an estimate of") { .integer($0.record.judged) },
            Column("excellent_judged", "of these, excellent") { .integer($0.record.excellentJudged) },
            Column("expected", "excellent grades to be expected of these if grades followed estimates; blank where that cannot be told") {
                .decimal(optional: $0.record.expected, places: 4)
            },
            Column("ratio", "excellent grades given to them over those expected") {
                .decimal(optional: $0.ratio, places: 4)
            },
        ] + FunnelColumns.columns("ratio", "the ratio") { $0.ratio }
    ) { night, transaction, body in try transaction.forEach(GradeInflation.self) { try body(Looked(record: $0, night: night)) } }
}

extension Looked<ContestStanding> {
    fileprivate var contest: ContestMeasure? { night.pipeline.contest?.measures.first { $0.id == record.measure } }
}

extension Looked<EvaluationStanding> {
    fileprivate var cadreName: String? { record.cadreID.flatMap { night.people.person($0).name } }
}

extension Looked<GradeInflation> {
    fileprivate var ratio: Double? { record.expected.flatMap { $0 > 0 ? Double(record.excellentJudged) / $0 : nil } }
}
