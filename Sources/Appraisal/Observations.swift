import PipelineModel
import Statistics
import Warehouse

/// The observations of all members and where each stands among the peers who have a value.
struct Observations: Sendable {
    /// Members whose records are made, and later stored, together.
    static let partSize = 512

    /// The records of `partSize` members each, by cadre, then in the order of the scheme: there are millions, and none is moved once it is made.
    private var parts: [[ObservationRecord]] = []
    /// By member: the first of the records within the part; last, how many the last part has.
    private let starts: [Int32]

    /// - Parameter threads: Changes the time, and no bit of the answer.
    init(
        of members: [Member], facts: WindowFacts, exclusions: Exclusions, severity: RaterSeverity, plans: SchemePlans, threads: Int
    ) throws(AppraisalError) {
        var starts: [Int32] = []
        starts.reserveCapacity(members.count)
        var groups: [Int: [Int]] = [:]
        var next: Int32 = 0
        for slot in members.indices {
            if slot % Observations.partSize == 0 { next = 0 }
            starts.append(next)
            next += Int32(plans.indicators(of: members[slot].candidate.kind).count)
            groups[members[slot].group, default: []].append(slot)
        }
        self.starts = starts
        let count = (members.count + Observations.partSize - 1) / Observations.partSize
        let made = concurrentMap(count, threads: threads) { part -> Result<[ObservationRecord], AppraisalError> in
            let slots = (part * Observations.partSize)..<min(members.count, (part + 1) * Observations.partSize)
            return Result { () throws(AppraisalError) in
                try Observations.records(of: slots, among: members, facts: facts, exclusions: exclusions, severity: severity, plans: plans.copied())
            }
        }
        for part in made { parts.append(try part.get()) }
        let ordered = groups.sorted { $0.key < $1.key }.map(\.value)
        let compared = concurrentMap(ordered.count, threads: threads) { [self] group in
            compare(ordered[group], indicators: plans.indicators(of: members[ordered[group][0]].candidate.kind))
        }
        for standing in compared.joined() {
            let (part, place) = place(standing.slot, standing.indicator)
            parts[part][place].peersObserved = standing.peers
            parts[part][place].peerMedian = standing.median
            parts[part][place].percentile = standing.percentile
        }
    }

    private static func records(
        of slots: Range<Int>, among members: [Member], facts: WindowFacts, exclusions: Exclusions, severity: RaterSeverity, plans: SchemePlans
    ) throws(AppraisalError) -> [ObservationRecord] {
        var records: [ObservationRecord] = []
        records.reserveCapacity(slots.reduce(0) { $0 + plans.indicators(of: members[$1].candidate.kind).count })
        for slot in slots {
            let (cadreID, groupID) = (members[slot].candidate.cadreID, members[slot].groupID)
            // Of most members nothing was taken out, and what is `nil` is not counted.
            let removed = exclusions.touch(slot) ? exclusions : nil
            for (index, planned) in plans.indicators(of: members[slot].candidate.kind).enumerated() {
                let observed = try Observed.of(planned, slot: slot, facts: facts, exclusions: removed, plans: plans)
                let adjusted = try severity.adjusted(observed, planned, slot: slot, facts: facts, plans: plans)
                records.append(
                    ObservationRecord(
                        cadreID: cadreID, indicator: planned.indicator.id, groupID: groupID, family: planned.indicator.family,
                        events: observed.events, exposure: observed.exposure, value: observed.value, withinVariance: observed.withinVariance,
                        adjustedValue: adjusted?.value, adjustedVariance: adjusted?.variance,
                        eventsExcluded: exclusions.events(slot: slot, indicator: index), peersObserved: 0, peerMedian: nil, percentile: nil))
            }
        }
        return records
    }

    private func place(_ slot: Int, _ indicator: Int) -> (part: Int, place: Int) { (slot / Observations.partSize, Int(starts[slot]) + indicator) }

    /// A member's record of an indicator, by its place in the scheme.
    subscript(slot: Int, indicator: Int) -> ObservationRecord {
        let (part, place) = place(slot, indicator)
        return parts[part][place]
    }

    /// The records of a member.
    subscript(slot: Int) -> ArraySlice<ObservationRecord> {
        let part = parts[slot / Observations.partSize]
        let isLast = slot + 1 == starts.count || (slot + 1) % Observations.partSize == 0
        return part[Int(starts[slot])..<(isLast ? part.count : Int(starts[slot + 1]))]
    }

    /// The records of a part's members.
    subscript(part part: Int) -> ArraySlice<ObservationRecord> { parts[part][...] }

    /// Where a record stands among those of its group and indicator.
    private struct PeerStanding: Sendable {
        let slot: Int
        let indicator: Int
        let peers: Int
        let median: Double?
        var percentile: Double?
    }

    /// Median and percentiles of one group's records.
    private func compare(_ slots: [Int], indicators: [SchemePlans.PlannedIndicator]) -> [PeerStanding] {
        var standings: [PeerStanding] = []
        standings.reserveCapacity(slots.count * indicators.count)
        for (index, planned) in indicators.enumerated() {
            let sorted = slots.enumerated().compactMap { order, slot in
                self[slot, index].judgedValue.map { (value: $0, order: order) }
            }.sorted { ($0.value, $0.order) < ($1.value, $1.order) }
            let values = sorted.map { $0.value }
            let middle = median(ofSorted: values)
            let first = standings.count
            for slot in slots { standings.append(PeerStanding(slot: slot, indicator: index, peers: values.count, median: middle)) }
            for (entry, rank) in zip(sorted, midRanks(ofSorted: values)) {
                standings[first + entry.order].percentile = 100 * (planned.indicator.moreIsBetter ? rank : 1 - rank)
            }
        }
        return standings
    }
}
