import PipelineModel
import Synchronization

/// Who serves and served where, between the stages of one process: each asks for it, and no stage after ingestion changes it.
final class HistoryMemo: Sendable {
    private let history = Mutex<ServiceHistory?>(nil)

    /// What was remembered, or else what `read` gives.
    func remembered(_ read: () throws -> ServiceHistory) throws -> ServiceHistory {
        if let known = history.withLock({ $0 }) { return known }
        let made = try read()
        history.withLock { $0 = made }
        return made
    }

    /// Forgets it: rosters, units or posts change, or a change of them is taken back.
    func forget() { history.withLock { $0 = nil } }
}

extension Transaction {
    /// Who serves and served where tonight; read once for all stages of a process.
    public func serviceHistory() throws -> ServiceHistory { try histories.remembered { try ServiceHistory(in: self) } }

    /// Notes that rows of a role change.
    func willChange(_ role: SourceRole) {
        if role == .roster || role == .units || role == .posts { histories.forget() }
    }
}
