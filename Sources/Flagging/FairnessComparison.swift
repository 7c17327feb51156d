import PipelineModel
import Statistics
import Warehouse

/// The groups of one attribute beside the largest of them.
struct FairnessComparison {
    /// A ratio of shares out of fewer people says more about chance than about fairness; as many as a peer group needs.
    static let minimumPeople = 30
    static let level = 0.95

    private struct Count {
        var judged = 0
        var flagged = 0
        var reviewed = 0
        var overturned = 0
    }

    private let attribute: FairnessAttribute
    private let counts: [String: Count]

    init(_ attribute: FairnessAttribute, of attributes: FairnessAttributes, reviews: [DecidedReview]) {
        self.attribute = attribute
        var counts = attributes.counts(by: attribute).mapValues { Count(judged: $0.judged, flagged: $0.flagged) }
        for review in reviews {
            let group = attributes.group(of: review.cadreID, by: attribute, kind: review.kind)
            counts[group, default: Count()].reviewed += 1
            if !review.isConfirmed { counts[group, default: Count()].overturned += 1 }
        }
        self.counts = counts
    }

    /// One line per group that has judged or reviewed people, in the order of their codes.
    func records() -> [FairnessRecord] {
        // Of equally large groups the first by code; where the export says nothing is no group to compare with.
        let reference = counts.filter { $0.key != FairnessGroups.unknown && $0.value.judged > 0 }
            .min { ($1.value.judged, $0.key) < ($0.value.judged, $1.key) }
        return counts.sorted { $0.key < $1.key }.map { group, count in
            let interval = wilsonInterval(events: Double(count.flagged), trials: Double(count.judged), level: FairnessComparison.level)
            let comparison = compare(group, count, with: reference)
            return FairnessRecord(
                attribute: attribute.rawValue, value: group, judged: count.judged, flagged: count.flagged,
                share: count.judged > 0 ? Double(count.flagged) / Double(count.judged) : nil, lower: interval?.lower, upper: interval?.upper,
                ratio: comparison.ratio, ratioLower: comparison.interval?.lower, ratioUpper: comparison.interval.flatMap { $0.upper.isFinite ? $0.upper : nil },
                overturned: count.overturned, reviewed: count.reviewed, remark: comparison.remark.rawValue)
        }
    }

    private func compare(
        _ group: String, _ count: Count, with reference: (key: String, value: Count)?
    ) -> (ratio: Double?, interval: Interval?, remark: FairnessRemark) {
        guard let reference, group != FairnessGroups.unknown else { return (nil, nil, .unknown) }
        if group == reference.key { return (nil, nil, .reference) }
        do throws(StatisticsError) {
            let ratio = try RatioOfShares(
                events: Double(count.flagged), trials: Double(count.judged), otherEvents: Double(reference.value.flagged),
                otherTrials: Double(reference.value.judged), level: FairnessComparison.level, minimumTrials: Double(FairnessComparison.minimumPeople))
            switch ratio {
            case .estimated(let ratio, let interval): return (ratio, interval, ratio == nil ? .nobodyFlaggedInReference : .compared)
            case .tooFewToSay(.tooFewTrials): return (nil, nil, .tooFewPeople)
            case .tooFewToSay(.noEvents): return (nil, nil, .nobodyFlagged)
            }
        } catch {
            // Without any judged person there are no trials, which the shares refuse.
            return (nil, nil, .tooFewPeople)
        }
    }
}
