import PipelineModel
import Statistics
import Warehouse

/// What takes events out of scores before anybody is compared (method, section 6).
struct Protections {
    private let files: SourceFiles
    private var rulings: FaultToleranceRulings
    private let reforms: ReformRisks
    /// Numbers of the events that any case is about, decided or not.
    private let caseRecords: Set<String>
    /// Filled by `exclude`.
    private(set) var findings: [Finding] = []

    init(reforms: ReformRisks, asOf: CalendarDate, files: SourceFiles, in transaction: Transaction) throws {
        self.reforms = reforms
        self.files = files
        self.rulings = try FaultToleranceRulings(asOf: asOf, in: transaction)
        var caseRecords: Set<String> = []
        try transaction.forEachRow(of: .faultTolerance, reading: ["event_record_id"]) { row in
            if let recordID = NamedFields(row, .faultTolerance).text("event_record_id") { caseRecords.insert(recordID) }
        }
        self.caseRecords = caseRecords
    }

    /// Numbers of the events that cases in force name.
    var caseEvents: WordTable { rulings.records }

    /// An adverse row of a judged cadre, what it added, and the case that decides on it.
    private struct Event {
        let slot: Int
        let record: EvidenceRecord
        let ruling: FaultToleranceCase?
        /// The accepted reform risk inside which it waits for its case.
        let filing: ReformRisks.Filing?
        /// Within the scheme's window.
        let increments: [EvidenceIncrement]
        let countsAsFound: Bool

        /// Whether a case or a filed risk takes the event out, given the reason why all of it goes, if all of it does.
        func isProtected(_ whole: ExclusionReason?) -> Bool {
            whole.map { $0.isFaultTolerance || $0 == .reformRisk } ?? (ruling != nil)
        }
    }

    /// A row of an export.
    private struct Place: Hashable {
        let fileID: Int
        let line: Int
    }

    /// Takes out of each window's people what does not count: an approved case's event, one inside a filed reform risk, one whose finding must
    /// not count, one on leave, before the present post or in a month not complete in it, wholly; a mitigated case's in part. The evidence is read once for all of them.
    ///
    /// The first reason that holds is the one recorded, in the order: not substantiated, fault tolerance approved, mitigated without a weight,
    /// inside a reform risk, on leave, before the present post, incomplete month, mitigated. Mitigation comes last because it takes out least.
    ///
    /// - Parameters:
    ///   - petitions: Read with the numbers that `caseEvents` has.
    ///   - threads: Changes the time, and nothing else.
    mutating func exclude(
        from people: JudgedPeople, petitions: PetitionPass, plans: SchemePlans, threads: Int, in transaction: Transaction
    ) throws -> [Exclusions] {
        let unfounded = petitions.unfounded
        let exceptional = ExceptionalEvidence(people, caseRecords: caseRecords, unfounded: unfounded)
        var exclusions = people.windows.map { _ in Exclusions() }
        var counted: [Place: PetitionFinding] = [:]
        try transaction.forEachEvidence(threads: threads, where: exceptional.holds) { record, increments in
            let ruling = rulings.ruling(source: record.source, role: record.role, recordID: record.recordID, cadreID: record.cadreID)
            guard let judged = people.place(of: record.cadreID) else { return }
            let filing = reforms.filing(
                holding: record.recordID, source: record.source, role: record.role, cadreID: record.cadreID, on: record.eventDate, reform: record.reform)
            for window in people.windows {
                guard let slot = people.slot(at: judged, window: window) else { continue }
                let candidate = people.members[window][slot].candidate
                let own = increments.filter { candidate.window.contains($0.month) }
                guard !own.isEmpty else { continue }
                let place = Place(fileID: record.fileID, line: record.line)
                let finding = record.role == .petitions ? unfounded.finding(fileID: record.fileID, line: record.line) : nil
                if let finding { counted[place] = finding }
                let event = Event(slot: slot, record: record, ruling: ruling, filing: filing, increments: own, countsAsFound: finding == nil)
                try exclude(event, of: candidate, plans: plans, into: &exclusions[window])
            }
        }
        findings += counted.map { place, finding in
            Finding(
                .countedWithoutFinding, .error, at: files.place(place.fileID, line: place.line, field: "finding"), value: finding.rawValue,
                message: "a measure counts this petition although its finding, \(finding.rawValue), must not count; it was left out",
                hint: "restrict the adverse measures of petitions to the findings of rules/protections.yaml")
        }.sorted()
        findings += try rulings.findings(files: files, petitions: petitions.named, threads: threads, in: transaction)
        for window in exclusions.indices { exclusions[window].sort() }
        return exclusions
    }

