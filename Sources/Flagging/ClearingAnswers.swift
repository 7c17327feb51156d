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

    /// By cadre and indicator, in the unit of the observed value.
    private(set) var clearedAt: [String: [String: Double]] = [:]
    private(set) var findings: [Finding] = []

    typealias Search = SideWork<Result<ClearingSearch.Outcome, StatisticsError>>

    private let pieces: [Piece]
    private let search: Search

    /// Begins the search.
    ///
    /// - Parameter pooled: By group and indicator, the variance of single values within a person.
    init(
        _ people: [ClearingSearch.Person], pipeline: Pipeline, pooled: [String: [String: Double]], threads: Int, in transaction: Transaction
    ) throws {
        var correlations: [CorrelationRecord] = []
        try transaction.forEach(CorrelationRecord.self, window: .current) { correlations.append($0) }
        var fits: [String: [String: GroupFitRecord]] = [:]
        try transaction.forEach(GroupFitRecord.self, window: .current) { fits[$0.groupID, default: [:]][$0.indicator] = $0 }
        var pieces: [Piece] = []
        for (kind, ofKind) in Dictionary(grouping: people, by: \.dossier.card.kind) {
            let model = PeerPosterior(
                kind: kind, dossiers: ofKind.map(\.dossier), pipeline: pipeline, correlations: correlations, fits: fits, pooled: pooled)
            for start in stride(from: 0, to: ofKind.count, by: ClearingSearch.size) {
                pieces.append(Piece(model: model, people: Array(ofKind[start..<min(start + ClearingSearch.size, ofKind.count)])))
            }
        }
        self.pieces = pieces
        search = Search(pieces.count, threads: threads) { [pieces] place in
            Result { () throws(StatisticsError) in try ClearingSearch(pieces[place].people, model: pieces[place].model).run() }
        }
    }

    /// Ends the search.
    mutating func finish() {
        let outcomes = search.results()
        // Where the numbers of a scheme fail for one, nothing is said of any in it.
        let failed = Set(zip(pieces, outcomes).filter { (try? $1.get()) == nil }.map(\.0.model.kind))
        var notReproduced: [String] = []
        for (piece, outcome) in zip(pieces, outcomes) {
            guard !failed.contains(piece.model.kind), case .success(let found) = outcome else {
                notReproduced += piece.people.map(\.dossier.card.cadreID)
                continue
            }
            clearedAt.merge(found.clearedAt) { first, _ in first }
            notReproduced += found.notReproduced
        }
        guard let first = notReproduced.min() else { return }
        findings.append(
            Finding(
                .posteriorNotReproduced, .warning, at: .init(file: "scorecards.csv"), value: first,
                message:
                    "what would clear the flags of \(notReproduced.count) cadres (\(first) first) is not said: their scorecards do not follow from the fits",
                hint: "run the analysis of this night again; the flags themselves stand"))
    }
}

extension Finding.Check {
    fileprivate static let posteriorNotReproduced: Self = "PosteriorNotReproduced"
}
