public import PipelineModel
public import Warehouse

/// The stage that proposes whom to look at, and why. Every flag rests on a rule that it cites, or on the model with its uncertainty; a person decides.
public enum FlagStage {
    /// Replaces the flags, watch list, commendations and changes of the night of `asOf`; other nights stay.
    ///
    /// A cadre may have several flags, one for each cause. Nobody is named who is not on the roster, not in service, or whose identity is in doubt.
    /// A flag that a reviewer has overturned is not raised again; evidence that the reviewer has not seen makes another flag.
    ///
    /// - Parameter threads: Changes the time, and no byte of the result.
    /// - Returns: What a person should look at: flags withheld for doubt, reviews of flags that nobody raised, how many reviews silenced a flag,
    ///   explanations that do not follow from the estimates.
    /// - Throws: `FlaggingError`, and what the warehouse throws.
    public static func run(_ pipeline: Pipeline, asOf: CalendarDate, threads: Int = 1, in transaction: Transaction) throws -> [Finding] {
        let files = try ExportFiles(transaction)
        let people = try People(asOf: asOf, in: transaction)
        // What is asked of no flag of tonight is read before any is cleared: then it can be read side by side.
        let (listed, (found, groups)) = try transaction.readSideBySide(threads: threads) {
            try Listed(pipeline.flagging, people: people, asOf: asOf, threads: threads, in: $0)
        } _: {
            (try triggered(pipeline, people: people, files: files, asOf: asOf, in: $0), try FairnessGroups(asOf: asOf, in: $0))
        }
        try transaction.clearFlags(asOf: asOf)
        let (tiers, reviews, episodes, holdings) = (listed.tiers, listed.reviews, listed.episodes, listed.holdings)

        var (raised, findings) = found
        let overturned = try OverturnedRules(asOf: asOf, in: transaction)
        raised = raised.map { overturned.numbered($0, reviews: reviews) }
        let computed = Set(raised.map(\.id))
        raised.removeAll { reviews.silences($0.id) }
        let proposals = Dictionary(grouping: raised, by: \.cadreID).mapValues { Set($0.map(\.trigger.disposition)) }
        var model = try ModelFlags(
            pipeline, candidates: listed.candidates, tiers: tiers, episodes: episodes, holdings: holdings, triggered: proposals, asOf: asOf, threads: threads,
            in: transaction)
        findings += try reviews.findings(computed: computed.union(model.computed), asOf: asOf, files: files, in: transaction)

        try store(raised, people: people, asOf: asOf, in: transaction)
        try model.storeNames(people: people, files: files, asOf: asOf, threads: threads, in: transaction)
        let flagged = model.named.union(raised.map(\.cadreID))
        try transaction.insert(TierRecords.watchList(tiers, named: model.named, people: people, holdings: holdings, asOf: asOf))
        let commendations = try TierRecords.commendations(tiers, flagged: flagged, people: people, holdings: holdings, asOf: asOf, in: transaction)
        try transaction.insert(commendations)
        try transaction.insert(TierRecords.contributions(commendations, holdings: holdings, asOf: asOf))
        let tonight = raised.map { $0.record(asOf: asOf, people: people) } + model.raised.map { $0.record(asOf: asOf, people: people) }
        let changes = FlagChanges(tiers: tiers, people: people, reviews: reviews, rules: pipeline.flagging, asOf: asOf)
        try transaction.insert(changes.records(tonight: tonight, lastNight: episodes.lastNight, in: transaction))
        try FaultToleranceFlags(
            tiers: tiers, episodes: episodes, raised: Set(model.raised.map(\.dossier.card.cadreID)), reviews: reviews, rules: pipeline.flagging
        ).complete(in: transaction)
        try FairnessAudit.run(asOf: asOf, groups: groups, in: transaction)
        try model.storeReasons(asOf: asOf, threads: threads, in: transaction)
        findings += model.findings
        return findings.sorted()
    }

    /// The flags of the rule triggers, silenced ones among them, and a finding for each that is withheld for doubt.
    private static func triggered(
        _ pipeline: Pipeline, people: People, files: ExportFiles, asOf: CalendarDate, in transaction: Transaction
    ) throws -> ([ProposedFlag], [Finding]) {
        let cleared = try ClearedEvents(asOf: asOf, history: people.history, in: transaction)
        var findings: [Finding] = []
        var raised: [ProposedFlag] = []
        for trigger in pipeline.triggers {
            let reader = try TriggerReader(trigger, counting: pipeline.protections.countingFindings, asOf: asOf)
            for (cadreID, hit) in try reader.hits(in: transaction, files: files, cleared: cleared).sorted(by: { $0.key < $1.key }) {
                switch people.standing(of: cadreID) {
                case .inService: raised.append(ProposedFlag(cadreID: cadreID, trigger: trigger, hit: hit))
                case .notInService: break
                case .inDoubt:
                    findings.append(
                        Finding(
                            .identityInDoubt, .warning, at: .init(file: hit.newest.file, line: hit.newest.line), value: cadreID,
                            message: "\(cadreID) meets trigger \(trigger.id) but is not flagged: the number stands for more than one person",
                            hint: "settle the number in the HR system; until then this is for a person to look at"))
                }
            }
        }
        return (raised, findings)
    }

    private static func store(_ flags: [ProposedFlag], people: People, asOf: CalendarDate, in transaction: Transaction) throws {
        try transaction.insert(flags.map { $0.record(asOf: asOf, people: people) })
        try transaction.insert(flags.map { $0.reason(asOf: asOf) })
        try transaction.insert(flags.flatMap { $0.evidence(asOf: asOf) })
    }
}

extension Finding.Check {
    fileprivate static let identityInDoubt: Self = "IdentityInDoubt"
}
