#if canImport(Glibc)
    import Glibc
#else
    import Foundation
#endif
import GRDBSQLite
public import PipelineModel

/// Gives the values of a row back, in the order of its columns.
public struct RowReader {
    private let statement: OpaquePointer
    private let table: String
    private let columns: [String]
    private var next: CInt = 0
    /// Of each column the last text that takes memory of its own: names of groups and measures come again and again.
    private var longTexts: [String]

    /// Reads the row at which the statement stands, column by column.
    init(_ statement: OpaquePointer, table: String, columns: [String]) {
        self.statement = statement
        self.table = table
        self.columns = columns
        longTexts = [String](repeating: "", count: columns.count)
    }

    /// Starts at the first column of the row that the statement has gone to.
    mutating func begin() { next = 0 }

    /// Goes on to the next column.
    ///
    /// - Returns: Its type as stored.
    private mutating func take() -> CInt {
        next += 1
        return sqlite3_column_type(statement, next - 1)
    }

    /// The error of the column that was taken last.
    @usableFromInline
    func unreadable() -> WarehouseError {
        let column = next - 1
        let value =
            switch sqlite3_column_type(statement, column) {
            case SQLITE_NULL: "NULL"
            case SQLITE_TEXT: "\"\(storedText)\""
            case SQLITE_BLOB: "a blob of \(sqlite3_column_bytes(statement, column)) bytes"
            default: storedText
            }
        return .unreadable(table: table, column: columns[Int(column)], value: value)
    }

    private mutating func keptText() -> String {
        guard let text = sqlite3_column_text(statement, next - 1) else { return "" }
        let bytes = UnsafeBufferPointer(start: text, count: Int(sqlite3_column_bytes(statement, next - 1)))
        // Up to 15 bytes are part of the value.
        guard bytes.count > 15 else { return String(decoding: bytes, as: UTF8.self) }
        let column = Int(next - 1)
        let isKnown = longTexts[column].utf8.withContiguousStorageIfAvailable { known in
            known.count == bytes.count && known.baseAddress.map { memcmp($0, text, bytes.count) == 0 } ?? false
        }
        if isKnown != true { longTexts[column] = String(decoding: bytes, as: UTF8.self) }
        return longTexts[column]
    }

    private var storedText: String {
        // The text first: asking for its length may otherwise change its encoding.
        guard let text = sqlite3_column_text(statement, next - 1) else { return "" }
        return String(decoding: UnsafeBufferPointer(start: text, count: Int(sqlite3_column_bytes(statement, next - 1))), as: UTF8.self)
    }

    /// A value that must be there; taken first, so that the error names its column.
    private mutating func require<Value>(_ take: (inout RowReader) throws(WarehouseError) -> Value?) throws(WarehouseError) -> Value {
        guard let value = try take(&self) else { throw unreadable() }
        return value
    }

    public mutating func optionalText() throws(WarehouseError) -> String? {
        switch take() {
        case SQLITE_TEXT: return keptText()
        case SQLITE_NULL: return nil
        default: throw unreadable()
        }
    }

    /// The place of a text in a table of such.
    public mutating func optionalWord(in table: inout WordTable) throws(WarehouseError) -> Int? {
        switch take() {
        case SQLITE_TEXT:
            guard let text = sqlite3_column_text(statement, next - 1) else { throw unreadable() }
            return table.place(of: UnsafeBufferPointer(start: text, count: Int(sqlite3_column_bytes(statement, next - 1))))
        case SQLITE_NULL: return nil
        default: throw unreadable()
        }
    }

    public mutating func optionalInteger() throws(WarehouseError) -> Int? {
        switch take() {
        case SQLITE_INTEGER: return Int(sqlite3_column_int64(statement, next - 1))
        case SQLITE_NULL: return nil
        default: throw unreadable()
        }
    }

    public mutating func optionalReal() throws(WarehouseError) -> Double? {
        switch take() {
        case SQLITE_FLOAT, SQLITE_INTEGER: return sqlite3_column_double(statement, next - 1)
        case SQLITE_NULL: return nil
        default: throw unreadable()
        }
    }

    /// Calls `body` with the bytes of a blob, which are SQLite's and stay only that long.
    mutating func withBlob<Value>(_ body: (UnsafeRawBufferPointer) throws -> Value) throws -> Value {
        guard take() == SQLITE_BLOB else { throw unreadable() }
        let start = sqlite3_column_blob(statement, next - 1)
        return try body(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, next - 1))))
    }

    public mutating func text() throws(WarehouseError) -> String {
        try require { (row) throws(WarehouseError) in try row.optionalText() }
    }

    public mutating func integer() throws(WarehouseError) -> Int {
        try require { (row) throws(WarehouseError) in try row.optionalInteger() }
    }

    public mutating func real() throws(WarehouseError) -> Double {
        try require { (row) throws(WarehouseError) in try row.optionalReal() }
    }

    public mutating func flag() throws(WarehouseError) -> Bool { try integer() != 0 }

    public mutating func month() throws(WarehouseError) -> Month {
        let index = try integer()
        guard let exact = Int32(exactly: index) else { throw unreadable() }
        return Month(index: exact)
    }

    public mutating func optionalDate() throws(WarehouseError) -> CalendarDate? {
        switch take() {
        case SQLITE_TEXT:
            let text = sqlite3_column_text(statement, next - 1)
            let bytes = UnsafeBufferPointer(start: text, count: text == nil ? 0 : Int(sqlite3_column_bytes(statement, next - 1)))
            guard let date = CalendarDate(iso: bytes) else { throw unreadable() }
            return date
        case SQLITE_NULL: return nil
        default: throw unreadable()
        }
    }

    public mutating func optionalTimestamp() throws(WarehouseError) -> Timestamp? {
        switch take() {
        case SQLITE_TEXT:
            let text = sqlite3_column_text(statement, next - 1)
            let bytes = UnsafeBufferPointer(start: text, count: text == nil ? 0 : Int(sqlite3_column_bytes(statement, next - 1)))
            guard let timestamp = Timestamp(iso: bytes) else { throw unreadable() }
            return timestamp
        case SQLITE_NULL: return nil
        default: throw unreadable()
        }
    }

    public mutating func date() throws(WarehouseError) -> CalendarDate {
        try require { (row) throws(WarehouseError) in try row.optionalDate() }
    }

    /// Inlined, so that who asks by the million asks for a type that is known.
    @inlinable
    public mutating func optionalCode<Code: RawRepresentable>(_ type: Code.Type) throws(WarehouseError) -> Code? where Code.RawValue == String {
        guard let text = try optionalText() else { return nil }
        guard let code = Code(rawValue: text) else { throw unreadable() }
        return code
    }

    public mutating func code<Code: RawRepresentable>(_ type: Code.Type) throws(WarehouseError) -> Code where Code.RawValue == String {
        try require { (row) throws(WarehouseError) in try row.optionalCode(type) }
    }
}
