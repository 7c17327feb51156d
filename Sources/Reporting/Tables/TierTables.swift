import PipelineModel
import Tables
import Warehouse

/// What each indicator does to a flag, who is watched and who is commended, and what changed since last night.
enum TierTables {
    static let contributions = Table<Looked<FlagContribution>>(
        "flag_contributions", "one indicator of one flag of the model: what it does to the composite, and which value would clear the flag",
        isListOfNames: true,
        columns: [
            Column("flag_id", "the flag") { .text($0.record.flagID) },
            Column("cadre_id", "the cadre") { .text(optional: $0.night.cadre(ofFlag: $0.record.flagID)) },
        ] + PersonColumns.indicator { $0.indicator } + [
            Column("better", "`more` or `less`: which values are good") {
                .text(optional: $0.night.indicators[$0.record.indicator].map { $0.moreIsBetter ? "more" : "less" })
            },
            Column("value", "observed, after protections; blank where nothing was observed") { .decimal(optional: $0.record.value, places: 6) },
            Column("adjusted_value", "a mean of marks freed of how severe its raters are, which is what is judged; blank where nothing was adjusted") {
                .decimal(optional: $0.record.adjustedValue, places: 6)
            },
            Column("peer_median", "median of the peers' values, adjusted ones where there are such") { .decimal(optional: $0.record.peerMedian, places: 6) },
            Column("mean", "estimated standing, in standard deviations among peers; higher is always better") {
                .decimal(optional: $0.record.mean, places: EstimateTables.exactPlaces)
            },
            Column("lower", "lower end of the 90% interval") { .decimal(optional: $0.record.lower, places: 6) },
            Column("upper", "upper end of the 90% interval") { .decimal(optional: $0.record.upper, places: 6) },
            Column("weight", "weight in the composite") { .decimal(optional: $0.record.weight, places: EstimateTables.exactPlaces) },
            Column("contribution", "weight × mean; a flag's contributions sum to the composite in scorecards.csv") {
                .decimal(optional: $0.record.contribution, places: EstimateTables.exactPlaces)
            },
            Column("events_counted", "events behind the value; blank for a mean") { .decimal(optional: $0.record.eventsCounted, places: 2) },
            Column("events_excluded", "events that protections took out") { .decimal(optional: $0.record.eventsExcluded, places: 2) },
            Column(
                "cleared_at",
                "the value of this indicator (the adjusted one, where there is one) that would clear the flag, all others being as they are; blank where none would"
            ) {
                .decimal(optional: $0.record.clearedAt, places: 6)
            },
        ]
    ) { night, transaction, body in try transaction.forEach(FlagContribution.self, asOf: night.asOf) { try body(Looked(record: $0, night: night)) } }

    static let watchList = Table<Looked<WatchRecord>>(
        "watch_list", "one cadre who may need support: less sure than a flag, and never a disposition", isListOfNames: true,
        columns: PersonColumns.columns { $0.cadreID } + [
            Column("concern", "probability that the true composite lies below the line: 0 to 1") { .decimal(optional: $0.record.concern, places: 6) },
            Column("weakest", "indicator with the lowest contribution") { .text($0.record.weakest) },
            Column("weakest_zh", "its name in Chinese") { .text(optional: $0.night.indicators[$0.record.weakest]?.label.chinese) },
            Column("weakest_en", "its name in English") { .text(optional: $0.night.indicators[$0.record.weakest]?.label.english) },
        ]
    ) { night, transaction, body in try transaction.forEach(WatchRecord.self, asOf: night.asOf) { try body(Looked(record: $0, night: night)) } }

