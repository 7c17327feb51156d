public import PipelineModel
public import Warehouse

/// The stage that turns what ingestion left into observations: who is judged, against whom, and what was observed of each.
public enum Analysis {
    /// Replaces the appraisal of the warehouse by that of `asOf`.
    ///
    /// Service records decide who is judged and in which months; protections take events out; peer groups are formed of whoever is left;
    /// then each judged cadre gets one observation for each indicator of the scheme.
    ///
    /// - Returns: What a person should look at: cases that lead nowhere, findings that must not count.
    /// - Throws: `AppraisalError`, and what the warehouse throws.
    public static func run(_ pipeline: Pipeline, asOf: CalendarDate, in transaction: Transaction) throws -> [Finding] {
        try transaction.clearAppraisal()
        let plans = try SchemePlans(pipeline)
        let files = try SourceFiles(transaction)

        let service = try ServiceRecords(pipeline, plans: plans, files: files, asOf: asOf, in: transaction)
        let grouping = PeerGroups(of: service.candidates, schemes: pipeline.schemes)
        let members = grouping.members
        try transaction.insert(grouping.groups)
        try transaction.insert(members.map(\.record))
        try transaction.insert((service.notJudged + grouping.notJudged).sorted { $0.cadreID < $1.cadreID })

        let facts = try WindowFacts(of: members, plans: plans, in: transaction)
        var protections = try Protections(pipeline.protections, asOf: asOf, files: files, in: transaction)
        let exclusions = try protections.exclude(from: members, plans: plans, in: transaction)
        let observations = try Observations(of: members, facts: facts, exclusions: exclusions, plans: plans)
        try transaction.insert(observations.records)
        try transaction.insert(exclusions.records(members: members, facts: facts, plans: plans))
        return protections.findings.sorted()
    }
}
