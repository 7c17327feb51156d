public import PipelineModel

/// An event as a case names it: by the contract or the role of its source, and by the cadre whom the case is about.
struct NamedEvent: Hashable, Sendable {
    let source: String
    let recordID: String
    let cadreID: String

    /// The names that a case may give an event.
    static func names(_ recordID: String, source: String, role: SourceRole, cadreID: String) -> [NamedEvent] {
        [source, role.rawValue].map { NamedEvent(source: $0, recordID: recordID, cadreID: cadreID) }
    }
}

/// Events that count neither towards a rule nor towards a unit's standing: those of an approved fault-tolerance case, and those inside a filed reform
/// risk until their case is decided. A mitigated one still happened, and counts there.
public struct ClearedEvents: Sendable {
    private let approved: Set<NamedEvent>
    private let reforms: ReformRisks
    private let cadres: Set<String>

    /// Reads the cases decided and the filings accepted by a day.
    public init(asOf: CalendarDate, history: ServiceHistory, in transaction: Transaction) throws {
        reforms = try ReformRisks(asOf: asOf, history: history, in: transaction)
        approved = Set(
            try transaction.faultToleranceCases(decidedBy: asOf).filter { $0.decision == .approved }.map {
                NamedEvent(source: $0.eventSource, recordID: $0.eventRecordID, cadreID: $0.cadreID)
            })
        cadres = reforms.cadresOfOpenCases.union(approved.map(\.cadreID))
    }

    /// Whether nothing can be cleared.
    public var isEmpty: Bool { approved.isEmpty && reforms.isEmpty }

    /// Whether `contains` may say yes of an adverse row: it does not where no case is about the row's cadre, and the row names no reform.
    public func mayContain(_ row: EvidenceGlance) -> Bool { row.namesReform || cadres.contains(row.cadreID) }

    /// Whether an approved case names the event by its contract's name or its role, and is about the event's cadre; or a filed risk holds it out.
    ///
    /// - Parameters:
    ///   - source: The contract that read the event.
    ///   - recordID: Its number; an event without one cannot be named, and is never cleared.
    ///   - reform: The code that the event's own row names.
    public func contains(_ recordID: String?, source: String, role: SourceRole, cadreID: String, on day: CalendarDate?, reform: String?) -> Bool {
        guard let recordID else { return false }
        if reforms.filing(holding: recordID, source: source, role: role, cadreID: cadreID, on: day, reform: reform) != nil { return true }
        return NamedEvent.names(recordID, source: source, role: role, cadreID: cadreID).contains(where: approved.contains)
    }

    /// The same of a row of an export.
    public func contains(_ fields: NamedFields, source: String, role: SourceRole, recordID: String?, cadreID: String) -> Bool {
        let reform = role.index(of: "reform") == nil ? nil : fields.text("reform")
        return contains(recordID, source: source, role: role, cadreID: cadreID, on: role.eventDateField.flatMap(fields.day), reform: reform)
    }

    /// The same of an evidence row.
    public func contains(_ record: EvidenceRecord) -> Bool {
        contains(
            record.recordID, source: record.source, role: record.role, cadreID: record.cadreID, on: record.eventDate, reform: record.reform)
    }
}
