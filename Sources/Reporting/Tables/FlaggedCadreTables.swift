import PipelineModel
import Tables
import Warehouse

/// `flagged_cadres.csv` and its parts by disposition.
enum FlaggedCadreTables {
    static let all: [any OutputTable] = [
        table("flagged_cadres", "one flag: a proposal to look at a cadre, never a decision; all dispositions", only: nil),
        table("recall", "one flag that proposes recall management (召回管理)", only: .recall),
        table("retraining", "one flag that proposes retraining (回炉锻造)", only: .retraining),
        table("reassignment", "one flag that proposes reassignment (二次择岗)", only: .reassignment),
        table("support_talk", "one flag that proposes a support talk (提醒谈话), the mildest", only: .supportTalk),
    ]

    private static func table(_ name: String, _ meaning: String, only disposition: Disposition?) -> Table<FlaggedCadre> {
        Table(name, meaning, isListOfNames: true, columns: columns) { night, transaction, body in
            for flagged in night.flagged where disposition == nil || flagged.flag.disposition == disposition { try body(flagged) }
        }
    }

    private static let columns: [Column<FlaggedCadre>] = [
        Column("flag_id", "the flag's number; stays the same on later nights while cadre, cause and newest evidence do") { .text($0.flag.flagID) },
        Column("status", "always `proposed`: only a person decides") { .code($0.flag.status) },
        Column("status_zh", "the same in Chinese") { .text($0.flag.status.chinese) },
        Column("cadre_id", "the cadre's number in the HR system") { .text($0.flag.cadreID) },
        Column("name", "name as in the roster; blank where the roster has none") { .text(optional: $0.name) },
        Column("unit_id", "unit of the present post; blank where unknown") { .text(optional: $0.flag.unitID) },
        Column("unit_name", "its name") { .text(optional: $0.unitName) },
        Column("kind", "kind of body: county, municipalOrgan, university, stateEnterprise, township") { .code($0.flag.kind) },
        Column("kind_zh", "the same in Chinese") { .chinese($0.flag.kind) },
        Column("post", "title of the present post") { .text(optional: $0.post) },
        Column("rank", "rank as the HR system writes it") { .text(optional: $0.rank) },
        Column("disposition", "what is proposed: recall, retraining, reassignment, supportTalk") { .code($0.flag.disposition) },
        Column("disposition_zh", "the same in Chinese") { .chinese($0.flag.disposition) },
        Column("cause", "what raised the flag: `trigger:` and the rule's id, or the model") { .text($0.flag.cause) },
        Column("tier", "where the model has the cadre: flagged, watch; blank where only a rule speaks") { .code($0.tier) },
        Column("tier_zh", "the same in Chinese") { .chinese($0.tier) },
        Column("concern", "probability that the true composite lies below the line of concern: 0 to 1; blank for cadres who are not judged") {
            .decimal(optional: $0.concern, places: 6)
        },
        Column("reason_zh", "why, in Chinese; several reasons are joined") { .text($0.joined(\.statementChinese, separator: "；")) },
        Column("reason_en", "why, in English") { .text($0.joined(\.statementEnglish, separator: "; ")) },
        Column("citation_zh", "the provision that says so, in Chinese") { .text($0.joined(\.citationChinese, separator: "；")) },
        Column("citation_en", "the provision, in English") { .text($0.joined(\.citationEnglish, separator: "; ")) },
        Column("cleared_by_zh", "what would clear the flag, in Chinese") { .text($0.joined(\.clearedByChinese, separator: "；")) },
        Column("cleared_by_en", "what would clear the flag, in English") { .text($0.joined(\.clearedByEnglish, separator: "; ")) },
        Column("evidence_count", "rows of `flag_evidence.csv` that the flag rests on") { .integer($0.evidenceCount) },
        Column("events_excluded", "rows that a protection took out before the flag was raised") { flagged in
            .integer(flagged.reasons.reduce(0) { $0 + $1.eventsExcluded })
        },
        Column("first_evidence_file", "file of the first of them, relative to the input folder") { .text(optional: $0.firstEvidence?.file) },
        Column("first_evidence_line", "line where that record starts; counts from 1") { .integer(optional: $0.firstEvidence?.line) },
        Column("review", "a reviewer's decision on the flag: confirmed or deferred; blank while nobody has decided. The proposal stands, either way") {
            .code($0.verdict?.decision)
        },
        Column("review_zh", "the same in Chinese") { .chinese($0.verdict?.decision) },
        Column("review_date", "day of the decision") { .date($0.verdict?.day) },
        Column("review_reason", "the reviewer's reason") { .text(optional: $0.verdict?.reason) },
        Column("cadre_statement", "the cadre's own side, as the reviewer wrote it down") { .text(optional: $0.verdict?.statement) },
    ]
}
