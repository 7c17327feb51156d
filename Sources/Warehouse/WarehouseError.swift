/// Why the warehouse could not do what was asked. SQLite's own errors are wrapped here, once.
public enum WarehouseError: Error, Equatable, CustomStringConvertible {
    /// The file cannot be opened or created, or is not a warehouse.
    case cannotOpen(path: String, reason: String)
    /// Written by a newer version of this software.
    case newerSchema(path: String)
    /// The file cannot be read or written: a full disk, no permission, a fault of the device.
    case cannotStore(reason: String)
    /// A statement failed; the values are not shown, because they may name people.
    case failed(reason: String)
    /// A stored value is not what its column promises.
    case unreadable(table: String, column: String, value: String)
    /// A stored blob is not what was written; the row counts from 1.
    case corrupt(table: String, row: Int, reason: String)

    public var description: String {
        switch self {
        case .cannotOpen(let path, let reason): "cannot open the warehouse \(path): \(reason)"
        case .newerSchema(let path): "the warehouse \(path) was written by a newer version of cadre-pipeline"
        case .cannotStore(let reason): "the warehouse cannot be read or written: \(reason)"
        case .failed(let reason): "the warehouse refused a statement: \(reason)"
        case .unreadable(let table, let column, let value): "\(table).\(column) holds \(value), which this version cannot read"
        case .corrupt(let table, let row, let reason): "\(table), row \(row), is corrupt: \(reason)"
        }
    }
}
