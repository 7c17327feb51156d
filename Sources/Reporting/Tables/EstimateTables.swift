import PipelineModel
import Statistics
import Tables
import Warehouse

/// Where each judged cadre stands, with uncertainty, and how standings go together.
enum EstimateTables {
    /// Decimals of what must add up: rounding moves the sum of eight contributions by less than 1e-11.
    static let exactPlaces = 12

    static let estimates = Table<Looked<EstimateRecord>>(
        "indicator_estimates", "one indicator of one judged cadre in one window: where the cadre stands among peers, with its uncertainty", isListOfNames: true,
        columns: PersonColumns.window { $0.window } + [Column("cadre_id", "the cadre") { .text($0.record.cadreID) }]
            + PersonColumns.indicator { $0.indicator } + [
                Column("group_id", "the peer group, as in peer_groups.csv") { .text($0.record.groupID) },
                Column("value", "observed, after protections; blank where nothing was observed, which is not zero") {
                    .decimal(optional: $0.record.value, places: 6)
                },
                Column("adjusted_value", "a mean of marks freed of how severe its raters are, which is what is judged; blank where nothing was adjusted") {
                    .decimal(optional: $0.record.adjustedValue, places: 6)
                },
                Column("peer_median", "median of the group's values, adjusted ones where there are such") {
                    .decimal(optional: $0.record.peerMedian, places: 6)
                },
                Column("mean", "estimated standing, in standard deviations among peers; 0 is the middle, higher is always better") {
                    .decimal(optional: $0.record.mean, places: exactPlaces)
                },
                Column("deviation", "its standard error") { .decimal(optional: $0.record.deviation, places: 6) },
                Column("lower", "lower end of the 90% interval") { .decimal(optional: $0.record.lower, places: 6) },
                Column("upper", "upper end of the 90% interval") { .decimal(optional: $0.record.upper, places: 6) },
                Column("weight", "weight in the composite; a cadre's weights sum to 1") { .decimal(optional: $0.record.weight, places: exactPlaces) },
                Column("contribution", "weight × mean; a cadre's contributions sum to the composite in scorecards.csv") {
                    .decimal(optional: $0.record.contribution, places: exactPlaces)
                },
                Column("is_observed", "`false` where the indicator has no value and the standing is inferred from the others") { .flag($0.record.isObserved) },
            ], packed: EstimateRecord.self)

    static let scorecards = Table<Looked<ScorecardRecord>>(
        "scorecards", "one judged cadre in one window: the composite standing over all indicators of the scheme", isListOfNames: true,
        columns: PersonColumns.window { $0.window } + PersonColumns.columns { $0.cadreID } + [
            Column("group_id", "the peer group, as in peer_groups.csv") { .text($0.record.groupID) },
            Column("mean", "estimated composite: the weighted mean of the standings; 0 is the middle of the peers, higher is better") {
                .decimal(optional: $0.record.mean, places: exactPlaces)
            },
            Column("deviation", "its standard error") { .decimal(optional: $0.record.deviation, places: 6) },
            Column("lower", "lower end of the 90% interval") { .decimal($0.record.interval.lower, places: 6) },
            Column("upper", "upper end of the 90% interval") { .decimal($0.record.interval.upper, places: 6) },
            Column("line", "the composite below which a fair observer would be concerned; its mirror image is outstanding") {
                .decimal(optional: $0.record.line, places: 6)
            },
            Column("concern", "probability that the true composite lies below the line: 0 to 1") { .decimal(optional: $0.record.concern, places: 6) },
            Column("outstanding", "probability that it lies above the mirror image of the line: 0 to 1") {
                .decimal(optional: $0.record.outstanding, places: 6)
            },
            Column("indicators_observed", "indicators of the scheme that have a value") { .integer($0.record.indicatorsObserved) },
        ]
    ) { night, transaction, body in try transaction.forEach(ScorecardRecord.self) { try body(Looked(record: $0, night: night)) } }

    static let correlations = Table<Looked<CorrelationRecord>>(
        "correlations", "two indicators of one scheme: how far standings on them go together", isListOfNames: false,
        columns: PersonColumns.window { $0.window } + [
            Column("kind", "the scheme's kind of body") { .code($0.record.kind) },
            Column("kind_zh", "the same in Chinese") { .chinese($0.record.kind) },
            Column("first_indicator", "one indicator") { .text($0.record.first) },
            Column("first_indicator_zh", "its name in Chinese") { .text(optional: $0.night.indicators[$0.record.first]?.label.chinese) },
            Column("second_indicator", "the other") { .text($0.record.second) },
            Column("second_indicator_zh", "its name in Chinese") { .text(optional: $0.night.indicators[$0.record.second]?.label.chinese) },
            Column("correlation", "of the true standings, not of the observed values: −1 to 1") { .decimal(optional: $0.record.correlation, places: 6) },
            Column("iterations", "steps of the estimation (EM)") { .integer($0.record.iterations) },
            Column("converged", "whether it converged") { .flag($0.record.converged) },
        ]
    ) { night, transaction, body in try transaction.forEach(CorrelationRecord.self) { try body(Looked(record: $0, night: night)) } }

    static let previousPosts = Table<Looked<PreviousPostRecord>>(
        "previous_posts", "one judged cadre who held a post of another type before: how the two compare", isListOfNames: true,
        columns: PersonColumns.columns { $0.cadreID } + [
            Column("previous_unit_id", "unit of the previous post; blank where unknown") { .text(optional: $0.record.unitID) },
            Column("previous_unit_name", "its name") { .text(optional: $0.night.unitName($0.record.unitID)) },
            Column("previous_post", "title of the previous post") { .text(optional: $0.record.post) },
            Column("previous_post_type", "its type") { .text(optional: $0.record.postType) },
            Column("previous_group_id", "peers in the previous post") { .text($0.record.groupID) },
            Column("start_date", "first day of the previous post") { .date($0.record.start) },
            Column("end_date", "last day of the previous post") { .date($0.record.end) },
            Column("exposure_months", "months of it that are looked at") { .decimal(optional: $0.record.exposureMonths, places: 4) },
            Column("mean", "estimated composite in the previous post") { .decimal(optional: $0.record.mean, places: 6) },
            Column("deviation", "its standard error") { .decimal(optional: $0.record.deviation, places: 6) },
            Column("concern", "probability that the true composite lay below the line then: 0 to 1") { .decimal(optional: $0.record.concern, places: 6) },
            Column("better_before", "probability that it was higher in the previous post than in the present one: 0 to 1") {
                .decimal(optional: $0.record.betterBefore, places: 6)
            },
        ]
    ) { night, transaction, body in try transaction.forEach(PreviousPostRecord.self) { try body(Looked(record: $0, night: night)) } }
}

extension ScorecardRecord {
    /// The central 90% of the composite's posterior.
    fileprivate var interval: Interval {
        let reach = (normalQuantile(0.95) ?? 0) * deviation
        return Interval(lower: mean - reach, upper: mean + reach)
    }
}
