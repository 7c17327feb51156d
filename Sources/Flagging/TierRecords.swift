import PipelineModel
import Warehouse

/// The watch list and the commendations of tonight.
enum TierRecords {
    /// The second tier: support, never a disposition. Nobody is on it whom the model names in the first, a silenced flag included, because a reviewer has
    /// looked at that evidence already.
    static func watchList(_ tiers: Tiers, named: Set<String>, people: People, asOf: CalendarDate, in transaction: Transaction) throws -> [WatchRecord] {
        let watched = tiers.watched.filter { !named.contains($0) }
        let extremes = try Extremes(of: watched, in: transaction)
        return watched.sorted().compactMap { cadreID in
            guard let card = tiers.judged[cadreID] else { return nil }
            let unit = people.unit(of: cadreID)
            return WatchRecord(
                asOf: asOf, cadreID: cadreID, unitID: unit.unitID, kind: card.kind, concern: card.concern, weakest: extremes.weakest[cadreID] ?? "")
        }
    }

    /// The mirror image of the flags. Nobody is commended while a flag of any cause stands.
    ///
    /// The number is the same for as long as the cadre holds the post: being outstanding is not an episode that anybody must clear.
    static func commendations(_ tiers: Tiers, flagged: Set<String>, people: People, asOf: CalendarDate, in transaction: Transaction) throws
        -> [CommendationRecord]
    {
        let commended = tiers.commended.filter { !flagged.contains($0) }
        let extremes = try Extremes(of: commended, in: transaction)
        var starts: [String: CalendarDate] = [:]
        try transaction.forEach(PeerMember.self, of: commended) { starts[$0.cadreID] = $0.postStart }
        return commended.sorted().compactMap { cadreID in
            guard let card = tiers.judged[cadreID] else { return nil }
            let unit = people.unit(of: cadreID)
            let number = FlagNumber.make("C", of: [cadreID, "commendation", starts[cadreID].map { "\($0)" } ?? ""])
            return CommendationRecord(
                asOf: asOf, commendationID: number, cadreID: cadreID, unitID: unit.unitID, kind: card.kind, outstanding: card.outstanding,
                strongest: extremes.strongest[cadreID] ?? "", status: .proposed)
        }
    }

    /// What each indicator does to the commendations: the evidence for them. A cadre's contributions sum to the composite's mean.
    static func contributions(_ commendations: [CommendationRecord], asOf: CalendarDate, in transaction: Transaction) throws -> [CommendationContribution] {
        let numbers = Dictionary(commendations.map { ($0.cadreID, $0.commendationID) }, uniquingKeysWith: { first, _ in first })
        var observations: [String: [String: ObservationRecord]] = [:]
        try transaction.forEach(ObservationRecord.self, of: numbers.keys) { observations[$0.cadreID, default: [:]][$0.indicator] = $0 }
        var contributions: [CommendationContribution] = []
        try transaction.forEach(EstimateRecord.self, of: numbers.keys, window: .current) { estimate in
            guard let number = numbers[estimate.cadreID] else { return }
            let observation = observations[estimate.cadreID]?[estimate.indicator]
            contributions.append(
                CommendationContribution(
                    asOf: asOf, commendationID: number, cadreID: estimate.cadreID, indicator: estimate.indicator, value: estimate.value,
                    adjustedValue: estimate.adjustedValue, peerMedian: estimate.peerMedian, percentile: observation?.percentile, mean: estimate.mean,
                    lower: estimate.lower, upper: estimate.upper,
                    weight: estimate.weight, contribution: estimate.contribution, eventsCounted: observation?.events,
                    eventsExcluded: observation?.eventsExcluded ?? 0))
        }
        return contributions
    }

    /// Of each cadre the indicator with the lowest and the one with the highest contribution; of several alike the first by name.
    private struct Extremes {
        private(set) var weakest: [String: String] = [:]
        private(set) var strongest: [String: String] = [:]

        init(of cadres: [String], in transaction: Transaction) throws {
            var bounds: [String: (low: Double, high: Double)] = [:]
            try transaction.forEach(EstimateRecord.self, of: cadres, window: .current) { estimate in
                let old = bounds[estimate.cadreID] ?? (.infinity, -.infinity)
                if estimate.contribution < old.low { weakest[estimate.cadreID] = estimate.indicator }
                if estimate.contribution > old.high { strongest[estimate.cadreID] = estimate.indicator }
                bounds[estimate.cadreID] = (min(old.low, estimate.contribution), max(old.high, estimate.contribution))
            }
        }
    }
}
