import PipelineModel
import Statistics
import Warehouse

/// The models of all schemes in one window.
struct WindowModels {
    private let window: AppraisalWindow
    private let members: [Member]
    private let schemes: [KindOfBody: SchemeModel]
    /// By member: the place in the scheme's model.
    private let places: [Int]
    /// By member: the first of the observations, which come by member and then in the order of the scheme; last, where they end.
    private let starts: [Int]
    /// What failed or does not hold.
    let findings: [Finding]

    init(
        _ window: AppraisalWindow, _ grouping: PeerGroups, _ observations: Observations, facts: WindowFacts, plans: SchemePlans, threads: Int
    ) throws(AppraisalError) {
        (self.window, members) = (window, grouping.members)
        var slots: [KindOfBody: [Int]] = [:]
        var starts: [Int] = []
        var places: [Int] = []
        var next = 0
        for (slot, member) in members.enumerated() {
            let kind = member.candidate.kind
            places.append(slots[kind]?.count ?? 0)
            slots[kind, default: []].append(slot)
            starts.append(next)
            next += plans.indicators(of: kind).count
        }
        starts.append(next)
        (self.places, self.starts) = (places, starts)
        var schemes: [KindOfBody: SchemeModel] = [:]
        var findings: [Finding] = []
        for kind in KindOfBody.allCases {
            guard let plan = plans.plans[kind], let own = slots[kind] else { continue }
            let records = own.flatMap { observations.records[starts[$0]..<(starts[$0] + plan.indicators.count)] }
            let scheme = try SchemeModel(plan, slots: own, members: members, records: records, facts: facts, threads: threads)
            schemes[kind] = scheme
            findings += scheme.findings(window)
        }
        (self.schemes, self.findings) = (schemes, findings)
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

    /// Writes fits, correlations, scorecards and estimates, the long ones by cadre; of the present window also the observations.
    ///
    /// - Parameter observations: Those that the models were made of; they are not kept, because they are large.
    func write(_ observations: Observations, threads: Int, to transaction: Transaction) throws {
        let ordered = KindOfBody.allCases.compactMap { schemes[$0] }
        try transaction.insert(ordered.flatMap { $0.fitRecords(window) })
        try transaction.insert(ordered.flatMap { $0.correlationRecords(window) })
        let z = normalQuantile(0.95) ?? 0
        try transaction.insert(
            members.enumerated().lazy.compactMap { slot, member in
                schemes[member.candidate.kind]?.scorecard(window, person: places[slot], cadreID: member.candidate.cadreID)
            })
        if window == .current { try transaction.insert(packed(members.count, threads: threads) { Array(observations.records[rows(of: $0)]) }) }
        try transaction.insert(
            packed(members.count, threads: threads) { range in
                range.flatMap { slot -> [EstimateRecord] in
                    guard let scheme = schemes[members[slot].candidate.kind] else { return [] }
                    let own = observations.records[rows(of: slot..<slot + 1)]
                    return scheme.estimates(window, person: places[slot], cadreID: members[slot].candidate.cadreID, records: own, z: z)
                }
            })
    }

    /// The places of the observations of some members.
    private func rows(of members: Range<Int>) -> Range<Int> { starts[members.lowerBound]..<starts[members.upperBound] }
}
