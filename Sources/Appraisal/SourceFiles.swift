import PipelineModel
import Warehouse

/// Tonight's export files, for the places of findings and the contracts of rows.
struct SourceFiles {
    private let records: [Int: SourceFileRecord]

    init(_ transaction: Transaction) throws {
        records = Dictionary(uniqueKeysWithValues: try transaction.all(SourceFileRecord.self).map { ($0.fileID, $0) })
    }

    /// The contract that a file was read under.
    func source(of fileID: Int) -> String? { records[fileID]?.source }

    /// Every contract's name and role tonight.
    var roles: [String: SourceRole] {
        Dictionary(records.values.map { ($0.source, $0.role) }, uniquingKeysWith: { first, _ in first })
    }

    /// A place in a file, as a person finds it.
    func place(_ fileID: Int, line: Int, field: String? = nil) -> Finding.Location {
        Finding.Location(file: records[fileID]?.path ?? "?", line: line, field: field)
    }
}
