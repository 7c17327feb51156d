import PipelineModel
import Statistics
import Warehouse

/// Whom the targets in words mean: what the linkage came to.
struct TargetLinks {
    private var outcomes: [LinkKey: TargetResolver.Outcome] = [:]

    /// Nobody where the target was not looked at.
    subscript(key: TargetTable.Key, day: Int32) -> TargetResolver.Outcome {
        get { outcomes[LinkKey(key: key, day: day)] ?? .nobody(.nobodyFits, candidates: 0) }
        set { outcomes[LinkKey(key: key, day: day)] = newValue }
    }
}

/// Links targets in words to cadres, after merging: weights are estimated on all of them, then each is scored and linked, put to a person, or left.
///
/// A target that carries a cadre's number never comes here.
struct TargetLinker {
    /// More targets tell no more of the weights, only later: of so many, evenly spread, they are estimated.
    private static let estimatedOn = 5_000
    /// Fewer tell little: the weights then rest on what was expected.
    private static let fewTargets = 100

    /// Different words that one piece of work decides on, on all their days.
    private static let wordsInPiece = 1_024

    let rules: LinkageRules
    let threads: Int
    private let comparer: LinkComparer

    init(history: ServiceHistory, rules: LinkageRules, threads: Int = 1) {
        self.rules = rules
        self.threads = threads
        comparer = LinkComparer(history, rules)
    }

    /// Estimates, scores, and writes weights and links into the warehouse.
    ///
    /// - Returns: The links, and what was noticed. Where the estimation ends without an answer, that is an error, and nobody is linked.
    func link(_ targets: LinkTargets, in transaction: Transaction) throws -> (links: TargetLinks, findings: [Finding]) {
        var links = TargetLinks()
        let keys = targets.sorted
        let estimate: LinkageEstimate
        do {
            estimate = try self.estimate(keys)
        } catch {
            for key in keys { links[key.key, key.day] = .nobody(.needsReview, candidates: 0) }
            return (links, [.linkageFailed(error, files: targets.files)])
        }
        try transaction.insert(weights(estimate))
        var records: [LinkRecord] = []
        decide(keys, estimate.parameters) { key, words, decision in
            links[key.key, key.day] = decision.outcome
            guard let place = targets.places[key], place.rows > 0 else { return }
            records += decision.records(number: (records.last?.target ?? 0) + 1, words, on: key.knownDay, place)
        }
        try transaction.insert(records)
        return (links, estimate.records < TargetLinker.fewTargets ? [.fewTargets(estimate.records, files: targets.files)] : [])
    }

    /// Decides on every target, on several threads, and passes them in their order; a key's days stand together, and its words are looked up once for all.
    private func decide(_ keys: [LinkKey], _ parameters: LinkageParameters, _ take: (LinkKey, TargetWords, LinkDecision) -> Void) {
        var words = [0]
        for place in keys.indices.dropFirst() where keys[place].key != keys[place - 1].key { words.append(place) }
        let starts = stride(from: 0, to: words.count, by: TargetLinker.wordsInPiece).map { words[$0] } + [keys.count]
        let (comparer, rules) = (comparer, rules)
        OrderedWork(count: starts.count - 1, threads: threads) { piece -> [(TargetWords, LinkDecision)?] in
            var (search, weights) = (CandidateSearch(comparer), PatternWeights(parameters))
            var (last, known): (TargetTable.Key?, (words: TargetWords, candidates: LinkCandidates)?) = (nil, nil)
            return keys[starts[piece]..<starts[piece + 1]].map { key in
                if key.key != last {
                    last = key.key
                    known = TargetWords(key.key).map { ($0, search.candidates(for: $0)) }
                    if let known { weights.begin(known.candidates) }
                }
                return known.map { ($0.words, LinkDecision($0.candidates, on: key.knownDay, comparer, &weights, rules)) }
            }
        }.forEach { piece, decisions in
            for (key, decision) in zip(keys[starts[piece]...], decisions) { if let (words, decision) = decision { take(key, words, decision) } }
        }
    }

    private func estimate(_ keys: [LinkKey]) throws(StatisticsError) -> LinkageEstimate {
        let step = max(1, (keys.count + TargetLinker.estimatedOn - 1) / TargetLinker.estimatedOn)
        var records: [[LinkageCandidate]] = []
        var search = CandidateSearch(comparer)
        var outside = LinkComparer.expectedM.map { $0.map { _ in 0 } }
        for place in stride(from: 0, to: keys.count, by: step) {
            guard let words = TargetWords(keys[place].key) else { continue }
            let candidates = search.candidates(for: words)
            for (comparison, counts) in candidates.outside.enumerated() {
                for (level, count) in counts.enumerated() { outside[comparison][level] += count }
            }
            records.append(candidates.counted(on: keys[place].knownDay, near: comparer.nearDays))
        }
        let design = LinkageDesign(
            levels: outside.map(\.count), population: max(1, comparer.roster.people.count), frequencyComparison: 1, expectedM: LinkComparer.expectedM,
            outside: outside.map { $0.map(Double.init) })
        return try estimateLinkage(records, design)
    }

    private func weights(_ estimate: LinkageEstimate) -> [LinkWeightRecord] {
        let parameters = estimate.parameters
        var records = [
            LinkWeightRecord(
                comparison: "prior", level: "onRoster", number: 1, m: parameters.matchedShare, u: 1 - parameters.matchedShare, bits: parameters.priorBits,
                pairs: estimate.records)
        ]
        for (comparison, levels) in LinkComparer.levelNames.enumerated() {
            for (level, name) in levels.enumerated() {
                records.append(
                    LinkWeightRecord(
                        comparison: LinkComparer.comparisons[comparison], level: name, number: records.count + 1, m: parameters.m[comparison][level],
                        u: parameters.u[comparison][level], bits: parameters.bits(comparison: comparison, level: level),
                        pairs: estimate.pairs[comparison][level]))
            }
        }
        return records
    }
}

extension LinkComparer {
    /// What m is taken to be before anything is seen: most people who write of an official write what the roster has. Worth twenty targets, no more.
    static let expectedM = [[0.78, 0.10, 0.05, 0.04, 0.03], [0.80, 0.10, 0.04, 0.03, 0.03], [0.75, 0.15, 0.04, 0.06], [0.95, 0.04, 0.01]]
    /// The codes of the levels of each comparison.
    static let levelNames = [
        UnitAgreement.allCases.map(\.rawValue), NameAgreement.allCases.map(\.rawValue), PostAgreement.allCases.map(\.rawValue),
        DateAgreement.allCases.map(\.rawValue),
    ]
}

extension Finding {
    fileprivate static func linkageFailed(_ error: StatisticsError, files: String) -> Finding {
        Finding(
            "LinkageNotConverged", .error, at: Location(file: files),
            message: "the weights of targets in words could not be estimated (\(error)): none is linked",
            hint: "send this line to whoever maintains the pipeline; rows with a cadre's number are not concerned")
    }

    fileprivate static func fewTargets(_ count: Int, files: String) -> Finding {
        Finding(
            "FewTargetsInWords", .note, at: Location(file: files), value: String(count),
            message: "only \(count) different targets in words: their weights rest mostly on what was expected beforehand",
            hint: "look at petition_links.csv before relying on them (docs/linkage.md)")
    }
}
