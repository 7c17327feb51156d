import CLibCSV
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
    private let lineBreak: [UInt8]
    private let converter: EncodingConverter?
    private let sink: FileSink
    /// Whole rows in UTF-8 that are not yet in the file.
    private var buffer: [UInt8] = []
    private var converted: [UInt8] = []
    private var failure: TablesError?

    private static let bytesPerWrite = 1 << 18

    /// Makes the file at `path`, or empties it.
    ///
    /// - Throws: ``TablesError/cannotWrite(path:errno:)``, ``TablesError/unusableDelimiter(_:)``.
    public init(path: String, options: Options = Options()) throws(TablesError) {
        guard options.dialect.isUsable else { throw .unusableDelimiter(options.dialect.delimiter) }
        self.options = options
        converter = options.encoding == .gb18030 ? EncodingConverter(from: "UTF-8", to: "GB18030") : nil
        if options.encoding == .gb18030, converter == nil { throw .cannotWrite(path: path, errno: errno) }
        switch options.lineEnding {
        case .crlf: lineBreak = [Byte.carriageReturn, Byte.lineFeed]
        case .lf: lineBreak = [Byte.lineFeed]
        case .cr: lineBreak = [Byte.carriageReturn]
        }
        sink = try FileSink(path: path)
        buffer.reserveCapacity(Self.bytesPerWrite + 1 << 12)
        if options.encoding == .utf8WithMark { buffer += Byte.mark }
    }

    /// Writes one row. A row without cells writes nothing.
    ///
    /// - Throws: ``TablesError/cannotWrite(path:errno:)`` (a full disk, at the latest when closing) and ``TablesError/notFinite(path:row:column:)``;
    ///   after either the file is not whole, and every later call throws the same.
    public func write(row: [Cell]) throws(TablesError) {
        if let failure { throw failure }
        guard !row.isEmpty else { return }
        do {
            let start = buffer.count
            for (index, cell) in row.enumerated() {
                if index > 0 { buffer.append(options.dialect.delimiter) }
                try append(cell, column: index + 1)
            }
            if row.count == 1, buffer.count == start { buffer += [Byte.quote, Byte.quote] }
            buffer += lineBreak
            rowCount += 1
            if buffer.count >= Self.bytesPerWrite { try flush() }
        } catch {
            failure = error
            throw error
        }
    }

    /// Writes what is left, brings it to the disk and closes the file. A writer that goes away unclosed leaves its file incomplete.
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

    private func append(_ cell: Cell, column: Int) throws(TablesError) {
        switch cell {
        case .empty: break
        case .text(var text): text.withUTF8 { append($0) }
        case .integer(let value): DecimalText.append(value, to: &buffer)
        case .decimal(let value, let places):
            guard value.isFinite else { throw .notFinite(path: sink.path, row: rowCount + 1, column: column) }
            DecimalText.append(value, places: places, to: &buffer)
        case .flag(let value): buffer += value ? "true".utf8 : "false".utf8
        }
    }

    private func append(_ text: UnsafeBufferPointer<UInt8>) {
        let isDangerous = options.protectFormulas && FormulaGuard.isDangerous(text)
        guard needsQuotes(text) else {
            if isDangerous { buffer.append(FormulaGuard.apostrophe) }
            buffer.append(contentsOf: text)
            return
        }
        if isDangerous {
            // The apostrophe belongs inside the quotes.
            Array([FormulaGuard.apostrophe] + text).withUnsafeBufferPointer { appendQuoted($0) }
        } else {
            appendQuoted(text)
        }
    }

    private func needsQuotes(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = text.first, let last = text.last else { return false }
        if first == Byte.space || last == Byte.space || text.starts(with: Byte.mark) { return true }
        if options.quotesEveryText { return true }
        let delimiter = options.dialect.delimiter
        return text.contains { $0 == delimiter || $0 == Byte.quote || $0 == Byte.carriageReturn || $0 == Byte.lineFeed }
    }

    private func appendQuoted(_ text: UnsafeBufferPointer<UInt8>) {
        let start = buffer.count
        buffer.append(contentsOf: repeatElement(0, count: 2 * text.count + 2))
        let used = buffer.withUnsafeMutableBytes { space in
            let room = UnsafeMutableRawBufferPointer(rebasing: space[start...])
            return csv_write2(room.baseAddress, room.count, text.baseAddress, text.count, Byte.quote)
        }
        buffer.removeLast(buffer.count - start - used)
    }

    private func flush() throws(TablesError) {
        guard !buffer.isEmpty else { return }
        try convert()
        let failed: TablesError? = (converter == nil ? buffer : converted).withUnsafeBytes { bytes in
            do throws(TablesError) {
                try sink.write(bytes)
                return nil
            } catch {
                return error
            }
        }
        if let failed { throw failed }
        buffer.removeAll(keepingCapacity: true)
    }

    /// Fills `converted` from the buffer, which holds whole rows and so whole characters.
    private func convert() throws(TablesError) {
        guard let converter else { return }
        // Two bytes of UTF-8 may need four of GB18030; nothing grows by more.
        if converted.count < 2 * buffer.count { converted = Array(repeating: 0, count: 2 * buffer.count) }
        let outcome = buffer.withUnsafeBufferPointer { input in
            converted.withUnsafeMutableBufferPointer { output in converter.convert(input, into: output) }
        }
        guard case .done(_, let written) = outcome else { throw .cannotWrite(path: sink.path, errno: EILSEQ) }
        converted.removeLast(converted.count - written)
    }
}
