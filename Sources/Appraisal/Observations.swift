import PipelineModel
import Statistics
import Warehouse

/// The observations of all members and where each stands among the peers who have a value.
struct Observations: Sendable {
    /// By cadre, then in the order of the scheme.
    private(set) var records: [ObservationRecord] = []
    /// By member: the first of the records; last, where they end.
    let starts: [Int]

    /// - Parameter threads: Changes the time, and no bit of the answer.
    init(
        of members: [Member], facts: WindowFacts, exclusions: Exclusions, severity: RaterSeverity, plans: SchemePlans, threads: Int
    ) throws(AppraisalError) {
        var starts = [0]
        starts.reserveCapacity(members.count + 1)
        var groups: [Int: [Int]] = [:]
        for (slot, member) in members.enumerated() {
            starts.append(starts[slot] + plans.indicators(of: member.candidate.kind).count)
            groups[member.group, default: []].append(slot)
        }
        self.starts = starts
        let size = 512
        let parts = concurrentMap((members.count + size - 1) / size, threads: threads) { [starts] part -> Result<[ObservationRecord], AppraisalError> in
            Result { () throws(AppraisalError) in
                var records: [ObservationRecord] = []
                let slots = (part * size)..<min(members.count, (part + 1) * size)
                records.reserveCapacity(starts[slots.upperBound] - starts[slots.lowerBound])
                for slot in slots {
                    let member = members[slot]
                    for (index, planned) in plans.indicators(of: member.candidate.kind).enumerated() {
                        let observed = try Observed(planned, slot: slot, facts: facts, exclusions: exclusions, plans: plans)
                        let adjusted = try severity.adjusted(observed, planned, slot: slot, facts: facts, plans: plans)
                        records.append(
                            ObservationRecord(
                                cadreID: member.candidate.cadreID, indicator: planned.indicator.id, groupID: member.groupID,
                                family: planned.indicator.family, events: observed.events, exposure: observed.exposure, value: observed.value,
                                withinVariance: observed.withinVariance, adjustedValue: adjusted?.value, adjustedVariance: adjusted?.variance,
                                eventsExcluded: exclusions.events(slot: slot, indicator: index), peersObserved: 0, peerMedian: nil, percentile: nil))
                    }
                }
                return records
            }
        }
        records.reserveCapacity(starts[members.count])
        for part in parts { records.append(contentsOf: try part.get()) }

        let ordered = groups.sorted { $0.key < $1.key }.map(\.value)
        let compared = concurrentMap(ordered.count, threads: threads) { [records, starts] group in
            Observations.compare(records, of: ordered[group], starts: starts, indicators: plans.indicators(of: members[ordered[group][0]].candidate.kind))
        }
        for group in compared {
            for standing in group {
                records[standing.place].peersObserved = standing.peers
                records[standing.place].peerMedian = standing.median
                records[standing.place].percentile = standing.percentile
            }
        }
    }

    /// The records of some members.
    func records(of members: Range<Int>) -> ArraySlice<ObservationRecord> { records[starts[members.lowerBound]..<starts[members.upperBound]] }

    /// Where a record stands among those of its group and indicator.
    private struct PeerStanding: Sendable {
        let place: Int
        let peers: Int
        let median: Double?
        var percentile: Double?
    }

    /// Median and percentiles of one group's records.
    ///
    /// - Parameter slots: The group's members, at least one.
    private static func compare(
        _ records: [ObservationRecord], of slots: [Int], starts: [Int], indicators: [SchemePlans.PlannedIndicator]
    ) -> [PeerStanding] {
        var standings: [PeerStanding] = []
        standings.reserveCapacity(slots.count * indicators.count)
        for (index, planned) in indicators.enumerated() {
            let sorted = slots.enumerated().compactMap { order, slot in
                records[starts[slot] + index].judgedValue.map { (value: $0, order: order) }
            }.sorted { ($0.value, $0.order) < ($1.value, $1.order) }
            let values = sorted.map(\.value)
            let middle = median(ofSorted: values)
            let first = standings.count
            for slot in slots { standings.append(PeerStanding(place: starts[slot] + index, peers: values.count, median: middle)) }
            for (entry, rank) in zip(sorted, midRanks(ofSorted: values)) {
                standings[first + entry.order].percentile = 100 * (planned.indicator.moreIsBetter ? rank : 1 - rank)
            }
        }
        return standings
    }
}