    static let commendedCadres = Table<Looked<CommendationRecord>>(
        "commended_cadres", "one cadre proposed to be seen: outstanding by the same standard as flags", isListOfNames: true,
        columns: [
            Column("commendation_id", "the proposal's number") { .text($0.record.commendationID) },
            Column("status", "always `proposed`: only a person decides") { .code($0.record.status) },
            Column("status_zh", "the same in Chinese") { .chinese($0.record.status) },
        ] + PersonColumns.columns { $0.cadreID } + [
            Column("outstanding", "probability that the true composite lies above the mirror image of the line: 0 to 1") {
                .decimal(optional: $0.record.outstanding, places: 6)
            },
            Column("strongest", "indicator with the highest contribution") { .text($0.record.strongest) },
            Column("strongest_zh", "its name in Chinese") { .text(optional: $0.night.indicators[$0.record.strongest]?.label.chinese) },
            Column("strongest_en", "its name in English") { .text(optional: $0.night.indicators[$0.record.strongest]?.label.english) },
        ]
    ) { night, transaction, body in try transaction.forEach(CommendationRecord.self, asOf: night.asOf) { try body(Looked(record: $0, night: night)) } }

    static let commendationContributions = Table<Looked<CommendationContribution>>(
        "commendation_contributions", "one indicator of one commendation: the evidence for it, beside the peers", isListOfNames: true,
        columns: [
            Column("commendation_id", "the proposal, as in commended_cadres.csv") { .text($0.record.commendationID) },
            Column("cadre_id", "the cadre") { .text($0.record.cadreID) },
        ] + PersonColumns.indicator { $0.indicator } + [
            Column("better", "`more` or `less`: which values are good") {
                .text(optional: $0.night.indicators[$0.record.indicator].map { $0.moreIsBetter ? "more" : "less" })
            },
            Column("value", "observed, after protections; blank where nothing was observed") { .decimal(optional: $0.record.value, places: 6) },
            Column("adjusted_value", "a mean of marks freed of how severe its raters are, which is what is judged; blank where nothing was adjusted") {
                .decimal(optional: $0.record.adjustedValue, places: 6)
            },
            Column("peer_median", "median of the peers' values, adjusted ones where there are such") { .decimal(optional: $0.record.peerMedian, places: 6) },
            Column("percentile", "share of peers that did worse, ties halved: 0 worst, 100 best") { .decimal(optional: $0.record.percentile, places: 2) },
            Column("mean", "estimated standing, in standard deviations among peers; higher is always better") {
                .decimal(optional: $0.record.mean, places: EstimateTables.exactPlaces)
            },
            Column("lower", "lower end of the 90% interval") { .decimal(optional: $0.record.lower, places: 6) },
            Column("upper", "upper end of the 90% interval") { .decimal(optional: $0.record.upper, places: 6) },
            Column("weight", "weight in the composite") { .decimal(optional: $0.record.weight, places: EstimateTables.exactPlaces) },
            Column("contribution", "weight × mean; a commendation's contributions sum to the composite in scorecards.csv") {
                .decimal(optional: $0.record.contribution, places: EstimateTables.exactPlaces)
            },
            Column("events_counted", "events behind the value; blank for a mean") { .decimal(optional: $0.record.eventsCounted, places: 2) },
            Column("events_excluded", "events that protections took out") { .decimal(optional: $0.record.eventsExcluded, places: 2) },
        ]
    ) { night, transaction, body in try transaction.forEach(CommendationContribution.self, asOf: night.asOf) { try body(Looked(record: $0, night: night)) } }

    static let flagChanges = Table<Looked<FlagChange>>(
        "flag_changes", "one flag of tonight or last night: new, kept or cleared, and why", isListOfNames: true,
        columns: [Column("flag_id", "the flag") { .text($0.record.flagID) }] + PersonColumns.columns { $0.cadreID } + [
            Column("cause", "the rule or model that raised it") { .text($0.record.cause) },
            Column("change", "new, kept or cleared") { .code($0.record.change) },
            Column("change_zh", "the same in Chinese") { .chinese($0.record.change) },
            Column("why", "why, in Chinese and English") { .text($0.record.why) },
            Column("last_night", "the newest earlier night; blank where there is none") { .date($0.record.lastNight) },
            Column("concern", "probability of concern tonight, where the model speaks: 0 to 1") { .decimal(optional: $0.record.concern, places: 6) },
            Column("concern_last_night", "the same, last night") { .decimal(optional: $0.record.concernLastNight, places: 6) },
        ]
    ) { night, transaction, body in try transaction.forEach(FlagChange.self, asOf: night.asOf) { try body(Looked(record: $0, night: night)) } }
}
