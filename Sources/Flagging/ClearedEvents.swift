import PipelineModel
import Warehouse

/// Events that count towards no rule: those of an approved fault-tolerance case, and those inside a filed reform risk until their case is decided.
/// A mitigated one still happened, and counts towards a rule.
struct ClearedEvents {
    private struct Event: Hashable {
        let source: String
        let recordID: String
        let cadreID: String
    }

    private let events: Set<Event>
    private let reforms: ReformRisks

    init(_ cases: [FaultToleranceCase], reforms: ReformRisks) {
        self.reforms = reforms
        events = Set(
            cases.filter { $0.decision == .approved }.map { Event(source: $0.eventSource, recordID: $0.eventRecordID, cadreID: $0.cadreID) })
    }

    /// Whether a case names the row by its contract's name or its role, and is about the row's cadre; or a filed risk holds it out.
    func contains(_ fields: NamedFields, source: String, role: SourceRole, recordID: String?, cadreID: String) -> Bool {
        guard let recordID else { return false }
        let reform = role.index(of: "reform") == nil ? nil : fields.text("reform")
        let day = role.eventDateField.flatMap(fields.day)
        if reforms.filing(holding: recordID, source: source, role: role, cadreID: cadreID, on: day, reform: reform) != nil { return true }
        return events.contains(Event(source: source, recordID: recordID, cadreID: cadreID))
            || events.contains(Event(source: role.rawValue, recordID: recordID, cadreID: cadreID))
    }
}
