import GRDBSQLite
public import PipelineModel

/// Rows of one role, packed as they will be bound: made on any thread, stored by the one that writes, without a value of its own for any field.
///
/// A row is its line, then its fields in the role's order, then the cadre it is about where the role has one. A field is a byte for its form and its bytes.
public struct RowBatch: Sendable {
    fileprivate enum Form: UInt8 { case null, integer, real, text }

    private let layout: RowLayout
    /// Rows.
    public private(set) var count = 0
    private var bytes: [UInt8] = []

    /// A batch without rows.
    public init(of role: SourceRole) { layout = RowLayout.of(role) }

    /// Begins a row, whose fields follow one by one; `line` counts from the start of what the batch is read from.
    public mutating func begin(line: Int) {
        count += 1
        append(UInt64(line))
    }

    /// Adds a field that is not there.
    public mutating func appendMissing() { bytes.append(Form.null.rawValue) }

    /// Adds a text.
    public mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
        bytes.append(Form.text.rawValue)
        append(UInt32(truncatingIfNeeded: text.count))
        bytes.append(contentsOf: text)
    }

    /// Adds the number that a field's value is: a day's or a month's number by its type, a category's place, a decimal in units of its last one.
    public mutating func append(_ number: Int64, field: Int) {
        switch layout.columns[field] {
        case .integer:
            bytes.append(Form.integer.rawValue)
            append(UInt64(bitPattern: number))
        case .real(let unit):
            bytes.append(Form.real.rawValue)
            append((Double(number) / unit).bitPattern)
        case .date: append(CalendarDate(dayNumber: Int32(truncatingIfNeeded: number)).description)
        case .timestamp: append(Timestamp(seconds: number).description)
        case .codes(let codes): codes.indices.contains(Int(number)) ? append(codes[Int(number)]) : appendMissing()
        case .text: appendMissing()
        }
    }

    private mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { append($0) }
    }

    private mutating func append(_ word: some FixedWidthInteger) {
        withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
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

/// How the fields of a role are stored.
private struct RowLayout: Sendable {
    enum Column: Sendable {
        case text, integer, date, timestamp
        /// What one is, in units of the last decimal.
        case real(Double)
        case codes([String])
    }

    let columns: [Column]
    /// Fields, and the cadre.
    let width: Int

    private init(_ role: SourceRole) {
        columns = role.fields.map { field in
            switch field.type {
            case .text, .identityNumber: .text
            case .integer, .flag: .integer
            case .decimal(let decimals): .real((0..<decimals).reduce(1) { unit, _ in unit * 10 })
            case .date: .date
            case .timestamp: .timestamp
            case .category(let category): .codes(category.codes)
            }
        }
        width = columns.count + (role.isAboutCadres ? 1 : 0)
    }

    private static let layouts = Dictionary(uniqueKeysWithValues: SourceRole.allCases.map { ($0, RowLayout($0)) })

    static func of(_ role: SourceRole) -> RowLayout { layouts[role] ?? RowLayout(role) }
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
