/// Packs one row of a `RowBatch`: its fields in their order.
public struct RowCursor: ~Copyable {
    private let slots: UnsafeMutableRawBufferPointer
    private let room: UnsafeMutableRawBufferPointer
    /// Whoever packs rows holds them: a reference that every thread counts for each field takes longer than all else of packing.
    private let columns: UnsafeBufferPointer<RowLayout.Column>
    /// Bytes of texts of the block before this row's.
    private let textsBefore: Int
    /// Bytes of texts of this row.
    private(set) var used = 0
    private var column = 0

    /// The most that the texts of a row take beside their bytes: their lengths.
    static func mostBytes(columns: Int, textBytes: Int) -> Int { textBytes + columns * longestLength }

    /// A length of less than 255 is one byte; else 255 and four bytes.
    private static let longestLength = 1 + MemoryLayout<UInt32>.size

    /// - Parameter columns: Valid as long as the cursor.
    init(
        slots: UnsafeMutableRawBufferPointer, texts: UnsafeMutableRawBufferPointer, textsBefore: Int, columns: UnsafeBufferPointer<RowLayout.Column>
    ) {
        (self.slots, room, self.textsBefore, self.columns) = (slots, texts, textsBefore, columns)
    }

    /// Adds a field that is not there.
    public mutating func appendMissing() {
        let column = next()
        switch column.slot {
        case .text: store(RowLayout.Missing.text, column)
        case .date: store(RowLayout.Missing.date, column)
        case .integer, .decimal, .timestamp: store(RowLayout.Missing.number, column)
        case .flag, .code: store(RowLayout.Missing.byte, column)
        }
    }

    /// Adds a text.
    public mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
        let column = next()
        let start = used
        append(length: text.count)
        precondition(used + text.count <= room.count, "a row has more text than it was measured for")
        if let source = text.baseAddress { room.baseAddress?.advanced(by: used).copyMemory(from: source, byteCount: text.count) }
        used += text.count
        store(UInt32(textsBefore + start), column)
    }

    /// Adds a text that may be missing.
    mutating func append(_ text: String?) {
        guard var text else { return appendMissing() }
        text.withUTF8 { append($0) }
    }

    /// Adds the number that a field's value is: a day's number, a time's seconds, a code's place, a decimal in units of its last one, 1 for yes.
    public mutating func append(_ number: Int64) {
        let column = next()
        switch column.slot {
        case .integer, .decimal, .timestamp: store(number, column)
        case .date: store(Int32(truncatingIfNeeded: number), column)
        case .flag, .code: store(UInt8(exactly: number) ?? RowLayout.Missing.byte, column)
        case .text: store(RowLayout.Missing.text, column)
        }
    }

    /// Leaves what was not added missing: the cadre that the row is about, who is found later.
    mutating func fillUp() {
        while column < columns.count { appendMissing() }
    }

    private mutating func append(length: Int) {
        precondition(used + RowCursor.longestLength <= room.count, "a row has more text than it was measured for")
        if length < 255 {
            room[used] = UInt8(length)
            used += 1
        } else {
            room[used] = 255
            room.storeBytes(of: UInt32(length).littleEndian, toByteOffset: used + 1, as: UInt32.self)
            used += RowCursor.longestLength
        }
    }

    private mutating func next() -> RowLayout.Column {
        precondition(column < columns.count, "a row has more fields than its table")
        column += 1
        return columns[column - 1]
    }

    private func store(_ word: some FixedWidthInteger & BitwiseCopyable, _ column: RowLayout.Column) {
        slots.storeBytes(of: word.littleEndian, toByteOffset: column.offset, as: type(of: word))
    }
}
