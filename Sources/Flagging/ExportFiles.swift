import PipelineModel
import Warehouse

/// Tonight's export files, for evidence and the places of findings.
struct ExportFiles {
    private let records: [Int: SourceFileRecord]

    init(_ transaction: Transaction) throws {
        records = Dictionary(uniqueKeysWithValues: try transaction.all(SourceFileRecord.self).map { ($0.fileID, $0) })
    }

    /// Path relative to the input folder. A row's file is always there: the warehouse's keys see to it.
    func path(of fileID: Int) -> String { records[fileID]?.path ?? "?" }

    /// The contract that a file was read under.
    func source(of fileID: Int) -> String { records[fileID]?.source ?? "?" }
}
