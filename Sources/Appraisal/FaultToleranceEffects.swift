import PipelineModel
import Statistics
import Warehouse

/// What each fault-tolerance case does to the score of the cadre it is about.
///
/// The posterior is computed anew with the case's own event counted in full, everybody else, the peers' hyper-parameters and every other protection as they are.
struct FaultToleranceEffects: Sendable {
    private struct EventName: Hashable {
        let cadreID: String
        let source: String
        let recordID: String
    }

    private let members: [Member]
    private let slots: [String: Int]
    private let exclusions: Exclusions
    private let byEvent: [EventName: [Int]]
    /// Events that count in full, whatever case is written about them.
    private let standing: Set<EventName>
    private let facts: WindowFacts
    private let model: WindowModels
    private let plans: SchemePlans

    init(members: [Member], exclusions: Exclusions, facts: WindowFacts, model: WindowModels, plans: SchemePlans) {
        (self.members, self.exclusions, self.facts, self.model, self.plans) = (members, exclusions, facts, model, plans)
        slots = Dictionary(uniqueKeysWithValues: members.enumerated().map { ($1.candidate.cadreID, $0) })
        var byEvent: [EventName: [Int]] = [:]
        for (index, event) in exclusions.protected.enumerated() {
            for name in FaultToleranceEffects.names(of: event.record) { byEvent[name, default: []].append(index) }
        }
        self.byEvent = byEvent
        standing = Set(exclusions.standing.flatMap(FaultToleranceEffects.names))
    }

    /// What a case may call an event: by its contract's name or its role.
    private static func names(of record: EvidenceRecord) -> [EventName] {
        guard let recordID = record.recordID else { return [] }
        return Set([record.source, record.role.rawValue]).map { EventName(cadreID: record.cadreID, source: $0, recordID: recordID) }
    }

    /// A row for every case that is known, open ones and those of people who are not judged among them.
    ///
    /// - Parameter threads: Changes the time alone.
    func records(asOf: CalendarDate, threads: Int, in transaction: Transaction) throws -> [FaultToleranceEffect] {
        var cases: [FaultToleranceEffect] = []
        try transaction.forEachRow(of: .faultTolerance) { row in
            if let record = FaultToleranceEffect(row, asOf: asOf) { cases.append(record) }
        }
        let size = 256
        let parts = concurrentMap((cases.count + size - 1) / size, threads: threads) { [cases] part in
            Result { try cases[part * size..<min(cases.count, (part + 1) * size)].map(told) }
        }
        return try parts.flatMap { try $0.get() }
    }

    /// A case with what it does.
    private func told(_ ruling: FaultToleranceEffect) throws -> FaultToleranceEffect {
        var record = ruling
        let name = EventName(cadreID: record.cadreID, source: record.eventSource, recordID: record.eventRecordID)
        if standing.contains(name) { record.outcome = .counts }
        let own = (byEvent[name] ?? []).map { exclusions.protected[$0] }.filter {
            $0.caseID == record.caseID || $0.caseID == nil && record.decision == .pending
        }
        try apply(own, to: &record)
        return record
    }

    private func apply(_ events: [Exclusions.Protected], to record: inout FaultToleranceEffect) throws {
        guard let slot = slots[record.cadreID], let judged = model.composite(of: slot), let line = judged.scheme.model?.line else { return }
        record.meanAfter = judged.composite.mean
        record.concernAfter = judged.composite.probability(below: line)
        let counted = events.filter { !$0.removed.isEmpty }
        guard !counted.isEmpty else { return }
        record.eventsExcluded = counted.reduce(0) { $0 + Double($1.share) / 100 }
        record.outcome = counted.contains { $0.caseID == nil } ? .heldOut : record.decision == .mitigated ? .mitigated : .excluded
        let candidate = members[slot].candidate
        let indicators = plans.indicators(of: candidate.kind)
        let measures = Set(indicators.flatMap { [$0.events] + ($0.exposure.map { [$0] } ?? []) })
        let restored = try exclusions.restoring(counted, slot: slot, measures: measures)
        let touched = Set(counted.flatMap(\.removed.keys))
        var changed: [Int: ObservationRecord] = [:]
        for (index, planned) in indicators.enumerated() where touched.contains(planned.events) || planned.exposure.map(touched.contains) ?? false {
            let observed = try Observed.of(planned, slot: slot, facts: facts, exclusions: restored, plans: plans)
            changed[index] = ObservationRecord(
                cadreID: candidate.cadreID, indicator: planned.indicator.id, groupID: members[slot].groupID, family: planned.indicator.family,
                events: observed.events, exposure: observed.exposure, value: observed.value, withinVariance: observed.withinVariance, eventsExcluded: 0,
                peersObserved: 0, peerMedian: nil, percentile: nil)
        }
        let before = try model.composite(of: slot, with: changed)
        record.meanBefore = before?.mean
        record.concernBefore = before?.probability(below: line)
    }
}

extension FaultToleranceEffect {
    /// A case as its row has it, with nothing said yet of any score; `nil` where the row lacks what names a case.
    fileprivate init?(_ row: SourceRow, asOf: CalendarDate) {
        let fields = NamedFields(row, .faultTolerance)
        guard let caseID = fields.text("case_id"), let cadreID = row.cadreID ?? fields.text("cadre_id"), let source = fields.text("event_source"),
            let recordID = fields.text("event_record_id"), let written = fields.code("decision", FaultToleranceDecision.self)
        else { return nil }
        let decided = fields.day("decided_date")
        let isKnown = decided.map { $0 <= asOf } ?? true
        let decision = isKnown ? written : .pending
        func weighed(_ field: String) -> Consideration? { fields.code(field, Consideration.self) }
        self.init(
            caseID: caseID, cadreID: cadreID, eventSource: source, eventRecordID: recordID, decision: decision, decided: isKnown ? decided : nil,
            motive: weighed("motive"), conditions: weighed("conditions"), procedure: weighed("procedure"), nature: weighed("nature"),
            consequences: weighed("consequences"), redress: weighed("redress"), tryingFirst: fields.flag("trying_first"),
            notForbidden: fields.flag("not_forbidden"), forDevelopment: fields.flag("for_development"),
            outcome: .outsideScore, eventsExcluded: 0, meanBefore: nil, meanAfter: nil, concernBefore: nil, concernAfter: nil, flaggedBefore: nil,
            flaggedAfter: nil, fileID: row.fileID, line: row.line)
    }
}
