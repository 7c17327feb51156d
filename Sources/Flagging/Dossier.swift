import PipelineModel
import Warehouse

/// Everything the warehouse knows of one cadre whom the model names.
struct Dossier {
    let card: ScorecardRecord
    /// Months that count in the present post.
    let counted: MonthWindow
    var member: PeerMember?
    /// The current window's estimates, by indicator.
    var estimates: [EstimateRecord] = []
    var observations: [String: ObservationRecord] = [:]
    var previousCard: ScorecardRecord?
    var previousPost: PreviousPostRecord?
    /// Adverse rows behind the negative contributions, newest first.
    var evidence: [AdverseRow] = []
    /// Rows behind them that a protection took out.
    var rowsExcluded = 0

    /// The estimates that pull the composite down.
    var negative: [EstimateRecord] { estimates.filter { $0.contribution < 0 } }

    /// Reads the dossiers of some cadres at once.
    static func read(
        _ cards: [ScorecardRecord], pipeline: Pipeline, holdings: Holdings, asOf: CalendarDate, in transaction: Transaction
    ) throws -> [String: Dossier] {
        let cadres = cards.map(\.cadreID)
        var members: [String: PeerMember] = [:]
        try transaction.forEach(PeerMember.self, of: cadres) { members[$0.cadreID] = $0 }
        var dossiers: [String: Dossier] = [:]
        for card in cards {
            let window = MonthWindow(trailing: pipeline.scheme(for: card.kind)?.windowMonths ?? 12, asOf: asOf)
            var first = window.first
            if let start = members[card.cadreID]?.postStart {
                first = max(first, start.month.firstDay == start ? start.month : start.month.adding(1))
            }
            dossiers[card.cadreID] = Dossier(
                card: card, counted: MonthWindow(first: first, last: window.last), member: members[card.cadreID],
                estimates: holdings.estimates[card.cadreID] ?? [], observations: holdings.observations[card.cadreID] ?? [:])
        }
        try transaction.forEach(ScorecardRecord.self, of: cadres, window: .previous) { dossiers[$0.cadreID]?.previousCard = $0 }
        try transaction.forEach(PreviousPostRecord.self, of: cadres) { dossiers[$0.cadreID]?.previousPost = $0 }
        return dossiers
    }
}
