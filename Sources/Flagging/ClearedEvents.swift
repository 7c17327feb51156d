import PipelineModel
import Warehouse

/// Events that an approved fault-tolerance case takes out of every rule. A mitigated one still happened, and counts towards a rule.
struct ClearedEvents {
    private struct Event: Hashable {
        let source: String
        let recordID: String
        let cadreID: String
    }

    private let events: Set<Event>

    init(_ cases: [FaultToleranceCase]) {
        events = Set(
            cases.filter { $0.decision == .approved }.map { Event(source: $0.eventSource, recordID: $0.eventRecordID, cadreID: $0.cadreID) })
    }

    /// Whether a case names the row by its contract's name or its role, and is about the row's cadre.
    func contains(source: String, role: SourceRole, recordID: String?, cadreID: String) -> Bool {
        guard let recordID, !events.isEmpty else { return false }
        return events.contains(Event(source: source, recordID: recordID, cadreID: cadreID))
            || events.contains(Event(source: role.rawValue, recordID: recordID, cadreID: cadreID))
    }
}
