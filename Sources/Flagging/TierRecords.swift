import PipelineModel
import Warehouse

/// The watch list and the commendations of tonight.
enum TierRecords {
    /// The second tier: support, never a disposition. Nobody is on it whom the model names in the first, a silenced flag included, because a reviewer has
    /// looked at that evidence already.
    static func watchList(_ tiers: Tiers, named: Set<String>, people: People, holdings: Holdings, asOf: CalendarDate) -> [WatchRecord] {
        let watched = tiers.watched.filter { !named.contains($0) }
        return watched.sorted().compactMap { cadreID in
            guard let card = tiers.judged[cadreID] else { return nil }
            let unit = people.unit(of: cadreID)
            return WatchRecord(
                asOf: asOf, cadreID: cadreID, unitID: unit.unitID, kind: card.kind, concern: card.concern,
                weakest: extremes(of: cadreID, in: holdings).weakest)
        }
    }

    /// The mirror image of the flags. Nobody is commended while a flag of any cause stands.
    ///
    /// The number is the same for as long as the cadre holds the post: being outstanding is not an episode that anybody must clear.
    static func commendations(
        _ tiers: Tiers, flagged: Set<String>, people: People, holdings: Holdings, asOf: CalendarDate, in transaction: Transaction
    ) throws -> [CommendationRecord] {
        let commended = tiers.commended.filter { !flagged.contains($0) }
        var starts: [String: CalendarDate] = [:]
        try transaction.forEach(PeerMember.self, of: commended) { starts[$0.cadreID] = $0.postStart }
        return commended.sorted().compactMap { cadreID in
            guard let card = tiers.judged[cadreID] else { return nil }
            let unit = people.unit(of: cadreID)
            let number = FlagNumber.make("C", of: [cadreID, "commendation", starts[cadreID].map { "\($0)" } ?? ""])
            return CommendationRecord(
                asOf: asOf, commendationID: number, cadreID: cadreID, unitID: unit.unitID, kind: card.kind, outstanding: card.outstanding,
                strongest: extremes(of: cadreID, in: holdings).strongest, status: .proposed)
        }
    }

    /// What each indicator does to the commendations: the evidence for them. A cadre's contributions sum to the composite's mean.
    static func contributions(_ commendations: [CommendationRecord], holdings: Holdings, asOf: CalendarDate) -> [CommendationContribution] {
        // By number, as the table keeps them: numbers come in no order, and each row that is put between others costs a search.
        commendations.sorted { $0.commendationID < $1.commendationID }.flatMap { commendation in
            let observations = holdings.observations[commendation.cadreID]
            return (holdings.estimates[commendation.cadreID] ?? []).map { estimate in
                let observation = observations?[estimate.indicator]
                return CommendationContribution(
                    asOf: asOf, commendationID: commendation.commendationID, cadreID: estimate.cadreID, indicator: estimate.indicator, value: estimate.value,
                    adjustedValue: estimate.adjustedValue, peerMedian: estimate.peerMedian, percentile: observation?.percentile, mean: estimate.mean,
                    lower: estimate.lower, upper: estimate.upper,
                    weight: estimate.weight, contribution: estimate.contribution, eventsCounted: observation?.events,
                    eventsExcluded: observation?.eventsExcluded ?? 0)
            }
        }
    }

    /// The indicators with the lowest and the highest contribution; of several alike the first by name.
    private static func extremes(of cadreID: String, in holdings: Holdings) -> (weakest: String, strongest: String) {
        var (weakest, strongest) = ("", "")
        var (low, high) = (Double.infinity, -Double.infinity)
        for estimate in holdings.estimates[cadreID] ?? [] {
            if estimate.contribution < low { (weakest, low) = (estimate.indicator, estimate.contribution) }
            if estimate.contribution > high { (strongest, high) = (estimate.indicator, estimate.contribution) }
        }
        return (weakest, strongest)
    }
}
