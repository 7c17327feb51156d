import PipelineModel
import Warehouse

extension TrackNight {
    /// The adverse rows that an approved fault-tolerance case or a filed reform risk takes out, whoever they are about, with what each added to the measures.
    ///
    /// Not read at all on a night on which there is nothing to clear.
    func forEachClearedRow(_ body: (_ cadreID: String, [EvidenceIncrement]) throws -> Void) throws {
        let cleared = try ClearedEvents(asOf: asOf, history: history, in: transaction)
        guard !cleared.isEmpty else { return }
        try transaction.forEachEvidence(threads: threads, where: cleared.mayContain) { record, increments in
            if cleared.contains(record) { try body(record.cadreID, increments) }
        }
    }
}
