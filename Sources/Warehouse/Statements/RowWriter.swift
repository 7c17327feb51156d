import GRDBSQLite
public import PipelineModel

/// Collects the values of a row, in the order of its columns.
public struct RowWriter {
    private enum Value {
        case null
        case integer(Int64)
        case real(Double)
        /// A stretch of `bytes`.
        case text(start: Int, length: Int)
        case blob(start: Int, length: Int)
    }

    private var values: [Value] = []
    /// The texts and blobs of the row, one after the other: SQLite reads them from here.
    private var bytes: [UInt8] = []

    /// An empty row.
    init() {
        // SQLite takes a text at no address for no text at all, so that the bytes must have one even where all texts are empty.
        bytes.reserveCapacity(1_024)
    }

    public mutating func text(_ value: String?) {
        guard let value else { return values.append(.null) }
        let start = bytes.count
        bytes.append(contentsOf: value.utf8)
        values.append(.text(start: start, length: bytes.count - start))
    }

    public mutating func integer(_ value: Int?) { values.append(value.map { .integer(Int64($0)) } ?? .null) }
    public mutating func real(_ value: Double?) { values.append(value.map { .real($0) } ?? .null) }
    public mutating func flag(_ value: Bool) { values.append(.integer(value ? 1 : 0)) }
    public mutating func date(_ value: CalendarDate?) {
        guard let value else { return values.append(.null) }
        if !text(bytes: 10, { value.writeISO(to: $0) }) { text(value.description) }
    }

    /// A time as text, to the second.
    mutating func timestamp(_ value: Timestamp?) {
        guard let value else { return values.append(.null) }
        if !text(bytes: 19, { value.writeISO(to: $0) }) { text(value.description) }
    }

    public mutating func month(_ value: Month) { integer(Int(value.index)) }
    public mutating func code<Code: RawRepresentable>(_ value: Code?) where Code.RawValue == String { text(value?.rawValue) }

    /// A text as it lies.
    mutating func text(_ value: UnsafeBufferPointer<UInt8>?) {
        guard let value else { return values.append(.null) }
        let start = bytes.count
        bytes.append(contentsOf: value)
        values.append(.text(start: start, length: value.count))
    }

    /// A text of known length that is written where it will lie.
    ///
    /// - Returns: Whether it could be; else nothing is added.
    private mutating func text(bytes count: Int, _ write: (UnsafeMutableBufferPointer<UInt8>) -> Bool) -> Bool {
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: count))
        guard bytes.withUnsafeMutableBufferPointer({ write(UnsafeMutableBufferPointer(rebasing: $0[start...])) }) else {
            bytes.removeLast(count)
            return false
        }
        values.append(.text(start: start, length: count))
        return true
    }

    mutating func blob(_ value: [UInt8]) {
        values.append(.blob(start: bytes.count, length: value.count))
        bytes.append(contentsOf: value)
    }

    /// Empties the row, and keeps its memory for the next one.
    mutating func removeAll() {
        values.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
    }

    /// Calls `body` while the values are bound to a statement; what they point to is not copied, so that nothing of it may be used later.
    ///
    /// - Returns: What `body` returns, or SQLite's code where a value cannot be bound.
    func withBound(to statement: OpaquePointer, _ body: () -> CInt) -> CInt {
        bytes.withUnsafeBytes { buffer in
            for (index, value) in zip(CInt(1)..., values) {
                let code =
                    switch value {
                    case .null: sqlite3_bind_null(statement, index)
                    case .integer(let number): sqlite3_bind_int64(statement, index, number)
                    case .real(let number): sqlite3_bind_double(statement, index, number)
                    case .text(let start, let length):
                        sqlite3_bind_text(statement, index, buffer.baseAddress?.advanced(by: start).assumingMemoryBound(to: CChar.self), CInt(length), nil)
                    case .blob(let start, let length): sqlite3_bind_blob64(statement, index, buffer.baseAddress?.advanced(by: start), UInt64(length), nil)
                    }
                guard code == SQLITE_OK else { return code }
            }
            return body()
        }
    }
}
