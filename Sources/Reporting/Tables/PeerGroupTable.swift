import PipelineModel
import Tables
import Warehouse

/// A peer group and, where there is one, how its members differ on one indicator.
struct FittedGroup {
    let group: PeerGroupRecord
    let fit: GroupFitRecord?
    let indicator: ListedIndicator?
}

/// `peer_groups.csv`.
enum PeerGroupTable {
    static let table = Table<FittedGroup>(
        "peer_groups", "one indicator in one group of people in comparable posts, over the current window; one row for a group where nothing was fitted",
        isListOfNames: false,
        columns: [
            Column("group_id", "the group's id") { .text($0.group.groupID) },
            Column("kind", "kind of body, which chooses the scheme") { .code($0.group.kind) },
            Column("kind_zh", "the same in Chinese") { .chinese($0.group.kind) },
            Column("grouping", "what the members share beside the scheme: rank_band_and_post_type, rank_band or scheme") { .text($0.group.grouping.rawValue) },
            Column("rank_band", "their rank band, where they share one") { .text(optional: $0.group.rankBand) },
            Column("post_type", "their type of post, where they share one") { .text(optional: $0.group.postType) },
            Column("size", "members") { .integer($0.group.size) },
            Column("finest_groups", "groups of the finest grouping that it holds; more than 1: it was merged, for want of peers") {
                .integer($0.group.finestGroups)
            },
            Column("merged_from", "their names and sizes, where it was merged") { .text($0.group.mergedFrom) },
            Column("indicator", "the indicator's id in pipelines/indicators.yaml; blank where nothing was fitted, as are all columns after it") {
                .text(optional: $0.fit?.indicator)
            },
            Column("indicator_zh", "its name in Chinese") { .text(optional: $0.indicator?.label.chinese) },
            Column("people", "members who have a value") { .integer(optional: $0.fit?.people) },
            Column("location", "μ: the middle of the peers: log rate, log odds of a share, or mean; blank where it could not be fitted") {
                .decimal(optional: $0.fit?.location, places: 6)
            },
            Column("spread", "σ: how far peers truly differ, on the same scale; 0: no evidence that they do, and nobody is moved") {
                .decimal(optional: $0.fit?.spread, places: 6)
            },
            Column("own_spread", "σ from the group alone, before it was drawn towards those of the scheme's other groups") {
                .decimal(optional: $0.fit?.ownSpread, places: 6)
            },
            Column("dispersion", "φ: how much more the counts jump from month to month than chance allows; at least 1") {
                .decimal(optional: $0.fit?.dispersion, places: 4)
            },
            Column("convergence", "how the fit ended: converged, noSpread, tooFewObserved, failed; nobody is judged on the last two") {
                .code($0.fit?.convergence)
            },
            Column("convergence_zh", "the same in Chinese") { .chinese($0.fit?.convergence) },
            Column("goodness", "tails of the peers' standings against the model's: near 1 where it fits, more where they are heavier") {
                .decimal(optional: $0.fit?.goodness, places: 4)
            },
        ]
    ) { night, transaction, body in
        var fits: [String: [GroupFitRecord]] = [:]
        try transaction.forEach(GroupFitRecord.self) { fit in
            if fit.window == .current { fits[fit.groupID, default: []].append(fit) }
        }
        try transaction.forEach(PeerGroupRecord.self, asOf: nil) { group in
            for fit in fits[group.groupID] ?? [] { try body(FittedGroup(group: group, fit: fit, indicator: night.indicators[fit.indicator])) }
            if fits[group.groupID] == nil { try body(FittedGroup(group: group, fit: nil, indicator: nil)) }
        }
    }
}
