/// One record, as a view into the reader's buffers: valid only while the callback that received it runs.
///
/// It cannot be copied, so it cannot be kept; take out of it what is needed. No `String` is made unless asked for.
public struct CSVRecord: ~Copyable {
    /// The first field's first byte. One byte lies between a field's end and the next field's start.
    @usableFromInline let base: UnsafePointer<UInt8>
    /// Where each field ends, counted from `base`.
    @usableFromInline let ends: UnsafePointer<UInt32>

    /// How many fields the record has: at least one.
    public let fieldCount: Int
    /// Counts from 1: the line of the file where the record starts. LF, CRLF and a lone CR each end a line, blank lines count.
    public let line: Int
    /// Counts from 1: the line where the record ends; greater than `line` where a quoted field has line breaks.
    public let endLine: Int
    /// Counts from 1: the record's place among the records, the header being number 1. Blank lines are no records.
    public let number: Int
    /// Counts from 0: the record's first byte in the text as UTF-8 without its mark.
    public let byteOffset: Int
    /// Whether the record has bytes that the encoding does not know. In UTF-8 they are in the fields as they were; in GB18030 each is
    /// replaced by U+FFFD, and reading goes on at the byte after it.
    public let hasInvalidBytes: Bool
    /// Whether all that was read with it has only common bytes.
    @usableFromInline let isOfCommonBlock: Bool

    init(
        base: UnsafePointer<UInt8>, ends: UnsafePointer<UInt32>, fieldCount: Int, line: Int, endLine: Int, number: Int, byteOffset: Int,
        hasInvalidBytes: Bool, isOfCommonBlock: Bool
    ) {
        self.base = base
        self.ends = ends
        self.fieldCount = fieldCount
        self.line = line
        self.endLine = endLine
        self.number = number
        self.byteOffset = byteOffset
        self.hasInvalidBytes = hasInvalidBytes
        self.isOfCommonBlock = isOfCommonBlock
    }

    /// The bytes of field `index`, which counts from 0: UTF-8, without the quotes around it and with doubled quotes made single.
    @inlinable
    public subscript(index: Int) -> UnsafeBufferPointer<UInt8> {
        precondition(index >= 0 && index < fieldCount, "no such field")
        let start = index == 0 ? 0 : Int(ends[index - 1]) + 1
        return UnsafeBufferPointer(start: base + start, count: Int(ends[index]) - start)
    }

    /// All fields, and between two of them one byte that is neither NUL nor part of a character: to look for something in all fields at once.
    @inlinable
    public var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: Int(ends[fieldCount - 1])) }

    /// Whether trimming is all that normalising any field would do (``FieldText/hasOnlyCommonBytes(_:)``).
    @inlinable
    public var hasOnlyCommonBytes: Bool { isOfCommonBlock || FieldText.hasOnlyCommonBytes(bytes) }

    /// Field `index`, which counts from 0, as a string; bytes that are no UTF-8 become U+FFFD.
    public func string(_ index: Int) -> String { String(decoding: self[index], as: UTF8.self) }

    /// All fields as strings.
    public var strings: [String] {
        var all: [String] = []
        all.reserveCapacity(fieldCount)
        for index in 0..<fieldCount { all.append(string(index)) }
        return all
    }
}
