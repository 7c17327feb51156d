public import PipelineModel
public import Warehouse

/// The stage that proposes whom to look at, and why. Every flag rests on a rule that it cites; a person decides.
public enum FlagStage {
    /// Replaces the flags of the night of `asOf`; other nights stay.
    ///
    /// A cadre may have several flags, one for each cause. Nobody is flagged who is not on the roster, not in service, or whose identity is in doubt.
    /// A flag that a reviewer has overturned is not raised again; new evidence makes another flag.
    ///
    /// - Returns: What a person should look at: flags withheld for doubt, reviews of flags that nobody raised, how many reviews silenced a flag.
    /// - Throws: `FlaggingError`, and what the warehouse throws.
    public static func run(_ pipeline: Pipeline, asOf: CalendarDate, in transaction: Transaction) throws -> [Finding] {
        try transaction.clearFlags(asOf: asOf)
        let files = try ExportFiles(transaction)
        let people = try People(asOf: asOf, in: transaction)
        let cleared = ClearedEvents(try transaction.faultToleranceCases(decidedBy: asOf))
        let reviews = try Reviews(asOf: asOf, in: transaction)

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
        findings += try reviews.findings(computed: Set(raised.map(\.id)), asOf: asOf, files: files, in: transaction)
        try store(raised.filter { !reviews.silences($0.id) }, people: people, asOf: asOf, in: transaction)
        try FairnessAudit.run(asOf: asOf, in: transaction)
        return findings.sorted()
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
