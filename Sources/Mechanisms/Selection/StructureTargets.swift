import PipelineModel
import Statistics
import Warehouse

/// Shares of the cadres in post that the opinion asks for, by unit and over all (mechanisms 1 and 2).
///
/// They are counts of everybody, not estimates: tonight's share has no interval. Only the pace has one.
enum StructureTargets {
    /// The measure of a target; a target whose definition changes needs another id, or its trend joins two things.
    static func measure(_ target: StructureTarget) -> String { "target_" + target.id }
    static func measures(_ pipeline: Pipeline) -> [MeasureLabel] {
        (pipeline.targets?.targets ?? []).map { MeasureLabel(measure($0), $0.mechanism, $0.label.chinese, $0.label.english) }
    }

    static func run(_ night: TrackNight, cadres: [CadreInPost]) throws -> [Finding] {
        guard let rules = night.pipeline.targets else { return [night.noRules("targets", table: StructureTargetRecord.table)] }
        for target in rules.targets {
            let counts = try counts(of: target, cadres, night)
            let first = night.asOf.adding(days: 1 - 7 * rules.trend.weeks)
            let earlier = Dictionary(grouping: try night.transaction.values(ofMeasure: measure(target), from: first, before: night.asOf), by: \.unitID)
            let values = counts.values(measure(target), asOf: night.asOf)
            night.store(
                values.map { value in
                    let trend = TargetTrend(earlier[value.unitID] ?? [], tonight: value, target: target.share, rules: rules.trend)
                    return record(target, value, trend)
                })
            let unknown = counts.withoutUnit
            if unknown.denominator > 0 {
                // A case of no known unit counts in the sum; here it has a row, so that the rows sum to it.
                let value = MeasureValue(
                    asOf: night.asOf, measure: "", unitID: MeasureValue.allUnits, numerator: unknown.numerator, denominator: unknown.denominator)
                var row = record(target, value, TargetTrend([], tonight: value, target: target.share, rules: rules.trend))
                row.scope = .unit
                night.store([row])
            }
            night.store(values)
        }
        return []
    }

    private static func counts(of target: StructureTarget, _ cadres: [CadreInPost], _ night: TrackNight) throws -> MeasureCounts {
        let among = try BoundCondition(target.among, fields: .cadreInPost, asOf: night.asOf)
        let meets = try target.meets.map { try BoundCondition($0, fields: .cadreInPost, asOf: night.asOf) }
        let held = try target.everHeld.map { try BoundCondition($0, fields: .heldPost, asOf: night.asOf) }
        var counts = MeasureCounts()
        for cadre in cadres {
            let values = cadre.values(night.history)
            guard among.holds(for: values) else { continue }
            let hasHeld =
                held.map { held in
                    night.heldPosts(of: cadre.cadreID).contains { $0 != cadre.tenure && held.holds(for: night.heldPostValues($0)) }
                } ?? true
            counts.add((meets?.holds(for: values) ?? true) && hasHeld, unitID: cadre.tenure.unitID)
        }
        return counts
    }

    private static func record(_ target: StructureTarget, _ value: MeasureValue, _ trend: TargetTrend) -> StructureTargetRecord {
        let members = value.denominator ?? 0
        let gap = TargetGap(members: members, meeting: value.numerator, share: target.share)
        let isAll = value.unitID == MeasureValue.allUnits
        return StructureTargetRecord(
            target: target.id, scope: isAll ? .all : .unit, unitID: isAll ? nil : value.unitID, members: members, meeting: value.numerator,
            gap: gap?.replacements, additions: gap?.additions, outlook: trend.outlook, weeks: trend.weeks, pace: trend.pace,
            paceLower: trend.interval?.lower, paceUpper: trend.interval?.upper, projected: trend.projected, earliest: trend.earliest, latest: trend.latest)
    }
}

/// How many heads are missing for a share.
struct TargetGap: Equatable {
    /// Smallest number of members who do not count, replaced by others who do: the body keeps its size. 0 where the target is reached.
    let replacements: Int
    /// Smallest number who count, added while nobody leaves; `nil` where no number is enough, because everybody must count.
    let additions: Int?

    /// `nil` without members: the share is then unknown.
    init?(members: Int, meeting: Int, share: Double) {
        guard members > 0 else { return nil }
        let missing = share * Double(members) - Double(meeting)
        replacements = TargetGap.heads(missing)
        additions = missing <= TargetGap.rounding ? 0 : share < 1 ? TargetGap.heads(missing / (1 - share)) : nil
    }

    /// Products of shares and heads carry a rounding error that must not cost a head.
    static let rounding = 1e-9

    private static func heads(_ missing: Double) -> Int { max(0, Int((missing - rounding).rounded(.up))) }
}
