import PipelineModel
import Warehouse

/// Who may be on one of tonight's lists, and what the analysis, reviewers and earlier nights say of them; all of it is read before tonight's flags are cleared.
struct Listed: Sendable {
    let tiers: Tiers
    let reviews: Reviews
    let episodes: Episodes
    /// Whom the model may name, by number.
    let candidates: [ScorecardRecord]
    /// Of everybody who may be flagged, watched or commended.
    let holdings: Holdings

    /// - Parameter threads: Changes the time, and nothing else.
    init(_ rules: FlaggingRules, people: People, asOf: CalendarDate, threads: Int, in transaction: Transaction) throws {
        tiers = try Tiers(rules, people: people, in: transaction)
        reviews = try Reviews(asOf: asOf, in: transaction)
        episodes = try Episodes(reviews: reviews, asOf: asOf, in: transaction)
        candidates = ModelFlags.candidates(rules, tiers: tiers, episodes: episodes)
        let listed = Set(candidates.map(\.cadreID)).union(tiers.watched).union(tiers.commended)
        holdings = try Holdings(of: listed, threads: threads, in: transaction)
    }
}
