import PipelineModel
import Statistics
import Warehouse

/// The models of all schemes in one window.
struct WindowModels: Sendable {
    private let window: AppraisalWindow
    private let members: [Member]
    private let schemes: [KindOfBody: SchemeModel]
    /// By member: the place in the scheme's model.
    private let places: [Int]
    /// What failed or does not hold.
    let findings: [Finding]

    init(
        _ window: AppraisalWindow, _ grouping: PeerGroups, _ observations: Observations, facts: WindowFacts, plans: SchemePlans, threads: Int
    ) throws(AppraisalError) {
        (self.window, members) = (window, grouping.members)
        var slots: [KindOfBody: [Int]] = [:]
        var places: [Int] = []
        for (slot, member) in members.enumerated() {
            places.append(slots[member.candidate.kind]?.count ?? 0)
            slots[member.candidate.kind, default: []].append(slot)
        }
        self.places = places
        // Schemes side by side, those of most people first: much of a fit is work for one thread.
        let kinds = KindOfBody.allCases.filter { plans.plans[$0] != nil && slots[$0] != nil }.sorted { slots[$0]?.count ?? 0 > slots[$1]?.count ?? 0 }
        let fitted = concurrentMap(kinds.count, threads: threads) { [members, slots] place -> Result<SchemeModel?, AppraisalError> in
            Result { () throws(AppraisalError) in
                guard let plan = plans.plans[kinds[place]], let own = slots[kinds[place]] else { return nil }
                return try SchemeModel(plan, slots: own, members: members, observations: observations, facts: facts, threads: threads)
            }
        }
        var schemes: [KindOfBody: SchemeModel] = [:]
        for (kind, scheme) in zip(kinds, fitted) { schemes[kind] = try scheme.get() }
        self.schemes = schemes
        findings = KindOfBody.allCases.compactMap { schemes[$0] }.flatMap { $0.findings(window) }
    }

    /// The model of a kind of body.
    func scheme(_ kind: KindOfBody) -> SchemeModel? { schemes[kind] }

    /// Whether any indicator speaks of a member.
    func isObserved(_ slot: Int) -> Bool { schemes[members[slot].candidate.kind]?.isObserved(person: places[slot]) ?? false }

    /// A member's composite; `nil` where the scheme is not judged.
    func composite(of slot: Int) -> (scheme: SchemeModel, composite: NormalDistribution)? {
        guard let scheme = schemes[members[slot].candidate.kind], let model = scheme.model else { return nil }
        return (scheme, model.composites[places[slot]])
    }

    /// A member's composite with some observations in place of their own; `nil` where the scheme is not judged.
    ///
    /// - Parameter changed: By place of the indicator in the scheme.
    func composite(of slot: Int, with changed: [Int: ObservationRecord]) throws(AppraisalError) -> NormalDistribution? {
        guard let scheme = schemes[members[slot].candidate.kind], let model = scheme.model else { return nil }
        let (person, count) = (places[slot], scheme.indicators.count)
        let group = scheme.group[person]
        var observations = Array(scheme.observed.observations[(person * count)..<((person + 1) * count)])
        for (indicator, record) in changed { observations[indicator] = scheme.observed.observation(record, indicator: indicator, group: group) }
        do throws(StatisticsError) {
            return try model.composites(of: observations, group: [group])[0]
        } catch {
            throw .model(error, scheme: scheme.scheme.kind.rawValue)
        }
    }

    /// The long results on their way into blocks.
    struct Results {
        let observations: SideWork<PackedPart<ObservationRecord>>?
        let estimates: SideWork<PackedPart<EstimateRecord>>
    }

    /// Begins to pack the estimates and, of the present window, the observations, by cadre.
    ///
    /// - Parameter observations: Those that the models were made of; they are not kept, because they are large.
    func pack(_ observations: Observations, threads: Int) -> Results {
        let z = normalQuantile(0.95) ?? 0
        return Results(
            observations: window == .current ? packed(members.count, threads: threads) { part, _ in observations[part: part] } : nil,
            estimates: packed(members.count, threads: threads) { [self] _, slots in
                slots.flatMap { slot -> [EstimateRecord] in
                    guard let scheme = schemes[members[slot].candidate.kind] else { return [] }
                    return scheme.estimates(window, person: places[slot], cadreID: members[slot].candidate.cadreID, records: observations[slot], z: z)
                }[...]
            })
    }

    /// Writes fits, correlations, scorecards and the long results, these by cadre.
    func write(_ results: Results, to transaction: Transaction) throws {
        let ordered = KindOfBody.allCases.compactMap { schemes[$0] }
        try transaction.insert(ordered.flatMap { $0.fitRecords(window) })
        try transaction.insert(ordered.flatMap { $0.correlationRecords(window) })
        try transaction.insert(
            members.enumerated().lazy.compactMap { slot, member in
                schemes[member.candidate.kind]?.scorecard(window, person: places[slot], cadreID: member.candidate.cadreID)
            })
        for part in results.observations?.results() ?? [] { try transaction.insert(try part.get()) }
        for part in results.estimates.results() { try transaction.insert(try part.get()) }
    }
}
