import PipelineModel
import Tables
import Warehouse

/// Mechanism 2, selection: shares to be reached, township secretaries, and who has been long in one place.
enum SelectionTables {
    static let targets = Table<Looked<StructureTargetRecord>>(
        "structure_targets",
        "one share of the cadres in post in one unit, or in all units, beside its target; a count of everybody, for the department, not for units",
        isListOfNames: true,
        columns: [
            Column("target", "the target's id in the rules") { .text($0.record.target) },
            Column("target_zh", "what it asks for, in Chinese") { .text(optional: $0.rule?.label.chinese) },
            Column("target_en", "the same in English") { .text(optional: $0.rule?.label.english) },
            Column("citation_zh", "the provision, in Chinese") { .text(optional: $0.rule?.citation.chinese) },
            Column("citation_en", "the same in English") { .text(optional: $0.rule?.citation.english) },
        ] + CountColumns.columns(\.scope, \.unitID) + [
            Column("members", "cadres in post whom the share is of") { .integer($0.record.members) },
            Column("meeting", "of these, those who count") { .integer($0.record.meeting) },
            Column("share", "meeting out of members; blank without members") { .decimal(optional: $0.share, places: 4) },
            Column("target_share", "what it is to reach") { .decimal(optional: $0.rule?.share, places: 4) },
            Column("gap_heads", "fewest members to be replaced by others who count, the body keeping its size; 0 where the target is reached") {
                .integer(optional: $0.record.gap)
            },
            Column("gap_additions", "fewest who count to be added, nobody leaving; blank where no number is enough") {
                .integer(optional: $0.record.additions)
            },
            Column("outlook", "met, projected, notInSight, tooFewNights or nothingCounted") { .code($0.record.outlook) },
            Column("outlook_zh", "the same in Chinese") { .chinese($0.record.outlook) },
            Column("weeks", "weeks with a night that the pace rests on, tonight's among them") { .integer($0.record.weeks) },
            Column("pace", "change of the share a year, by a line through the weeks; blank with too few") { .decimal(optional: $0.record.pace, places: 6) },
            Column("pace_low", "lower end of its interval, at the level in the rules") { .decimal(optional: $0.record.paceLower, places: 6) },
            Column("pace_high", "upper end of its interval") { .decimal(optional: $0.record.paceUpper, places: 6) },
            Column("projected", "day on which tonight's share reaches the target at this pace") { .date($0.record.projected) },
            Column("projected_early", "the same at the upper end of the pace") { .date($0.record.earliest) },
            Column("projected_late", "the same at the lower end; blank where the horizon passes first") { .date($0.record.latest) },
        ]
    ) { night, transaction, body in try transaction.forEach(StructureTargetRecord.self) { try body(Looked(record: $0, night: night)) } }

    static let secretaries = Table<Looked<TownshipSecretary>>(
        "township_secretary_pipeline", "one Party secretary of a township or sub-district, as a source of county leadership teams", isListOfNames: true,
        columns: PersonColumns.columns { $0.cadreID } + [
            Column("county_id", "unit above the township; blank where unknown") { .text(optional: $0.record.countyID) },
            Column("county_name", "its name") { .text(optional: $0.night.unitName($0.record.countyID)) },
            Column("post_start", "first day in the post") { .date($0.record.postStart) },
            Column("post_years", "years in it") { .decimal(optional: $0.record.postYears, places: 2) },
            Column("secretary_years", "years as secretary of any township, this one included") { .decimal(optional: $0.record.secretaryYears, places: 2) },
            Column("window", "of promotion, by years as secretary: before, within or past") { .code($0.record.window) },
            Column("window_zh", "the same in Chinese") { .chinese($0.record.window) },
            Column("window_from", "first day of the window, if the post lasts") { .date($0.record.windowFrom) },
            Column("window_to", "its last day") { .date($0.record.windowTo) },
            Column("previous_posts", "posts held before the present one") { .integer($0.record.previousPosts) },
            Column("career", "those posts, newest first: unit, title, first and last day; `;` between them") { .text($0.record.career) },
            Column("standing", "mean of the composite, as in scorecards.csv; blank where not judged") { .decimal(optional: $0.record.standing, places: 6) },
            Column("outstanding", "probability that the composite is outstanding: 0 to 1; blank where not judged") {
                .decimal(optional: $0.record.outstanding, places: 6)
            },
            Column("commendation_id", "the commendation proposed tonight, if there is one") { .text(optional: $0.record.commendationID) },
            Column("flags", "flags proposed tonight, as in flagged_cadres.csv") { .integer($0.record.flags) },
        ]
    ) { night, transaction, body in try transaction.forEach(TownshipSecretary.self) { try body(Looked(record: $0, night: night)) } }

    static let rotation = Table<Looked<RotationDue>>(
        "rotation_due", "one cadre who has been in one post or unit as long as the scheme allows, or soon will have been", isListOfNames: true,
        columns: PersonColumns.columns { $0.cadreID } + [
            Column("due_date", "day on which the first limit is reached") { .date($0.record.due) },
            Column("limited_by", "the limit that comes first: post or unit") { .code($0.record.limitedBy) },
            Column("limited_by_zh", "the same in Chinese") { .chinese($0.record.limitedBy) },
            Column("status", "overdue: reached; soon: within the scheme's horizon") { .code($0.record.status) },
            Column("status_zh", "the same in Chinese") { .chinese($0.record.status) },
            Column("overdue_years", "years over it; 0 before the day") { .decimal(optional: $0.record.overdueYears, places: 2) },
            Column("post_since", "first day in the post; terms that follow one another count as one") { .date($0.record.postSince) },
            Column("post_years", "years in it") { .decimal(optional: $0.record.postYears, places: 2) },
            Column("post_limit", "years allowed; blank without a limit") { .decimal(optional: $0.record.postLimit, places: 2) },
            Column("unit_since", "first day in the unit; posts that follow one another count as one") { .date($0.record.unitSince) },
            Column("unit_years", "years in it") { .decimal(optional: $0.record.unitYears, places: 2) },
            Column("unit_limit", "years allowed; blank without a limit") { .decimal(optional: $0.record.unitLimit, places: 2) },
            Column("citation_zh", "the provision, in Chinese") { .text(optional: $0.limits?.citation.chinese) },
            Column("citation_en", "the same in English") { .text(optional: $0.limits?.citation.english) },
        ]
    ) { night, transaction, body in try transaction.forEach(RotationDue.self) { try body(Looked(record: $0, night: night)) } }
}

extension Looked<StructureTargetRecord> {
    fileprivate var rule: StructureTarget? { night.pipeline.targets?.targets.first { $0.id == record.target } }
    fileprivate var share: Double? { record.members > 0 ? Double(record.meeting) / Double(record.members) : nil }
}

extension Looked<RotationDue> {
    fileprivate var limits: RotationLimits? {
        night.people.person(record.cadreID).kind.flatMap { night.pipeline.scheme(for: $0) }?.rotation
    }
}
