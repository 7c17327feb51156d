/// Reads CSV records from a source of bytes, streaming: memory is bounded whatever the source's size.
///
/// Records are found in ways that give the same answer (a differential test holds them to it). Text without a quote is cut where it
/// lies in the block, and a well-formed record with quotes beside it; any other, and one that a block's end cuts in two, goes through libcsv. Blank lines vanish (unless
/// the dialect keeps them), but count as lines.
/// Fields are not trimmed. NUL bytes are data. A byte-order mark is stripped at the start and is data anywhere else.
///
/// A reader belongs to one task at a time.
public class CSVReader {
    /// Limits and block sizes, which few callers need to change.
    public struct Options: Sendable {
        /// The most bytes that a record may have, its final line break not counted: 1 to 2³⁰.
        public var maximumRecordBytes: Int = 16 << 20
        /// How many bytes are read at a time, at least 1. Records do not depend on it.
        public var bytesInBlock: Int = 1 << 20
        /// Sends every record through libcsv, to compare.
        var avoidsCutting = false

        /// A record of at most 16 MiB, blocks of 1 MiB.
        public init() {}
    }

    /// The encoding that is read: what was declared, or what `auto` turned out to be.
    public final let resolvedEncoding: TextEncoding
    /// How many bytes the source has; `nil` for a pipe.
    public final var totalBytes: Int? { source.totalBytes }
    /// How many bytes have been read from the source so far, a block at a time.
    public final var bytesRead: Int { source.bytesRead }
    /// Whether the text started with a byte-order mark; known once a record has been read or the end been reached.
    public final var hadByteOrderMark: Bool { blocks.hadByteOrderMark }
    /// Whether the last byte ended a line: a file that does not may have been cut short. Known at the end; false for an empty text.
    public final var endsWithLineBreak: Bool { splitter.endsWithLineBreak }
    /// Whether the text ended between two records, so that whatever follows it starts a new one. Known at the end.
    public final var endsBetweenRecords: Bool { splitter.endsBetweenRecords }
    /// How many lines have ended so far; at the end of a text that ends between records, how many lines it has.
    public final var linesPassed: Int { splitter.linesPassed }

    private let source: CountedSource
    private let blocks: any TextBlocks
    private let splitter: RecordSplitter

    /// Reads from a source whose first byte starts a record in mid-file: lines and records are counted from there, and a mark is data.
    ///
    /// - Parameter encoding: As ``resolvedEncoding`` of a reader of the whole.
    init(continuing source: any ByteSource, encoding: TextEncoding, dialect: CSVDialect, options: Options) throws(TablesError) {
        guard dialect.isUsable else { throw .unusableDelimiter(dialect.delimiter) }
        self.source = CountedSource(source)
        resolvedEncoding = encoding
        blocks = try OpenedSource(continuing: self.source, encoding: encoding, bytesInBlock: options.bytesInBlock).blocks()
        splitter = RecordSplitter(blocks, name: source.name, dialect: dialect, options: options)
    }

    /// Reads from any source of bytes.
    ///
    /// - Throws: What the source throws while its start is read (all of it for `auto`), ``TablesError/unsupportedEncoding(path:name:)`` or
    ///   ``TablesError/unusableDelimiter(_:)``.
    public init(
        source: any ByteSource, encoding: TextEncoding = .utf8, dialect: CSVDialect = CSVDialect(), options: Options = Options()
    ) throws(TablesError) {
        guard dialect.isUsable else { throw .unusableDelimiter(dialect.delimiter) }
        self.source = CountedSource(source)
        let opened = try OpenedSource(self.source, encoding: encoding, bytesInBlock: options.bytesInBlock)
        resolvedEncoding = opened.encoding
        blocks = try opened.blocks()
        splitter = RecordSplitter(blocks, name: source.name, dialect: dialect, options: options)
    }

    /// Reads from bytes in memory.
    public convenience init(
        bytes: [UInt8], name: String = "memory", encoding: TextEncoding = .utf8, dialect: CSVDialect = CSVDialect(), options: Options = Options()
    ) throws(TablesError) {
        try self.init(source: MemoryBytes(bytes, name: name), encoding: encoding, dialect: dialect, options: options)
    }

    /// Calls `body` with each record in order, until it returns false or the text ends. Called again, goes on after the last record given.
    /// Not to be called from within `body`.
    ///
    /// - Throws: ``TablesError/malformed(_:)`` at the first place that breaks the rules, after all records before it, and again at every later
    ///   call, as there is no going on; ``TablesError/unreadable(path:errno:)``; and whatever `body` throws, after which the next call goes on.
    public final func forEachRecord(_ body: (borrowing CSVRecord) throws -> Bool) throws { try splitter.forEachRecord(body) }

    /// The next record as strings; `nil` at the end. For headers and small tables.
    ///
    /// - Throws: As ``forEachRecord(_:)``.
    public final func nextRow() throws -> [String]? {
        var row: [String]?
        try splitter.forEachRecord { record in
            row = record.strings
            return false
        }
        return row
    }
}

/// Reads CSV records from a file. See ``CSVReader`` for what a record is.
public final class CSVFileReader: CSVReader {
    /// The file's path, as it was given.
    public let path: String

    /// Opens the file at `path` and looks at its start; for `auto`, reads all of it once to know its encoding.
    ///
    /// - Throws: ``TablesError/missing(path:)``, ``TablesError/isDirectory(path:)``, ``TablesError/notPermitted(path:)``,
    ///   ``TablesError/unreadable(path:errno:)``, ``TablesError/unsupportedEncoding(path:name:)`` or ``TablesError/unusableDelimiter(_:)``.
    public init(
        path: String, encoding: TextEncoding = .utf8, dialect: CSVDialect = CSVDialect(), options: Options = Options()
    ) throws(TablesError) {
        self.path = path
        try super.init(source: FileBytes(path: path), encoding: encoding, dialect: dialect, options: options)
    }

    /// Reads the records of a range of the file at `path`, which starts where a record starts.
    ///
    /// What a record is depends on nothing before its start, so that ranges may be read side by side; ``endsBetweenRecords`` says whether the
    /// range that follows may be trusted to start where a record does. A range from 0 starts as the file does, others count lines from their start.
    ///
    /// - Parameters:
    ///   - bytes: Those of the range, where they have been read already; the file is then left alone.
    ///   - encoding: The ``resolvedEncoding`` of a reader of the whole file, which is not `auto`.
    public init(
        path: String, range: Range<Int>, bytes: [UInt8]? = nil, encoding: TextEncoding, dialect: CSVDialect = CSVDialect(), options: Options = Options()
    ) throws(TablesError) {
        self.path = path
        let bytes: any ByteSource = if let bytes { MemoryBytes(bytes, name: path) } else { try FileBytes(path: path, range: range) }
        if range.lowerBound == 0 {
            try super.init(source: bytes, encoding: encoding, dialect: dialect, options: options)
        } else {
            try super.init(continuing: bytes, encoding: encoding, dialect: dialect, options: options)
        }
    }
}
