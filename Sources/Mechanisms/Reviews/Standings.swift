import PipelineModel
import Warehouse

/// Keeps where everybody stands, once a month, so that a later night can say what became of whom.
///
/// Windows are made of complete months, so that the standings of one month's nights hardly differ: the first night of a month is kept, which depends on
/// earlier nights only, as everything that a night writes must.
enum Standings {
    static func run(_ night: TrackNight) throws -> [Finding] {
        // What tonight has stored before is replaced.
        let hasEarlier = try night.transaction.standingNights(through: night.asOf).contains { $0.month == night.asOf.month && $0 < night.asOf }
        guard !hasEarlier else { return [] }
        var standings: [StandingRecord] = []
        try night.transaction.forEach(ScorecardRecord.self, window: .current) { card in
            standings.append(
                StandingRecord(
                    asOf: night.asOf, cadreID: card.cadreID, kind: card.kind, groupID: card.groupID, mean: card.mean, deviation: card.deviation))
        }
        night.store(standings)
        return []
    }
}
