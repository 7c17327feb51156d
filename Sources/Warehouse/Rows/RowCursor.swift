import PipelineModel

/// Packs the fields of one row of a `RowBatch`, in the role's order, into room that was measured for it before.
public struct RowCursor: ~Copyable {
    private let room: UnsafeMutableRawBufferPointer
    private let base: UnsafeMutableRawPointer
    private let layout: RowLayout
    private(set) var used = 0
    private var column = 0

    /// The most that a field takes beside its text: its form, the length of a text, and a time in nineteen bytes.
    private static let mostBytesOfField = 1 + 4 + 19

    static func mostBytes(of layout: RowLayout, textBytes: Int) -> Int {
        MemoryLayout<UInt64>.size + layout.width * (mostBytesOfField + layout.longestCode) + textBytes
    }

    init(_ room: UnsafeMutableRawBufferPointer, _ layout: RowLayout) {
        (self.room, self.layout) = (room, layout)
        guard let base = room.baseAddress else { preconditionFailure("a row needs room") }
        self.base = base
    }

    /// Adds a field that is not there.
    public mutating func appendMissing() {
        append(RowBatch.Form.null)
        column += 1
    }

    /// Adds a text.
    public mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
        append(RowBatch.Form.text)
        append(UInt32(truncatingIfNeeded: text.count))
        precondition(used + text.count <= room.count, "a row has more text than it was measured for")
        if let source = text.baseAddress { (base + used).copyMemory(from: source, byteCount: text.count) }
        used += text.count
        column += 1
    }

    /// Adds the number that a field's value is: a day's or a month's number by its type, a category's place, a decimal in units of its last one.
    public mutating func append(_ number: Int64) {
        switch layout.columns[column] {
        case .integer:
            append(RowBatch.Form.integer)
            append(UInt64(bitPattern: number))
            column += 1
        case .real(let unit):
            append(RowBatch.Form.real)
            append((Double(number) / unit).bitPattern)
            column += 1
        case .date:
            let day = CalendarDate(dayNumber: Int32(truncatingIfNeeded: number))
            appendInPlace(10) { day.writeISO(to: $0) }
        case .timestamp:
            let time = Timestamp(seconds: number)
            appendInPlace(19) { time.writeISO(to: $0) }
        case .codes(let first, let count):
            let layout = layout
            number >= 0 && number < Int64(count) ? layout.withCode(Int(first) + Int(number)) { append($0) } : appendMissing()
        case .text: appendMissing()
        }
    }

    /// Adds a text of known length that is written where it will lie; nothing where it could not be.
    private mutating func appendInPlace(_ count: Int, _ write: (UnsafeMutableBufferPointer<UInt8>) -> Bool) {
        let start = used
        append(RowBatch.Form.text)
        append(UInt32(truncatingIfNeeded: count))
        precondition(used + count <= room.count, "a row has more text than it was measured for")
        guard write(UnsafeMutableBufferPointer(start: (base + used).assumingMemoryBound(to: UInt8.self), count: count)) else {
            used = start
            return appendMissing()
        }
        used += count
        column += 1
    }

    private mutating func append(_ form: RowBatch.Form) {
        precondition(used < room.count, "a row has more fields than its role")
        base.storeBytes(of: form.rawValue, toByteOffset: used, as: UInt8.self)
        used += 1
    }

    mutating func append(_ word: some FixedWidthInteger & BitwiseCopyable) {
        base.storeBytes(of: word.littleEndian, toByteOffset: used, as: type(of: word))
        used += MemoryLayout.size(ofValue: word)
    }
}
