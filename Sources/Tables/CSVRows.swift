import CLibCSV

/// Rows as a CSV file has them, not yet in one: made anywhere, and written by a ``CSVWriter`` of the same options.
public struct CSVRows: Sendable {
    /// A cell that cannot be written, because it is infinite or no number.
    struct NotFinite: Error {
        /// Among these rows, counted from 1.
        let row: Int
        /// Counted from 1.
        let column: Int
    }

    /// Rows so far.
    public private(set) var count = 0

    /// Whole rows in UTF-8.
    private(set) var bytes: [UInt8] = []
    /// What broke the last row off; there are no more after it.
    private(set) var fault: NotFinite?
    private let options: CSVWriter.Options
    private let lineBreak: [UInt8]

    /// No rows yet.
    public init(options: CSVWriter.Options = CSVWriter.Options()) {
        self.options = options
        switch options.lineEnding {
        case .crlf: lineBreak = [Byte.carriageReturn, Byte.lineFeed]
        case .lf: lineBreak = [Byte.lineFeed]
        case .cr: lineBreak = [Byte.carriageReturn]
        }
    }

    /// Adds one row. A row without cells adds nothing; after a number that is not finite nothing is added any more, and whoever writes the rows is told.
    public mutating func append(_ row: [Cell]) {
        guard !row.isEmpty, fault == nil else { return }
        let start = bytes.count
        for (index, cell) in row.enumerated() {
            if index > 0 { bytes.append(options.dialect.delimiter) }
            guard append(cell) else {
                bytes.removeLast(bytes.count - start)
                fault = NotFinite(row: count + 1, column: index + 1)
                return
            }
        }
        if row.count == 1, bytes.count == start { bytes += [Byte.quote, Byte.quote] }
        bytes += lineBreak
        count += 1
    }

    /// Forgets the rows, and keeps their memory.
    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        count = 0
    }

    mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }

    mutating func appendMark() { bytes += Byte.mark }

    /// - Returns: Whether the cell can be written.
    private mutating func append(_ cell: Cell) -> Bool {
        switch cell {
        case .empty: break
        case .text(var text): text.withUTF8 { append($0) }
        case .integer(let value): DecimalText.append(value, to: &bytes)
        case .decimal(let value, let places):
            guard value.isFinite else { return false }
            DecimalText.append(value, places: places, to: &bytes)
        case .flag(let value): bytes += value ? "true".utf8 : "false".utf8
        }
        return true
    }

    private mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
        let isDangerous = options.protectFormulas && FormulaGuard.isDangerous(text)
        guard needsQuotes(text) else {
            if isDangerous { bytes.append(FormulaGuard.apostrophe) }
            bytes.append(contentsOf: text)
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

    private mutating func appendQuoted(_ text: UnsafeBufferPointer<UInt8>) {
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: 2 * text.count + 2))
        let used = bytes.withUnsafeMutableBytes { space in
            let room = UnsafeMutableRawBufferPointer(rebasing: space[start...])
            return csv_write2(room.baseAddress, room.count, text.baseAddress, text.count, Byte.quote)
        }
        bytes.removeLast(bytes.count - start - used)
    }
}
