import Foundation
public import PipelineModel
public import Warehouse

/// The stage that turns what ingestion left into judgement: who is judged, against whom, what was observed of each, and where each stands.
public enum Analysis {
    /// Replaces the appraisal of the warehouse by that of `asOf`.
    ///
    /// Service records decide who is judged and in which months; protections take events out; peer groups are formed of whoever is left;
    /// then each judged cadre gets one observation for each indicator of the scheme, marks freed of their raters' severity, and the model places everybody among their peers: in the trailing
    /// window, in the one of equal length before it, and, whoever came from a post of another type, in that post.
    ///
    /// - Parameter threads: Changes the time, and no byte of the result.
    /// - Returns: What a person should look at: cases that lead nowhere, findings that must not count, fits that failed or do not hold.
    /// - Throws: `AppraisalError`, and what the warehouse throws.
    public static func run(
        _ pipeline: Pipeline, asOf: CalendarDate, threads: Int = Analysis.processors, in transaction: Transaction
    ) throws -> [Finding] {
        try transaction.clearAppraisal()
        let plans = try SchemePlans(pipeline)
        let files = try SourceFiles(transaction)
        let service = try ServiceData(pipeline.protections, asOf: asOf, in: transaction)

        let records = ServiceRecords(service, plans: plans, files: files, asOf: asOf)
        let grouping = PeerGroups(of: records.candidates, schemes: pipeline.schemes)
        try transaction.insert(grouping.groups)
        try transaction.insert(grouping.members.map(\.record))
        try transaction.insert((records.notJudged + grouping.notJudged).sorted { $0.cadreID < $1.cadreID })
        let before = PeerGroups(of: service.previousCandidates(plans: plans, asOf: asOf), schemes: pipeline.schemes)
        let posts = PreviousPosts(of: grouping, service: service, plans: plans)

        var findings: Set<Finding> = []
        let reforms = try ReformRisks(asOf: asOf, history: service.history, in: transaction)
        let peoples = [grouping.members, before.members, posts.members]
        var exclusions: [Exclusions] = []
        for members in peoples {
            var protections = try Protections(pipeline.protections, reforms: reforms, asOf: asOf, files: files, in: transaction)
            exclusions.append(try protections.exclude(from: members, plans: plans, in: transaction))
            findings.formUnion(protections.findings)
        }
        var facts = try zip(peoples, exclusions).map { try WindowFacts(of: $0, exclusions: $1, plans: plans, in: transaction) }
        try WindowFacts.read(&facts, plans: plans, in: transaction)
        let severities = try zip(peoples.indices, [nil, "window before", "previous posts"]).map {
            try RaterSeverity(pipeline, members: peoples[$0], facts: facts[$0], plans: plans, name: $1, in: transaction)
        }
        for severity in severities { findings.formUnion(severity.findings) }
        let observed = try peoples.indices.map {
            try Observations(of: peoples[$0], facts: facts[$0], exclusions: exclusions[$0], severity: severities[$0], plans: plans)
        }
        try transaction.insert(observed[0].records)
        try transaction.insert(exclusions[0].records(members: grouping.members, facts: facts[0], plans: plans))

        let current = try WindowModels(.current, grouping, observed[0], facts: facts[0], plans: plans, threads: threads)
        try current.write(to: transaction)
        let effects = FaultToleranceEffects(members: grouping.members, exclusions: exclusions[0], facts: facts[0], model: current, plans: plans)
        try transaction.insert(try effects.records(asOf: asOf, in: transaction))
        let previous = try WindowModels(.previous, before, observed[1], facts: facts[1], plans: plans, threads: threads)
        try previous.write(to: transaction)
        try transaction.insert(posts.records(observed[2], among: current, plans: plans))
        return findings.union(current.findings).union(previous.findings).sorted()
    }

    /// The processors that this process may use, at least 1.
    public static var processors: Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }
}
