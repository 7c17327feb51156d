import PipelineModel
import Tables
import Warehouse

/// The tables that a unit's head gets: counts of the unit, no name, no flag, no single petition.
enum UnitTables {
    static let summary = UnitTable<SummaryLine>(
        "summary", "the unit: its cadres in service, judged, not judged and flagged, as in `summary_by_unit.csv`",
        columns: [
            Column("unit_id", "the unit") { .text(optional: $0.unitID) }, Column("unit_name", "its name") { .text(optional: $0.unitName) },
        ] + SummaryTables.counts
    ) { [$0.line] }

    static let staff = UnitTable<StaffLine>(
        "staff", "one rank of the unit, or all: its cadres in service by class of civil servant; small cells, and those that would give them away, are blank",
        columns: [
            Column("scope", "`rank`, or `all` for the last row") { .text($0.isAll ? "all" : "rank") },
            Column("rank", "rank as the HR system writes it; blank where it says none, and in the last row") { .text(optional: $0.rank) },
            Column("general_administration", "综合管理") { $0.cell(0) }, Column("law_enforcement", "行政执法") { $0.cell(1) },
            Column("professional_technical", "专业技术") { $0.cell(2) }, Column("no_class", "cadres for whom the roster has no class") { $0.cell(3) },
            Column("cadres", "all of them") { $0.cell(4) },
            Column("suppressed", "`true` where a cell was left blank: of 1 to 4 people, or one that would give such a cell away") {
                .flag($0.isHidden.contains(true))
            },
        ]
    ) { StaffLine.lines(of: $0) }

    static let training = UnitTable<UnitTraining.Line>(
        "training_completion",
        "one course, or all of them: how it ended for the unit's cadres in the last months; small cells, and those that would give them away, are blank",
        columns: [
            Column("scope", "`course`, or `all` for the last row") { .text($0.course == nil ? "all" : "course") },
            Column("course", "the course, as the training export writes it; blank in the last row") { .text(optional: $0.course) },
            Column("enrolled", "enrolments in courses that ended in these months") { $0.counts.cell(0) },
            Column("with_result", "of these, with a result: passed, failed or missed") { $0.counts.cell(1) },
            Column("passed", "of these, passed") { $0.counts.cell(2) },
            Column("share_passed", "passed out of those with a result; blank where there are none, which is not zero") { $0.counts.share(2, of: 1) },
            Column("required", "enrolments that the post requires") { $0.counts.cell(3) },
            Column("required_with_result", "of these, with a result") { $0.counts.cell(4) },
            Column("required_passed", "of these, passed") { $0.counts.cell(5) },
            Column("share_required_passed", "passed out of those required and with a result; blank where there are none") { $0.counts.share(5, of: 4) },
            Column("suppressed", "`true` where a cell was left blank: of 1 to 4, or one that would give such a cell away") { .flag($0.counts.isSuppressed) },
        ]
    ) { UnitTraining($0.completions, of: $0).lines }

    static let petitions = UnitTable<UnitPetitions.Line>(
        "petition_handling",
        "one kind of petition that the unit handles, or all: whether in time, and what is open; small cells, and those that would give them away, are blank",
        columns: [
            Column("scope", "`kind`, or `all` for the last row") { .text($0.isAll ? "all" : "kind") },
            Column("petition_kind", "accusation, appeal or suggestion; blank where the export does not say, and in the last row") { .code($0.kind) },
            Column("petition_kind_zh", "the same in Chinese") { .chinese($0.kind) },
            Column("received", "petitions that came in within the window") { $0.counts.cell(0) },
            Column("acceptance_due", "of these, those whose day for acceptance has passed, where it is known whether they were accepted") { $0.counts.cell(1) },
            Column("accepted_in_time", "of these, accepted by that day") { $0.counts.cell(2) },
            Column("share_accepted", "accepted in time out of those due; blank where there are none, which is not zero") { $0.counts.share(2, of: 1) },
            Column("closing_due", "of those received, those whose day for closing has passed") { $0.counts.cell(3) },
            Column("closed_in_time", "of these, closed by that day") { $0.counts.cell(4) },
            Column("share_closed", "closed in time out of those due; blank where there are none, which is not zero") { $0.counts.share(4, of: 3) },
            Column("open", "open petitions, of any window") { $0.counts.cell(5) },
            Column("open_in_acceptance", "of these, no older than the days for acceptance") { $0.counts.cell(6) },
            Column("open_in_closing", "older, and no older than the days for closing") { $0.counts.cell(7) },
            Column("open_in_extension", "older, and no older than the days for closing with their extension") { $0.counts.cell(8) },
            Column("open_beyond", "older") { $0.counts.cell(9) },
            Column("suppressed", "`true` where a cell was left blank: of 1 to 4, or one that would give such a cell away") { .flag($0.counts.isSuppressed) },
        ]
    ) { UnitPetitions($0.handling, of: $0).lines }

    static let progress = UnitTable<UnitProgress>(
        "implementation_progress", "one measure of the opinion for the unit: tonight, last month and a year ago; small cells are blank",
        columns: [
            Column("measure", "the measure's id") { .text($0.record.measure) },
            Column("measure_zh", "what it measures, in Chinese") { .text($0.record.labelChinese) },
            Column("measure_en", "what it measures, in English") { .text($0.record.labelEnglish) },
            Column("mechanism", "education, selection, appraisal, faultTolerance, clarification, care, organisation") { .code($0.record.mechanism) },
            Column("mechanism_zh", "the same in Chinese") { .chinese($0.record.mechanism) },
            Column("numerator", "how many meet the measure tonight; blank also where 1 to 4 do, or 1 to 4 do not") {
                .integer(optional: $0.tonight.numerator)
            },
            Column("denominator", "out of how many; blank for a plain count") { .integer(optional: $0.tonight.denominator) },
            Column("share", "numerator out of denominator") { $0.tonight.cell },
            Column("last_month_night", "newest night of the month before tonight's; blank where there was none") { .date($0.record.lastMonthNight) },
            Column("last_month_numerator", "the numerator on that night") { .integer(optional: $0.lastMonth.numerator) },
            Column("last_month_denominator", "the denominator on that night") { .integer(optional: $0.lastMonth.denominator) },
            Column("change_since_last_month", "share less share, or count less count; blank where one of them is") { $0.tonight.change(since: $0.lastMonth) },
            Column("year_ago_night", "newest night of the month twelve months before tonight's; blank where there was none") {
                .date($0.record.yearAgoNight)
            },
            Column("year_ago_numerator", "the numerator on that night") { .integer(optional: $0.yearAgo.numerator) },
            Column("year_ago_denominator", "the denominator on that night") { .integer(optional: $0.yearAgo.denominator) },
            Column("change_since_year_ago", "share less share, or count less count; blank where one of them is") { $0.tonight.change(since: $0.yearAgo) },
            Column("suppressed", "`true` where a number was left blank for the sake of few people") { .flag($0.isSuppressed) },
        ]
    ) { unit in UnitProgress.lines(of: unit) }
}
