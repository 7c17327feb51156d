import PipelineModel
import Statistics
import Tables
import Warehouse

/// How flags fall on groups of people, and whether they are confirmed as often as promised.
enum FairnessTables {
    static let audit = Table<FairnessRecord>(
        "fairness_audit", "one group of judged people by one attribute: how many are flagged, beside the largest group; for the department, not for units",
        isListOfNames: false,
        columns: [
            Column("attribute", "what people are divided by: sex, age_band, ethnic_group, kind") { .text($0.attribute) },
            Column("attribute_zh", "the same in Chinese") { .chinese(FairnessAttribute(rawValue: $0.attribute)) },
            Column("group", "the group; `unknown` where the export does not say; ethnic groups of fewer than 5 people are together 其他") { .text($0.value) },
            Column("group_zh", "the same in Chinese") { .text($0.chineseGroup) },
            Column("judged", "people judged against peers") { .integer($0.judged) },
            Column("flagged", "of these, with at least one flag of tonight, of the model or of a rule") { .integer($0.flagged) },
            Column("share", "flagged out of judged; blank where nobody is judged") { .decimal(optional: $0.share, places: 4) },
            Column("share_low", "lower limit of the share's 95% interval (Wilson)") { .decimal(optional: $0.lower, places: 4) },
            Column("share_high", "upper limit of the share's 95% interval (Wilson)") { .decimal(optional: $0.upper, places: 4) },
            Column("ratio", "share over that of the largest group; blank where it is too few to say") { .decimal(optional: $0.ratio, places: 4) },
            Column("ratio_low", "lower limit of the ratio's 95% interval (Koopman)") { .decimal(optional: $0.ratioLower, places: 4) },
            Column("ratio_high", "upper limit of the ratio's 95% interval (Koopman); blank where there is none") {
                .decimal(optional: $0.ratioUpper, places: 4)
            },
            Column("remark", "reference, compared, tooFewPeople, nobodyFlagged, nobodyFlaggedInReference or unknown") { .text($0.remark) },
            Column("remark_zh", "the same in Chinese") { .chinese(FairnessRemark(rawValue: $0.remark)) },
            Column("reviewed", "flags of the group, of any night, that reviewers confirmed or overturned") { .integer($0.reviewed) },
            Column("overturned", "of these, overturned") { .integer($0.overturned) },
            Column("overturned_share", "overturned out of reviewed; blank without reviews") {
                .decimal(optional: $0.reviewed > 0 ? Double($0.overturned) / Double($0.reviewed) : nil, places: 4)
            },
            Column("overturned_low", "lower limit of its 95% interval (Wilson)") { .decimal(optional: $0.overturnedInterval?.lower, places: 4) },
            Column("overturned_high", "upper limit of its 95% interval (Wilson)") { .decimal(optional: $0.overturnedInterval?.upper, places: 4) },
        ]
    ) { night, transaction, body in try transaction.forEach(FairnessRecord.self, asOf: nil, body) }

    static let calibration = Table<CalibrationRecord>(
        "calibration", "one level of certainty: how many of the model's flags reviewers confirmed; no rows before the first review", isListOfNames: false,
        columns: [
            Column("band_from", "probability of concern from here") { .decimal($0.from, places: 1) },
            Column("band_to", "up to here; it belongs to the next band, and 1 to the last") { .decimal($0.to, places: 1) },
            Column("reviewed", "flags that reviewers confirmed or overturned; deferred ones are not decided") { .integer($0.reviewed) },
            Column("confirmed", "of these, confirmed") { .integer($0.confirmed) },
            Column("mean_concern", "what the model promised: their mean probability of concern") { .decimal(optional: $0.meanConcern, places: 4) },
            Column("share", "confirmed out of reviewed; blank without reviews") { .decimal(optional: $0.share, places: 4) },
            Column("share_low", "lower limit of the share's 95% interval (Wilson)") { .decimal(optional: $0.lower, places: 4) },
            Column("share_high", "upper limit of the share's 95% interval (Wilson)") { .decimal(optional: $0.upper, places: 4) },
        ]
    ) { night, transaction, body in try transaction.forEach(CalibrationRecord.self, asOf: nil, body) }
}

extension FairnessRecord {
    fileprivate var overturnedInterval: Interval? { wilsonInterval(events: Double(overturned), trials: Double(reviewed), level: 0.95) }

    /// Ethnic groups are Chinese words already.
    fileprivate var chineseGroup: String {
        if value == "unknown" { return "未知" }
        return switch FairnessAttribute(rawValue: attribute) {
        case .sex: Sex(rawValue: value)?.chinese ?? value
        case .kind: KindOfBody(rawValue: value)?.chinese ?? value
        case .ageBand: ["under_35": "35岁以下", "35_44": "35至44岁", "45_54": "45至54岁", "55_and_over": "55岁及以上"][value] ?? value
        case .ethnicGroup, nil: value
        }
    }
}
