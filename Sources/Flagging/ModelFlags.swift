import PipelineModel
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
    /// `nil` where nobody may be named.
    private var answers: ClearingAnswers?

    /// A flag that stands, before its evidence is told.
    private struct Open {
        let flagID: String
        let cadreID: String
        let clearing: (line: Double, stood: Bool)
    }

    /// Cadres who may be named, by number: the flagged, and those whose flag stood last night and may stay.
    static func candidates(_ rules: FlaggingRules, tiers: Tiers, episodes: Episodes) -> [ScorecardRecord] {
        let standing = Set(episodes.standing.map(\.cadreID).filter { (tiers.judged[$0]?.concern ?? -1) >= rules.clearBelow })
        return tiers.flagged.union(standing).sorted().compactMap { tiers.judged[$0] }
    }

    /// Decides who is named, and begins to look for what would clear each flag; ``storeReasons(asOf:threads:in:)`` waits for it.
    ///
    /// - Parameter triggered: By cadre, the dispositions that rule triggers propose tonight.
    init(
        _ pipeline: Pipeline, candidates: [ScorecardRecord], tiers: Tiers, episodes: Episodes, holdings: Holdings,
        triggered: [String: Set<Disposition>], asOf: CalendarDate, threads: Int, in transaction: Transaction
    ) throws {
        guard !candidates.isEmpty else { return }
        var dossiers = try Dossier.read(candidates, pipeline: pipeline, holdings: holdings, asOf: asOf, in: transaction)
        var answers = try ClearingAnswers(pipeline, dossiers: dossiers, pooled: holdings.pooledVariances, threads: threads, in: transaction)
        let stood = Dictionary(uniqueKeysWithValues: episodes.standing.map { ($0.cadreID, $0) })
        var open: [Open] = []
        /// Decides on some whose episodes are known, and has other threads look for what would clear their flags.
        func decide(_ cards: [ScorecardRecord], episode: (Dossier) throws -> Episodes.Episode?) throws {
            let before = open.count
            for card in cards {
                guard let dossier = dossiers[card.cadreID] else { continue }
                let isNamed = tiers.flagged.contains(card.cadreID)
                let isSamePost = stood[card.cadreID].map { episodes.isOfPresentPost($0, dossier.member) } ?? false
                // A flag of another post does not stay in this one.
                guard isNamed || isSamePost, let episode = try episode(dossier) else { continue }
                // New evidence after an overturned flag must be enough by itself: steadiness holds for flags that stand.
                guard isNamed || episode.isSilenced || stood[card.cadreID]?.flagID == episode.flagID else { continue }
                named.insert(card.cadreID)
                computed.insert(episode.flagID)
                guard !episode.isSilenced else { continue }
                let hasStood = stood[card.cadreID]?.flagID == episode.flagID
                let line = hasStood ? min(tiers.line ?? 1, pipeline.flagging.clearBelow) : tiers.line ?? 1
                open.append(Open(flagID: episode.flagID, cadreID: card.cadreID, clearing: (line, hasStood)))
            }
            answers.search(
                for: open[before...].compactMap { flag in dossiers[flag.cadreID].map { ClearingSearch.Person(dossier: $0, line: flag.clearing.line) } })
        }
        // Nearly all episodes are settled, so that the search, which takes longest, can go on while the evidence is read.
        try decide(candidates) { episodes.settled(of: $0) }
        try AdverseEvidence(pipeline).fill(&dossiers, threads: threads, in: transaction)
        let marks = try NewMarks(pipeline, dossiers: dossiers, since: episodes.overturned, in: transaction)
        try decide(candidates.filter { card in dossiers[card.cadreID].map { episodes.settled(of: $0) == nil } ?? false }) {
            try episodes.episode(of: $0, marks: marks, in: transaction)
        }
        self.answers = answers

        var facts = try DispositionFacts(pipeline.dispositions, cadres: Set(open.map(\.cadreID)), asOf: asOf, in: transaction)
        facts.triggered = triggered
        let chooser = DispositionChooser(pipeline, facts: facts)
        let labels = Dictionary(pipeline.indicators.map { ($0.id, $0.label) }, uniquingKeysWith: { first, _ in first })
        raised = open.compactMap { flag in
            dossiers[flag.cadreID].map { dossier in
                ModelFlag(flagID: flag.flagID, dossier: dossier, rule: chooser.rule(for: dossier), clearing: flag.clearing, labels: labels)
            }
        }
        // By number, as the tables keep them: numbers come in no order, and each row that is put between others costs a search.
        raised.sort { $0.flagID < $1.flagID }
        findings += ModelFlags.checkSums(raised.map(\.dossier))
    }

    /// Stores who is named and the rows behind it: what need not wait for what would clear a flag.
    func storeNames(people: People, files: ExportFiles, asOf: CalendarDate, threads: Int, in transaction: Transaction) throws {
        try transaction.insert(raised.map { $0.record(asOf: asOf, people: people) })
        try insert(of: raised, threads: threads, in: transaction) { $0.evidence(asOf: asOf, files: files) }
    }

    /// Adds the rows of some flags in their order, which other threads make while this one stores.
    private func insert<Stored: Record & Sendable>(
        of flags: [ModelFlag], threads: Int, in transaction: Transaction, _ rows: @escaping @Sendable (ModelFlag) -> [Stored]
    ) throws {
        let size = 256
        try OrderedWork(count: (flags.count + size - 1) / size, threads: threads) { piece in
            flags[piece * size..<min((piece + 1) * size, flags.count)].flatMap(rows)
        }.forEach { try transaction.insert($1) }
    }

    /// Stores why, once what would clear each flag is known.
    mutating func storeReasons(asOf: CalendarDate, threads: Int, in transaction: Transaction) throws {
        guard let answers else { return }
        let found = answers.found()
        findings += found.findings
        let clearedAt = found.clearedAt
        try insert(of: raised, threads: threads, in: transaction) { $0.contributions(asOf: asOf, clearedAt: clearedAt[$0.dossier.card.cadreID] ?? [:]) }
        try insert(of: raised, threads: threads, in: transaction) { $0.reasons(asOf: asOf, clearedAt: clearedAt[$0.dossier.card.cadreID] ?? [:]) }
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

extension Finding.Check {
    fileprivate static let contributionsDoNotSum: Self = "ContributionsDoNotSum"
}
