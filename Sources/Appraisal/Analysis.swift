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

        // Groups are formed on one thread: those of the window before beside the present ones.
        let previous = SideWork(1, threads: threads) { [plans = plans.copied()] _ in
            PeerGroups(of: service.previousCandidates(plans: plans, asOf: asOf, threads: threads), schemes: pipeline.schemes)
        }
        let records = ServiceRecords(service, plans: plans, files: files, asOf: asOf, threads: threads)
        let grouping = PeerGroups(of: records.candidates, schemes: pipeline.schemes)
        try transaction.insert(grouping.groups)
        let before = previous.results()[0]
        let posts = PreviousPosts(of: grouping, service: service, plans: plans, threads: threads)

        let people = JudgedPeople([grouping.members, before.members, posts.members])
        let measures = try KnownMeasures(plans, in: transaction)
        let raters = try RaterEffects.start(people, measures: measures, plans: plans, threads: threads, in: transaction)
        let reforms = try ReformRisks(asOf: asOf, history: service.history, in: transaction)
        var protections = try Protections(reforms: reforms, asOf: asOf, files: files, in: transaction)
        let petitions = try PetitionPass(pipeline.protections, cases: protections.caseEvents, threads: threads, in: transaction)
        let exclusions = try protections.exclude(from: people, petitions: petitions, plans: plans, threads: threads, in: transaction)
        var findings = Set(protections.findings)
        let starts = try SourceStarts(pipeline, plans: plans, petitions: petitions, threads: threads, in: transaction)
        let facts = try WindowFacts.read(
            of: people, measures: measures, exclusions: exclusions, plans: plans, starts: starts, threads: threads, in: transaction)
        let severities = try zip(people.windows, [nil, "window before", "previous posts"]).map {
            try RaterSeverity(pipeline, effects: raters[$0], members: people.members[$0], facts: facts[$0], plans: plans, name: $1)
        }
        for severity in severities { findings.formUnion(severity.findings) }
        func observe(_ window: Int) throws -> Observations {
            try Observations(
                of: people.members[window], facts: facts[window], exclusions: exclusions[window], severity: severities[window], plans: plans, threads: threads)
        }
        try transaction.insert(exclusions[0].records(members: grouping.members, facts: facts[0], plans: plans))

        // One window after the other: the observations of both are more than must be in memory at once.
        func place(_ window: AppraisalWindow, _ grouping: PeerGroups, at place: Int) throws -> WindowModels {
            let observed = try observe(place)
            let models = try WindowModels(window, grouping, observed, facts: facts[place], plans: plans, threads: threads)
            let results = models.pack(observed, threads: threads)
            if window == .current {
                let silent = grouping.members.enumerated().filter { !models.isObserved($0.offset) }.map(\.element.nothingObserved)
                try transaction.insert(grouping.members.enumerated().map { $1.record(isObserved: models.isObserved($0)) })
                try transaction.insert((records.notJudged + grouping.notJudged + silent).sorted { $0.cadreID < $1.cadreID })
            }
            try models.write(results, to: transaction)
            return models
        }
        let current = try place(.current, grouping, at: 0)
        let effects = FaultToleranceEffects(members: grouping.members, exclusions: exclusions[0], facts: facts[0], model: current, plans: plans)
        try transaction.insert(try effects.records(asOf: asOf, threads: threads, in: transaction))
        findings.formUnion(try place(.previous, before, at: 1).findings)
        try transaction.insert(posts.records(try observe(2), facts: facts[2], among: current))
        return findings.union(current.findings).sorted()
    }

    /// The processors that this process may use, at least 1.
    public static var processors: Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }
}
