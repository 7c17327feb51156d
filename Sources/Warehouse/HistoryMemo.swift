import PipelineModel

/// Who serves and served where, between the stages of one process: each asks for it, and no stage after ingestion changes it.
typealias HistoryMemo = Remembered<ServiceHistory>

extension Transaction {
    /// Who serves and served where tonight; read once for all stages of a process.
    public func serviceHistory() throws -> ServiceHistory { try histories.value { try ServiceHistory(in: self) } }

    /// Notes that rows of a role change.
    func willChange(_ role: SourceRole) {
        if role == .roster || role == .units || role == .posts { histories.forget() }
    }
}
