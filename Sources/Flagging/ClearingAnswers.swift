import PipelineModel
import Statistics
import Warehouse

/// What would clear the flags of tonight, scheme by scheme: other threads search while this one goes on reading and writing.
struct ClearingAnswers {
    /// Some people of one scheme.
    private struct Piece {
        let model: PeerPosterior
        let people: [ClearingSearch.Person]
    }

    private typealias Search = SideWork<Result<ClearingSearch.Outcome, StatisticsError>>

    private let models: [KindOfBody: PeerPosterior]
    private let threads: Int
    private var searches: [(pieces: [Piece], work: Search)] = []

    /// Reads what the analysis left of each scheme.
    ///
    /// - Parameters:
    ///   - dossiers: Of everybody who may be searched for.
    ///   - pooled: By group and indicator, the variance of single values within a person.
    init(_ pipeline: Pipeline, dossiers: [String: Dossier], pooled: [String: [String: Double]], threads: Int, in transaction: Transaction) throws {
        var correlations: [CorrelationRecord] = []
        try transaction.forEach(CorrelationRecord.self, window: .current) { correlations.append($0) }
        var fits: [String: [String: GroupFitRecord]] = [:]
        try transaction.forEach(GroupFitRecord.self, window: .current) { fits[$0.groupID, default: [:]][$0.indicator] = $0 }
        var models: [KindOfBody: PeerPosterior] = [:]
        for (kind, ofKind) in Dictionary(grouping: dossiers.values, by: \.card.kind) {
            models[kind] = PeerPosterior(kind: kind, dossiers: ofKind, pipeline: pipeline, correlations: correlations, fits: fits, pooled: pooled)
        }
        (self.models, self.threads) = (models, threads)
    }

    /// Begins to search for some people.
    mutating func search(for people: [ClearingSearch.Person]) {
        var pieces: [Piece] = []
        for (kind, ofKind) in Dictionary(grouping: people, by: \.dossier.card.kind) {
            guard let model = models[kind] else { continue }
            for start in stride(from: 0, to: ofKind.count, by: ClearingSearch.size) {
                pieces.append(Piece(model: model, people: Array(ofKind[start..<min(start + ClearingSearch.size, ofKind.count)])))
            }
        }
        let begun = pieces
        let work = Search(begun.count, threads: threads) { place in
            Result { () throws(StatisticsError) in try ClearingSearch(begun[place].people, model: begun[place].model).run() }
        }
        searches.append((begun, work))
    }

    /// Ends the searches.
    ///
    /// - Returns: By cadre and indicator, in the unit of the observed value, what would clear the flag; and whether that could not be said of some.
    func found() -> (clearedAt: [String: [String: Double]], findings: [Finding]) {
        let outcomes = searches.flatMap { search in zip(search.pieces, search.work.results()) }
        // Where the numbers of a scheme fail for one, nothing is said of any in it.
        let failed = Set(outcomes.filter { (try? $1.get()) == nil }.map(\.0.model.kind))
        var clearedAt: [String: [String: Double]] = [:]
        var notReproduced: [String] = []
        for (piece, outcome) in outcomes {
            guard !failed.contains(piece.model.kind), case .success(let found) = outcome else {
                notReproduced += piece.people.map(\.dossier.card.cadreID)
                continue
            }
            clearedAt.merge(found.clearedAt) { first, _ in first }
            notReproduced += found.notReproduced
        }
        guard let first = notReproduced.min() else { return (clearedAt, []) }
        let finding = Finding(
            .posteriorNotReproduced, .warning, at: .init(file: "scorecards.csv"), value: first,
            message: "what would clear the flags of \(notReproduced.count) cadres (\(first) first) is not said: their scorecards do not follow from the fits",
            hint: "run the analysis of this night again; the flags themselves stand")
        return (clearedAt, [finding])
    }
}

extension Finding.Check {
    fileprivate static let posteriorNotReproduced: Self = "PosteriorNotReproduced"
}
