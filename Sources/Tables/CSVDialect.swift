/// How a CSV file separates its fields. The quote is always `"`, and a quote inside a quoted field is doubled (RFC 4180).
public struct CSVDialect: Hashable, Sendable {
    /// The byte between two fields: one ASCII character that is neither the quote nor a line break.
    public var delimiter: UInt8
    /// When reading: whether a blank line is a record with one empty field. By default it is no record, as exports end in stray blank lines;
    /// in a file of one column it may be a missing value.
    public var blankLinesAreRecords: Bool

    /// Fields separated by commas, or by another ASCII character.
    public init(delimiter: UInt8 = UInt8(ascii: ","), blankLinesAreRecords: Bool = false) {
        self.delimiter = delimiter
        self.blankLinesAreRecords = blankLinesAreRecords
    }

    /// Whether a file can be read or written with this delimiter at all.
    var isUsable: Bool { delimiter < 0x80 && delimiter != Byte.quote && delimiter != Byte.lineFeed && delimiter != Byte.carriageReturn }
}

/// How the text of a file is written as bytes.
public enum TextEncoding: Hashable, CaseIterable, Sendable {
    /// UTF-8. A byte-order mark is stripped when reading, and reported; none is written.
    case utf8
    /// UTF-8 that starts with a byte-order mark. Its absence is no error: ``CSVReader/hadByteOrderMark`` tells.
    case utf8WithMark
    /// The Chinese national standard, which includes GBK and GB 2312.
    case gb18030
    /// For reading: UTF-8 if the file starts with its mark or every byte of it is valid UTF-8, else GB18030. For writing: UTF-8.
    case auto
}

/// The bytes that give CSV its structure.
enum Byte {
    static let tab = UInt8(ascii: "\t")
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let space = UInt8(ascii: " ")
    static let quote = UInt8(ascii: "\"")
    /// U+FEFF in UTF-8.
    static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    /// U+FFFD in UTF-8.
    static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]
}