    private func exclude(_ event: Event, of candidate: Candidate, plans: SchemePlans, into exclusions: inout Exclusions) throws {
        let whole = wholeReason(event, candidate)
        // Only mitigation keeps a part; every other reason takes all.
        let kept = whole == nil ? event.ruling?.keptHundredths ?? 100 : 0
        if kept == 100, !caseRecords.isEmpty, event.record.recordID.map(caseRecords.contains) ?? false, counts(event, candidate, plans) {
            exclusions.addStanding(event.record)
        }
        // Most events count as they are.
        if whole == nil, event.ruling == nil, event.increments.allSatisfy({ candidate.counted.contains($0.month) }) { return }
        for increment in event.increments where candidate.counted.contains(increment.month) {
            guard let measure = plans.numbers[increment.measure] else { continue }
            try exclusions.remove(increment, share: 100 - kept, slot: event.slot, measure: measure)
        }
        if event.isProtected(whole), kept < 100 {
            // What would not count anyway is not the protection's doing.
            let counted = serviceReason(event, candidate) == nil ? event.increments.filter { candidate.counted.contains($0.month) } : []
            try exclusions.addProtected(
                event.record, slot: event.slot, caseID: event.ruling?.caseID, increments: counted, share: 100 - kept, numbers: plans.numbers)
        }
        var isShown = false
        for (index, planned) in plans.indicators(of: candidate.kind).enumerated() {
            let parts = event.increments.filter { planned.indicator.measures.contains($0.measure) }
            guard !parts.isEmpty else { continue }
            let reason: ExclusionReason
            if let whole {
                reason = whole
            } else if !parts.contains(where: { candidate.counted.contains($0.month) }) {
                reason = .incompleteMonth
            } else if event.ruling != nil {
                reason = .faultToleranceMitigated
            } else {
                continue
            }
            isShown = true
            let share = reason == .incompleteMonth ? 100 : 100 - kept
            let count = parts.filter { $0.measure == planned.indicator.measures[0] }.reduce(0) { $0 + $1.count }
            exclusions.add(
                .init(
                    slot: event.slot, indicator: index, record: event.record, reason: reason, keptHundredths: 100 - share,
                    caseID: reason.isFaultTolerance ? event.ruling?.caseID : reason == .reformRisk ? event.filing?.filingID : nil), events: count * share)
        }
        // A protected event that no indicator counts is shown all the same: whoever was granted the case can see that it was honoured.
        if !isShown, let ruling = event.ruling {
            let reason: ExclusionReason = ruling.decision == .approved ? .faultToleranceApproved : .faultToleranceMitigated
            exclusions.add(
                .init(
                    slot: event.slot, indicator: nil, record: event.record, reason: reason, keptHundredths: ruling.keptHundredths ?? 0,
                    caseID: ruling.caseID), events: 0)
        } else if !isShown, let filing = event.filing, whole == .reformRisk {
            exclusions.add(
                .init(slot: event.slot, indicator: nil, record: event.record, reason: .reformRisk, keptHundredths: 0, caseID: filing.filingID), events: 0)
        }
    }

    /// Whether an indicator of the cadre's scheme counts an event in a month that counts.
    private func counts(_ event: Event, _ candidate: Candidate, _ plans: SchemePlans) -> Bool {
        let measures = Set(event.increments.filter { candidate.counted.contains($0.month) }.map(\.measure))
        return plans.indicators(of: candidate.kind).contains { !measures.isDisjoint(with: $0.indicator.measures) }
    }

    /// Why the whole event does not count, month by month aside; `nil` where it does, or does in part.
    private func wholeReason(_ event: Event, _ candidate: Candidate) -> ExclusionReason? {
        if !event.countsAsFound { return .notSubstantiated }
        if let ruling = event.ruling {
            if ruling.decision == .approved { return .faultToleranceApproved }
            if ruling.keptHundredths == nil { return .faultToleranceMitigated }
        }
        if event.filing != nil, event.ruling == nil { return .reformRisk }
        return serviceReason(event, candidate)
    }

    /// Why an event does not count whatever protects it: nobody answers for what happens on leave, or before the post.
    private func serviceReason(_ event: Event, _ candidate: Candidate) -> ExclusionReason? {
        if let day = event.record.eventDate {
            if candidate.leave.contains(day) { return .onLeave }
            if day < candidate.postStart { return .beforePresentPost }
        } else if event.increments.allSatisfy({ $0.month < candidate.postStart.month }) {
            return .beforePresentPost
        }
        return nil
    }
}

extension ExclusionReason {
    fileprivate var isFaultTolerance: Bool { self == .faultToleranceApproved || self == .faultToleranceMitigated }
}

extension Finding.Check {
    fileprivate static let countedWithoutFinding: Self = "CountedWithoutFinding"
}
