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

    /// Where the row that was begun starts, and how many cells it has.
    private var (start, cells) = (0, 0)
    /// Cells that come again and again, in the order in which they came first.
    private var repeated: [Repeated] = []
    /// The place among them of what came last.
    private var last = 0

    private struct Repeated: Sendable {
        let key: String
        let bytes: Range<Int>
        let cells: Int
    }

    /// How many are looked through for one that comes again.
    private static let mostRepeated = 32

    /// Adds one row. A row without cells adds nothing; after a number that is not finite nothing is added any more, and whoever writes the rows is told.
    public mutating func append(_ row: [Cell]) {
        beginRow()
        for cell in row { append(cell) }
        endRow()
    }

    /// Begins a row, whose cells follow.
    public mutating func beginRow() { (start, cells) = (bytes.count, 0) }

    /// Adds a cell to the row.
    public mutating func append(_ cell: Cell) {
        guard fault == nil else { return }
        if case .decimal(let value, _) = cell, !value.isFinite {
            fault = NotFinite(row: count + 1, column: cells + 1)
            return
        }
        switch cell {
        case .empty: add(0) { _ in }
        case .text(var text): text.withUTF8 { append($0) }
        case .integer(let value): add(DecimalText.roomForWhole) { DecimalText.append(value, to: &$0) }
        case .decimal(let value, let places): add(DecimalText.room(for: value)) { DecimalText.append(value, places: places, to: &$0) }
        case .flag(let value):
            add(5) { room in
                for byte in (value ? "true" : "false").utf8 { room.append(byte) }
            }
        }
    }

    /// Adds a cell of at most so many bytes: room for it is made once, and not asked for byte by byte.
    @inline(__always)
    private mutating func add(_ most: Int, _ write: (inout OutputSpan<UInt8>) -> Void) {
        let (isFirst, delimiter) = (cells == 0, options.dialect.delimiter)
        cells += 1
        bytes.append(addingCapacity: most + 1) { room in
            if !isFirst { room.append(delimiter) }
            write(&room)
        }
    }

    /// Adds cells that are the same in every row of the same key, and stand at the same place of it: they are made once, and copied then.
    public mutating func append(repeating key: String, _ make: (inout CSVRows) -> Void) {
        guard fault == nil else { return }
        // What comes again mostly comes in the same turn, row after row.
        for step in 1..<(repeated.count + 1) {
            let place = (last + step) % repeated.count
            guard repeated[place].key == key else { continue }
            copy(repeated[place].bytes)
            (cells, last) = (cells + repeated[place].cells, place)
            return
        }
        let (from, before) = (bytes.count, cells)
        make(&self)
        guard fault == nil, repeated.count < CSVRows.mostRepeated else { return }
        last = repeated.count
        repeated.append(Repeated(key: key, bytes: from..<bytes.count, cells: cells - before))
    }

    private mutating func copy(_ range: Range<Int>) {
        let end = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: range.count))
        bytes.withUnsafeMutableBytes { space in
            UnsafeMutableRawBufferPointer(rebasing: space[end...]).copyMemory(from: UnsafeRawBufferPointer(rebasing: space[range]))
        }
    }

    /// Ends the row.
    ///
    /// - Parameter width: Where given, how many cells it must have.
    public mutating func endRow(of width: Int? = nil) {
        precondition(fault != nil || width.map { $0 == cells } ?? true, "a row has other cells than its header")
        guard cells > 0 else { return }
        guard fault == nil else { return bytes.removeLast(bytes.count - start) }
        if cells == 1, bytes.count == start { bytes += [Byte.quote, Byte.quote] }
        bytes += lineBreak
        count += 1
        cells = 0
    }

    /// Forgets the rows, and keeps their memory.
    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        repeated.removeAll(keepingCapacity: true)
        (count, start, cells, last) = (0, 0, 0, 0)
    }

    mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }

    mutating func appendMark() { bytes += Byte.mark }

    private mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
        let isDangerous = options.protectFormulas && FormulaGuard.isDangerous(text)
        if needsQuotes(text) {
            // The apostrophe belongs inside the quotes.
            if isDangerous { Array([FormulaGuard.apostrophe] + text).withUnsafeBufferPointer { appendQuoted($0) } } else { appendQuoted(text) }
        } else {
            add(text.count + 1) { room in
                if isDangerous { room.append(FormulaGuard.apostrophe) }
                room.append(text)
            }
        }
    }

    private mutating func appendQuoted(_ text: UnsafeBufferPointer<UInt8>) {
        let most = 2 * text.count + 2
        add(most) { room in
            room.withUnsafeMutableBufferPointer { space, used in
                used += csv_write2(space.baseAddress.map { $0 + used }, most, text.baseAddress, text.count, Byte.quote)
            }
        }
    }

    private func needsQuotes(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = text.first, let last = text.last else { return false }
        if first == Byte.space || last == Byte.space || text.starts(with: Byte.mark) { return true }
        if options.quotesEveryText { return true }
        // Delimiter, quote and line breaks are all low; few texts have any byte as low.
        let delimiter = options.dialect.delimiter
        guard text.hasByte(upTo: max(delimiter, Byte.quote)) else { return false }
        for byte in text where byte == delimiter || byte == Byte.quote || byte == Byte.carriageReturn || byte == Byte.lineFeed { return true }
        return false
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether a byte is as low as another one, which is ASCII, or lower: eight at a time.
    @inline(__always)
    fileprivate func hasByte(upTo most: UInt8) -> Bool {
        guard count >= 8 else {
            for byte in self where byte <= most { return true }
            return false
        }
        let bytes = UnsafeRawBufferPointer(self)
        let (limit, high) = (UInt64(most + 1) &* 0x0101_0101_0101_0101, UInt64(0x8080_8080_8080_8080))
        // The last eight may be looked at twice.
        var (found, start) = (UInt64(0), 0)
        while start < count - 8 {
            let word = bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self)
            found |= (word &- limit) & ~word
            start += 8
        }
        let word = bytes.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
        found |= (word &- limit) & ~word
        return found & high != 0
    }
}

extension OutputSpan<UInt8> {
    /// Adds bytes, for which there is room.
    @inline(__always)
    fileprivate mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        withUnsafeMutableBufferPointer { space, used in
            used += UnsafeMutableBufferPointer(rebasing: space[used...]).update(fromContentsOf: bytes)
        }
    }
}
