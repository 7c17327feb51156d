import Tables

/// Why the tables of a night could not be written.
public enum ReportingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A file or folder could not be written or read back: no permission, a full disk, a file where the folder should be.
    case cannotWrite(path: String, reason: String)
    /// A cell cannot be shown as its column promises; a fault of this software, not of the data.
    case unwritableCell(table: String, reason: String)

    public var description: String {
        switch self {
        case .cannotWrite(let path, let reason): "cannot write \(path): \(reason)"
        case .unwritableCell(let table, let reason): "table \(table): \(reason)"
        }
    }

    init(_ error: TablesError, table: String, path: String) {
        switch error {
        case .cannotWrite(let path, let number): self = .cannotWrite(path: path, reason: SystemError.message(number))
        case .notFinite: self = .unwritableCell(table: table, reason: String(describing: error))
        default: self = .cannotWrite(path: path, reason: String(describing: error))
        }
    }
}
