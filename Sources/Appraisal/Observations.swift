import PipelineModel
import Statistics
import Warehouse

/// The observations of all members and where each stands among the peers who have a value.
struct Observations {
    /// By cadre, then in the order of the scheme.
    let records: [ObservationRecord]

    init(of members: [Member], facts: WindowFacts, exclusions: Exclusions, severity: RaterSeverity, plans: SchemePlans) throws {
        var records: [ObservationRecord] = []
        var groups: [Int: [Int: [Int]]] = [:]
        for (slot, member) in members.enumerated() {
            let candidate = member.candidate
            for (index, planned) in plans.indicators(of: candidate.kind).enumerated() {
                let observed = try Observed(planned, slot: slot, facts: facts, exclusions: exclusions, plans: plans)
                let adjusted = try severity.adjusted(observed, planned, slot: slot, facts: facts, plans: plans)
                groups[member.group, default: [:]][index, default: []].append(records.count)
                records.append(
                    ObservationRecord(
                        cadreID: candidate.cadreID, indicator: planned.indicator.id, groupID: member.groupID, family: planned.indicator.family,
                        events: observed.events, exposure: observed.exposure, value: observed.value, withinVariance: observed.withinVariance,
                        adjustedValue: adjusted?.value, adjustedVariance: adjusted?.variance,
                        eventsExcluded: exclusions.events(slot: slot, indicator: index), peersObserved: 0, peerMedian: nil, percentile: nil))
            }
        }
        let kinds = Dictionary(members.map { ($0.group, $0.candidate.kind) }, uniquingKeysWith: { first, _ in first })
        for (group, indicators) in groups {
            guard let kind = kinds[group] else { continue }
            for (index, places) in indicators {
                Observations.compare(&records, at: places, moreIsBetter: plans.indicators(of: kind)[index].indicator.moreIsBetter)
            }
        }
        self.records = records
    }

    /// Fills in median and percentile of the records of one group and indicator.
    private static func compare(_ records: inout [ObservationRecord], at places: [Int], moreIsBetter: Bool) {
        let sorted = places.compactMap { place in records[place].judgedValue.map { (value: $0, place: place) } }.sorted {
            ($0.value, $0.place) < ($1.value, $1.place)
        }
        let values = sorted.map(\.value)
        let middle = median(ofSorted: values)
        for place in places {
            records[place].peersObserved = values.count
            records[place].peerMedian = middle
        }
        for (entry, rank) in zip(sorted, midRanks(ofSorted: values)) {
            records[entry.place].percentile = 100 * (moreIsBetter ? rank : 1 - rank)
        }
    }
}
