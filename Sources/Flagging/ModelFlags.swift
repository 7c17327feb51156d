import PipelineModel
import Statistics
import Warehouse

/// The flags that the statistical model raises tonight.
struct ModelFlags {
    /// Raised, by cadre.
    private(set) var raised: [ModelFlag] = []
    /// Numbers of all flags of the model tonight, those that a review silences among them.
    private(set) var computed: Set<String> = []
    /// Cadres whom the model names tonight, the silenced among them.
    private(set) var named: Set<String> = []
    private(set) var findings: [Finding] = []

    /// - Parameter triggered: By cadre, the dispositions that rule triggers propose tonight.
    init(
        _ pipeline: Pipeline, tiers: Tiers, episodes: Episodes, triggered: [String: Set<Disposition>], files: ExportFiles, asOf: CalendarDate,
        threads: Int, in transaction: Transaction
    ) throws {
        let standing = Set(
            episodes.standing.map(\.cadreID).filter { (tiers.judged[$0]?.concern ?? -1) >= pipeline.flagging.clearBelow })
        let candidates = tiers.flagged.union(standing).sorted().compactMap { tiers.judged[$0] }
        guard !candidates.isEmpty else { return }
        var dossiers = try Dossier.read(candidates, pipeline: pipeline, asOf: asOf, in: transaction)
        let evidence = AdverseEvidence(pipeline)
        try evidence.fill(&dossiers, in: transaction)

        let marks = try NewMarks(pipeline, dossiers: dossiers, since: episodes.overturned, in: transaction)
        let stood = Dictionary(uniqueKeysWithValues: episodes.standing.map { ($0.cadreID, $0) })
        var open: [(flagID: String, dossier: Dossier, clearing: (line: Double, stood: Bool))] = []
        for card in candidates {
            guard let dossier = dossiers[card.cadreID] else { continue }
            let isNamed = tiers.flagged.contains(card.cadreID)
            let isSamePost = stood[card.cadreID].map { episodes.isOfPresentPost($0, dossier.member) } ?? false
            // A flag of another post does not stay in this one.
            guard isNamed || isSamePost else { continue }
            let episode = try episodes.episode(of: dossier, marks: marks, in: transaction)
            // New evidence after an overturned flag must be enough by itself: steadiness holds for flags that stand.
            guard isNamed || episode.isSilenced || stood[card.cadreID]?.flagID == episode.flagID else { continue }
            named.insert(card.cadreID)
            computed.insert(episode.flagID)
            guard !episode.isSilenced else { continue }
            let hasStood = stood[card.cadreID]?.flagID == episode.flagID
            let line = hasStood ? min(tiers.line ?? 1, pipeline.flagging.clearBelow) : tiers.line ?? 1
            open.append((episode.flagID, dossier, (line, hasStood)))
        }

        let clearing = try ClearingAnswers(
            open.map { ClearingSearch.Person(dossier: $0.dossier, line: $0.clearing.line) }, pipeline: pipeline, threads: threads, in: transaction)
        findings += clearing.findings
        var facts = try DispositionFacts(pipeline.dispositions, cadres: Set(open.map(\.dossier.card.cadreID)), asOf: asOf, in: transaction)
        facts.triggered = triggered
        let chooser = DispositionChooser(pipeline, facts: facts)
        for entry in open {
            let cadreID = entry.dossier.card.cadreID
            raised.append(
                ModelFlag(
                    flagID: entry.flagID, dossier: entry.dossier, rule: chooser.rule(for: entry.dossier), clearing: entry.clearing,
                    clearedAt: clearing.clearedAt[cadreID] ?? [:], indicators: pipeline.indicators, evidence: evidence))
        }
        findings += ModelFlags.checkSums(open.map(\.dossier))
    }

    /// Stores the flags with everything that explains them.
    func store(people: People, files: ExportFiles, asOf: CalendarDate, in transaction: Transaction) throws {
        try transaction.insert(raised.map { $0.record(asOf: asOf, people: people) })
        try transaction.insert(raised.flatMap { $0.reasons(asOf: asOf) })
        try transaction.insert(raised.flatMap { $0.evidence(asOf: asOf, files: files) })
        try transaction.insert(raised.flatMap { $0.contributions(asOf: asOf) })
    }

    /// An explanation that does not add up to what it explains is an error, never a rounding.
    private static func checkSums(_ dossiers: [Dossier]) -> [Finding] {
        let wrong = dossiers.filter { ($0.estimates.reduce(0) { $0 + $1.contribution } - $0.card.mean).magnitude > 1e-9 }.map(\.card.cadreID).sorted()
        guard let first = wrong.first else { return [] }
        return [
            Finding(
                .contributionsDoNotSum, .error, at: .init(file: "indicator_estimates.csv"), value: first,
                message: "the contributions of \(wrong.count) flagged cadres (\(first) first) do not sum to their composite",
                hint: "run the analysis of this night again; if it stays so, report it as a fault of the software")
        ]
    }
}

/// What would clear the flags of tonight, scheme by scheme.
private struct ClearingAnswers {
    private(set) var clearedAt: [String: [String: Double]] = [:]
    private(set) var findings: [Finding] = []

    init(_ people: [ClearingSearch.Person], pipeline: Pipeline, threads: Int, in transaction: Transaction) throws {
        guard !people.isEmpty else { return }
        var correlations: [CorrelationRecord] = []
        try transaction.forEach(CorrelationRecord.self, window: .current) { correlations.append($0) }
        var fits: [String: [String: GroupFitRecord]] = [:]
        try transaction.forEach(GroupFitRecord.self, window: .current) { fits[$0.groupID, default: [:]][$0.indicator] = $0 }
        let pooled = try transaction.pooledVariances()
        var notReproduced: [String] = []
        for (kind, ofKind) in Dictionary(grouping: people, by: \.dossier.card.kind).sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let model = PeerPosterior(
                kind: kind, dossiers: ofKind.map(\.dossier), pipeline: pipeline, correlations: correlations, fits: fits, pooled: pooled)
            do {
                let outcome = try ClearingSearch(ofKind, model: model, threads: threads).run()
                clearedAt.merge(outcome.clearedAt) { first, _ in first }
                notReproduced += outcome.notReproduced
            } catch {
                notReproduced += ofKind.map(\.dossier.card.cadreID)
            }
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
    fileprivate static let contributionsDoNotSum: Self = "ContributionsDoNotSum"
    fileprivate static let posteriorNotReproduced: Self = "PosteriorNotReproduced"
}
