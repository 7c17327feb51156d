import GRDBSQLite
public import PipelineModel

/// Rows of one role, packed as they will be bound: made on any thread, stored by the one that writes, without a value of its own for any field.
///
/// A row is its line, then its fields in the role's order, then the cadre it is about where the role has one. A field is a byte for its form and its bytes.
public struct RowBatch: Sendable {
    enum Form: UInt8 { case null, integer, real, text }

    private let layout: RowLayout
    /// Rows.
    public private(set) var count = 0
    private var bytes: [UInt8] = []

    /// A batch without rows.
    public init(of role: SourceRole) { layout = RowLayout.of(role) }

    /// Adds a row.
    ///
    /// - Parameters:
    ///   - line: Counts from the start of what the batch is read from.
    ///   - textBytes: The most bytes that all its texts have together.
    ///   - fill: Adds its fields one by one: as many as the role has, and one for the cadre where the role is about cadres.
    public mutating func append(line: Int, textBytes: Int, _ fill: (inout RowCursor) -> Void) {
        count += 1
        let most = RowCursor.mostBytes(of: layout, textBytes: textBytes)
        withUnsafeTemporaryAllocation(byteCount: most, alignment: 8) { room in
            var row = RowCursor(room, layout)
            row.append(UInt64(line))
            fill(&row)
            bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: room[..<row.used]))
        }
    }

    /// Binds each row, its file and its line, and calls `body` with SQLite's code: of what it would not bind, where there is such.
    fileprivate func forEachBound(to statement: OpaquePointer, fileID: Int, linesLater: Int, _ body: (CInt) throws -> Void) throws {
        try bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress else { return }
            var place = 0
            func word<Word: FixedWidthInteger>(_ type: Word.Type) -> Word {
                defer { place += MemoryLayout<Word>.size }
                return Word(littleEndian: base.loadUnaligned(fromByteOffset: place, as: Word.self))
            }
            for _ in 0..<count {
                let line = Int(word(Int64.self)) + linesLater
                var code = SQLITE_OK
                // The first code that is no success stands for all: whoever must stop need not know which field it was.
                func keep(_ bound: CInt) { if code == SQLITE_OK { code = bound } }
                keep(sqlite3_bind_int64(statement, 1, Int64(SourceRole.place(fileID: fileID, line: line))))
                keep(sqlite3_bind_int64(statement, 2, Int64(fileID)))
                keep(sqlite3_bind_int64(statement, 3, Int64(line)))
                for column in 4..<(4 + CInt(layout.width)) {
                    let form = Form(rawValue: word(UInt8.self)) ?? .null
                    switch form {
                    case .null: keep(sqlite3_bind_null(statement, column))
                    case .integer: keep(sqlite3_bind_int64(statement, column, word(Int64.self)))
                    case .real: keep(sqlite3_bind_double(statement, column, Double(bitPattern: word(UInt64.self))))
                    case .text:
                        let length = Int(word(UInt32.self))
                        keep(sqlite3_bind_text(statement, column, (base + place).assumingMemoryBound(to: CChar.self), CInt(length), nil))
                        place += length
                    }
                }
                try body(code)
            }
        }
    }
}

extension Transaction {
    /// Adds the rows of a batch.
    ///
    /// - Parameter linesLater: How many lines of the file lie before what the batch was read from.
    public func insert(_ rows: RowBatch, of role: SourceRole, fileID: Int, linesLater: Int) throws {
        guard rows.count > 0 else { return }
        let statement = try PreparedStatement(role.insertion, in: database, isKept: true)
        defer { statement.reset() }
        try rows.forEachBound(to: statement.handle, fileID: fileID, linesLater: linesLater) { try statement.executeBound($0) }
    }
}
