import PipelineModel
import Tables
import Warehouse

/// A record of the warehouse with what its row looks up.
struct Looked<Stored: Sendable>: Sendable {
    var record: Stored
    let night: NightData
}

/// What was observed, against whom, of whom nothing can be said, and what was taken out.
enum AppraisalTables {
    static let observations = Table<Looked<ObservationRecord>>(
        "indicator_observations", "one indicator of one judged cadre over the window, after protections", isListOfNames: true,
        columns: [Column("cadre_id", "the cadre") { .text($0.record.cadreID) }] + PersonColumns.indicator { $0.indicator } + [
            Column("better", "`more` or `less`: which values are good") { .text(optional: $0.indicator.map { $0.moreIsBetter ? "more" : "less" }) },
            Column("group_id", "the peer group, as in peer_groups.csv") { .text($0.record.groupID) },
            Column("family", "rate (events per exposure), share (events out of trials) or mean") { .text($0.record.family) },
            Column("events", "events counted; a mitigated one by its weight; blank for a mean") { .decimal(optional: $0.record.events, places: 2) },
            Column("exposure", "months, units of work, trials or number of values") { .decimal(optional: $0.record.exposure, places: 4) },
            Column("value", "events per exposure, or the mean; blank without exposure, which is not zero") {
                .decimal(optional: $0.record.value, places: 6)
            },
            Column("within_variance", "for a mean: sample variance of the values; blank under two values") {
                .decimal(optional: $0.record.withinVariance, places: 6)
            },
            Column("adjusted_value", "a mean of marks freed of how severe its raters are, which is what is judged; blank where nothing was adjusted") {
                .decimal(optional: $0.record.adjustedValue, places: 6)
            },
            Column("adjusted_variance", "its variance of sampling: of chance, and of what is not known about the raters") {
                .decimal(optional: $0.record.adjustedVariance, places: 6)
            },
            Column("events_excluded", "events that protections took out") { .decimal(optional: $0.record.eventsExcluded, places: 2) },
            Column("peers_observed", "members of the peer group that have a value") { .integer($0.record.peersObserved) },
            Column("peer_median", "median of their values, adjusted ones where there are such") { .decimal(optional: $0.record.peerMedian, places: 6) },
            Column("percentile", "share of peers that did worse, ties halved: 0 worst, 100 best") { .decimal(optional: $0.record.percentile, places: 2) },
        ], packed: ObservationRecord.self)

    static let notJudged = Table<Looked<NotJudged>>(
        "not_judged", "one cadre who is not judged, and why", isListOfNames: true,
        columns: [
            Column("cadre_id", "the cadre") { .text($0.record.cadreID) },
            Column("unit_id", "unit, where known") { .text(optional: $0.record.unitID) },
            Column("unit_name", "its name") { .text(optional: $0.night.unitName($0.record.unitID)) },
            Column("kind", "kind of body, where known") { .code($0.record.kind) },
            Column("kind_zh", "the same in Chinese") { .chinese($0.record.kind) },
            Column("reason", "why: tooLittleExposure, noPost, unknownUnit, noScheme, tooFewPeers, nothingObserved, notInService, identityInDoubt") {
                .code($0.record.reason)
            },
            Column("reason_zh", "the same in Chinese") { .chinese($0.record.reason) },
            Column("detail", "the reason with its numbers") { .text($0.record.detail) },
            Column("exposure_months", "months in the present post within the window, where counted") {
                .decimal(optional: $0.record.exposureMonths, places: 4)
            },
        ]
    ) { night, transaction, body in try transaction.forEach(NotJudged.self) { try body(Looked(record: $0, night: night)) } }

    static let exclusions = Table<Looked<ExclusionRecord>>(
        "exclusions", "one event that a protection took out of a score, wholly or in part", isListOfNames: true,
        columns: [
            Column("number", "counts the rows from 1") { .integer($0.record.number) },
            Column("cadre_id", "the cadre") { .text($0.record.cadreID) },
            Column("indicator", "the indicator it was taken from; blank where none of the scheme counts it") { .text(optional: $0.record.indicator) },
            Column("source", "the contract that read the event") { .text($0.record.source) },
            Column("record_id", "the event's number in its own system") { .text(optional: $0.record.recordID) },
            Column("file", "the export, relative to the input folder; blank for events that are only counted") {
                .text(optional: $0.night.path(ofFile: $0.record.fileID))
            },
            Column("line", "line where the record starts; counts from 1") { .integer(optional: $0.record.line) },
            Column("event_date", "day of the event") { .date($0.record.eventDate) },
            Column("reason", "why: faultToleranceApproved, faultToleranceMitigated, reformRisk, onLeave, beforePresentPost, incompleteMonth") {
                .code($0.record.reason)
            },
            Column("reason_zh", "the same in Chinese") { .chinese($0.record.reason) },
            Column("case_id", "the protecting case, or the risk filing that holds the event out until its case is decided") {
                .text(optional: $0.record.caseID)
            },
            Column("weight_kept", "share of the event that still counts: 0 to 1") { .decimal(optional: $0.record.weightKept, places: 2) },
            Column("value_before", "the indicator's value with every exclusion undone") { .decimal(optional: $0.record.valueBefore, places: 6) },
            Column("value_after", "the indicator's value as judged") { .decimal(optional: $0.record.valueAfter, places: 6) },
        ]
    ) { night, transaction, body in try transaction.forEach(ExclusionRecord.self) { try body(Looked(record: $0, night: night)) } }
}

extension Looked<ObservationRecord> {
    fileprivate var indicator: ListedIndicator? { night.indicators[record.indicator] }
}
