import PipelineModel
import Statistics
import Warehouse

/// Who the model names tonight: all judged people of all schemes together, so that one promise holds for the whole list.
///
/// Nobody is named whose number is in doubt or who is not in service.
struct Tiers {
    /// The current window's scorecards of those who may be named, by cadre.
    let judged: [String: ScorecardRecord]
    /// The longest prefix by concern at `falseFlagRate`.
    let flagged: Set<String>
    /// The flagging line: the smallest concern flagged; `nil` where nobody is.
    let line: Double?
    /// The longest prefix by concern at `watchRate`, the flagged among them.
    let watched: [String]
    /// The longest prefix by the probability of being outstanding at `commendRate`.
    let commended: [String]

    init(_ rules: FlaggingRules, people: People, in transaction: Transaction) throws {
        var cards: [ScorecardRecord] = []
        try transaction.forEach(ScorecardRecord.self, window: .current) { card in
            if people.standing(of: card.cadreID) == .inService { cards.append(card) }
        }
        do {
            let concern = cards.map(\.concern)
            let flags = try discoveryPrefix(probabilities: concern, rate: rules.falseFlagRate)
            flagged = Set(flags.selected.map { cards[$0].cadreID })
            line = flags.threshold
            watched = try discoveryPrefix(probabilities: concern, rate: rules.watchRate).selected.map { cards[$0].cadreID }
            commended = try discoveryPrefix(probabilities: cards.map(\.outstanding), rate: rules.commendRate).selected.map { cards[$0].cadreID }
        } catch {
            throw FlaggingError.badEstimate(reason: "\(error)")
        }
        judged = Dictionary(uniqueKeysWithValues: cards.map { ($0.cadreID, $0) })
    }
}
