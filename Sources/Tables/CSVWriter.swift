import Glibc

/// Writes rows to a CSV file as RFC 4180 has it, quoting only where it must. The same rows give the same bytes.
///
/// A cell is quoted if it has the delimiter, a quote or a line break, if it starts or ends with a space, if it starts with U+FEFF, or if it is
/// the only cell of its row and empty (a blank line would be no record). The file has mode 0600. A writer belongs to one task at a time.
public final class CSVWriter {
    /// How the file is written.
    public struct Options: Hashable, Sendable {
        /// Ends of rows.
        public enum LineEnding: Hashable, CaseIterable, Sendable { case crlf, lf, cr }

        /// Whether text that a spreadsheet would run gets a leading apostrophe. Off only where the exact text matters more, as in simulated exports.
        public var protectFormulas: Bool
        /// Whether every text cell that is not blank is quoted, as some systems do, and not only where it must be.
        public var quotesEveryText: Bool
        /// What ends every row, the last included.
        public var lineEnding: LineEnding
        /// `auto` is UTF-8 without a mark.
        public var encoding: TextEncoding
        /// What separates cells.
        public var dialect: CSVDialect

        /// Formula-safe, CRLF, UTF-8 without a mark, commas.
        public init(
            protectFormulas: Bool = true, quotesEveryText: Bool = false, lineEnding: LineEnding = .crlf, encoding: TextEncoding = .utf8,
            dialect: CSVDialect = CSVDialect()
        ) {
            self.protectFormulas = protectFormulas
            self.quotesEveryText = quotesEveryText
            self.lineEnding = lineEnding
            self.encoding = encoding
            self.dialect = dialect
        }
    }

    /// Rows written so far, the header included.
    public private(set) var rowCount = 0

    private let options: Options
    private let converter: EncodingConverter?
    private let sink: any ByteSink
    /// Whole rows that are not yet in the file.
    private var waiting: CSVRows
    private var converted: [UInt8] = []
    private var failure: TablesError?

    private static let bytesPerWrite = 1 << 18

    /// Makes the file at `path`, or empties it.
    ///
    /// - Throws: ``TablesError/cannotWrite(path:errno:)``, ``TablesError/unusableDelimiter(_:)``.
    public convenience init(path: String, options: Options = Options()) throws(TablesError) {
        // Before there is a file.
        guard options.dialect.isUsable else { throw .unusableDelimiter(options.dialect.delimiter) }
        try self.init(sink: try FileSink(path: path), options: options)
    }

    /// Writes to a file that another thread writes; whoever holds it waits for its end.
    ///
    /// - Throws: ``TablesError/cannotWrite(path:errno:)``, ``TablesError/unusableDelimiter(_:)``.
    public convenience init(to file: LongFile, options: Options = Options()) throws(TablesError) { try self.init(sink: file, options: options) }

    private init(sink: any ByteSink, options: Options) throws(TablesError) {
        guard options.dialect.isUsable else { throw .unusableDelimiter(options.dialect.delimiter) }
        (self.sink, self.options) = (sink, options)
        waiting = CSVRows(options: options)
        converter = options.encoding == .gb18030 ? EncodingConverter(from: "UTF-8", to: "GB18030") : nil
        if options.encoding == .gb18030, converter == nil { throw .cannotWrite(path: sink.path, errno: errno) }
        waiting.reserve(Self.bytesPerWrite + 1 << 12)
        if options.encoding == .utf8WithMark { waiting.appendMark() }
    }

    /// Writes one row. A row without cells writes nothing.
    ///
    /// - Throws: ``TablesError/cannotWrite(path:errno:)`` (a full disk, at the latest when closing) and ``TablesError/notFinite(path:row:column:)``;
    ///   after either the file is not whole, and every later call throws the same.
    public func write(row: [Cell]) throws(TablesError) {
        if let failure { throw failure }
        do {
            let before = waiting.count
            waiting.append(row)
            try check(waiting, after: rowCount - before)
            rowCount += waiting.count - before
            if waiting.bytes.count >= Self.bytesPerWrite { try flush() }
        } catch {
            failure = error
            throw error
        }
    }

    /// Writes rows that were made with the same options.
    ///
    /// - Throws: As for one row.
    public func write(_ rows: CSVRows) throws(TablesError) {
        if let failure { throw failure }
        do {
            try flush()
            try send(rows.bytes)
            try check(rows, after: rowCount)
            rowCount += rows.count
        } catch {
            failure = error
            throw error
        }
    }

    /// - Parameter after: Rows of the file before them.
    private func check(_ rows: CSVRows, after: Int) throws(TablesError) {
        if let fault = rows.fault { throw .notFinite(path: sink.path, row: after + fault.row, column: fault.column) }
    }

    /// Writes what is left, brings it to the disk and closes the file; a ``LongFile`` is only handed what is left. A writer that goes away unclosed leaves its file incomplete.
    ///
    /// - Throws: ``TablesError/cannotWrite(path:errno:)``.
    public func close() throws(TablesError) {
        if let failure { throw failure }
        do {
            try flush()
            try sink.close()
        } catch {
            failure = error
            throw error
        }
    }

    private func flush() throws(TablesError) {
        try send(waiting.bytes)
        waiting.removeAll()
    }

    private func send(_ bytes: [UInt8]) throws(TablesError) {
        guard !bytes.isEmpty else { return }
        try convert(bytes)
        try sink.write(converter == nil ? bytes : converted)
    }

    /// Fills `converted` from bytes that hold whole rows and so whole characters.
    private func convert(_ bytes: [UInt8]) throws(TablesError) {
        guard let converter else { return }
        // Two bytes of UTF-8 may need four of GB18030; nothing grows by more.
        if converted.count < 2 * bytes.count { converted = Array(repeating: 0, count: 2 * bytes.count) }
        let outcome = bytes.withUnsafeBufferPointer { input in
            converted.withUnsafeMutableBufferPointer { output in converter.convert(input, into: output) }
        }
        guard case .done(_, let written) = outcome else { throw .cannotWrite(path: sink.path, errno: EILSEQ) }
        converted.removeLast(converted.count - written)
    }
}
