import Glibc

/// Splits text that comes in blocks into records, and knows where it is.
///
/// It stands at the start of a record, or within one that libcsv has begun. At the start of a record, text up to the next quote is cut where it
/// lies, and a well-formed record with quotes too; one that is not, or meets the block's end, is begun in libcsv, which keeps the unfinished part, and is fed line by line until it ends.
final class RecordSplitter {
    /// Whether the text so far ends with a line break.
    private(set) var endsWithLineBreak = false
    /// Whether the text so far ends where a record may start.
    var endsBetweenRecords: Bool { endsWithLineBreak && !isInRecord }
    /// How many lines have ended so far.
    var linesPassed: Int { line - 1 }

    private let blocks: any TextBlocks
    private let name: String
    private let keepsBlankLines: Bool
    private let limit: Int
    private let avoidsCutting: Bool
    private let parser: QuotedRecordParser
    // Behind pointers: a class's own members are checked for overlapping access at every use.
    private let cutter: UnsafeMutablePointer<UnquotedRecordCutter>
    private let quotedCutter: UnsafeMutablePointer<QuotedRecordCutter>

    private var block = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    /// The next byte of the block.
    private var position = 0
    /// Whether no record of the block could need more than trimming: said once for all of them.
    private var hasOnlyCommonBytes = false
    /// Where the block starts in the text.
    private var blockOffset = 0
    /// The first quote at or after `position`, as far as it has been looked for: a place before `position` says nothing.
    private var nextQuote = -1
    /// How many of the block's invalid places lie before `position`.
    private var invalidPassed = 0
    /// Counts from 1: the line of the next byte.
    private var line = 1
    /// Records given so far.
    private var number = 0
    /// The last byte was a carriage return: a line feed after it, even in the next block, is of the same line break.
    private var endedWithCarriageReturn = false
    private var hasEnded = false
    private var failure: TablesError?
    /// Whether libcsv has a record that has not ended.
    private var isInRecord = false
    private var begun = BegunRecord()

    /// What is known of the record that libcsv has begun.
    private struct BegunRecord {
        var line = 0
        var endLine = 0
        var offset = 0
        /// How many bytes of it have been fed.
        var bytes = 0
        /// Where its last quoted field started.
        var quoteLine = 0
        var isInvalid = false
    }

    init(_ blocks: any TextBlocks, name: String, dialect: CSVDialect, options: CSVReader.Options) {
        self.blocks = blocks
        self.name = name
        keepsBlankLines = dialect.blankLinesAreRecords
        limit = min(max(options.maximumRecordBytes, 1), 1 << 30)
        avoidsCutting = options.avoidsCutting
        parser = QuotedRecordParser(delimiter: dialect.delimiter)
        cutter = .allocate(capacity: 1)
        cutter.initialize(to: UnquotedRecordCutter(delimiter: dialect.delimiter))
        quotedCutter = .allocate(capacity: 1)
        quotedCutter.initialize(to: QuotedRecordCutter(delimiter: dialect.delimiter))
    }

    deinit {
        cutter.deinitialize(count: 1)
        cutter.deallocate()
        quotedCutter.deinitialize(count: 1)
        quotedCutter.deallocate()
    }

    func forEachRecord(_ body: (borrowing CSVRecord) throws -> Bool) throws {
        if let failure { throw failure }
        while !hasEnded {
            if position == block.count {
                if try takeBlock() { continue }
                hasEnded = true
                if try finish(), try !giveParsed(body) { return }
            } else if isInRecord {
                if try feedLine(), try !giveParsed(body) { return }
            } else if try !cutRecords(body) {
                return
            }
        }
    }

    /// Goes to the next block; false at the end.
    private func takeBlock() throws(TablesError) -> Bool {
        blockOffset += block.count
        do {
            guard let next = try blocks.next() else {
                block = UnsafeBufferPointer(start: nil, count: 0)
                position = 0
                return false
            }
            block = next
        } catch {
            throw failed(error)
        }
        position = 0
        nextQuote = -1
        invalidPassed = 0
        hasOnlyCommonBytes = FieldText.hasOnlyCommonBytes(ofBlock: block)
        if endedWithCarriageReturn, block[0] == Byte.lineFeed {
            if let base = block.baseAddress, isInRecord {
                // The break lies inside quotes: it is data, and cannot end anything.
                _ = parser.feed(base, count: 1)
                begun.bytes += 1
            }
            position = 1
        }
        endedWithCarriageReturn = block[block.count - 1] == Byte.carriageReturn
        endsWithLineBreak = endedWithCarriageReturn || block[block.count - 1] == Byte.lineFeed
        return true
    }

    /// Gives the record that libcsv has ended.
    private func giveParsed(_ body: (borrowing CSVRecord) throws -> Bool) throws -> Bool {
        number += 1
        let fields = parser.fields
        return try body(
            CSVRecord(
                base: fields.bytes, ends: fields.ends, fieldCount: fields.count, line: begun.line, endLine: begun.endLine, number: number,
                byteOffset: begun.offset, hasInvalidBytes: begun.isInvalid, isOfCommonBlock: false))
    }

    private func failed(_ error: TablesError) -> TablesError {
        failure = error
        return error
    }

    private func malformed(_ kind: Malformation.Kind, line: Int, recordLine: Int, column: Int, offset: Int) -> TablesError {
        failed(
            .malformed(
                Malformation(kind: kind, line: line, recordLine: recordLine, recordNumber: number + 1, column: column, byteOffset: offset)))
    }
}

// MARK: - Without quotes

extension RecordSplitter {
    /// Cuts records until one must go to libcsv or the block is used up; false if `body` has had enough.
    private func cutRecords(_ body: (borrowing CSVRecord) throws -> Bool) throws -> Bool {
        guard let base = block.baseAddress else { return true }
        let end = block.count
        let (block, invalid, isCommon) = (block, blocks.invalidOffsets, hasOnlyCommonBytes)
        // The loop's own copies: a class member would be loaded and stored around every call of `body`.
        var place = position
        var here = line
        var count = number
        defer { (position, line, number) = (place, here, count) }
        if nextQuote < place { nextQuote = avoidsCutting ? place : Self.quote(base, from: place, to: end) }
        var stop = nextQuote
        while true {
            while !keepsBlankLines, place < end, base[place] == Byte.lineFeed || base[place] == Byte.carriageReturn {
                place += Self.lengthOfBreak(base, place, end)
                here += 1
            }
            if place == end { return true }
            // A blank line that is kept is cut in any case: to libcsv it would be nothing.
            let isBlank = base[place] == Byte.lineFeed || base[place] == Byte.carriageReturn
            let recordEnd = place < stop || isBlank ? cutter.pointee.cut(block, from: place, to: isBlank ? place + 1 : stop) : stop
            if recordEnd >= stop, !isBlank {
                if !avoidsCutting, stop < end, let cut = quotedCutter.pointee.cut(base, from: place, to: end, limit: limit) {
                    count += 1
                    let record = CSVRecord(
                        base: quotedCutter.pointee.bytes, ends: quotedCutter.pointee.ends, fieldCount: quotedCutter.pointee.fieldCount, line: here,
                        endLine: here + cut.breaksInside, number: count, byteOffset: blockOffset + place,
                        hasInvalidBytes: passInvalid(invalid, through: cut.end), isOfCommonBlock: isCommon)
                    place = cut.end + Self.lengthOfBreak(base, cut.end, end)
                    here += cut.breaksInside + 1
                    stop = Self.quote(base, from: place, to: end)
                    nextQuote = stop
                    if try !body(record) { return false }
                    continue
                }
                begin(at: place, line: here)
                return true
            }
            if recordEnd - place > limit {
                number = count
                throw malformed(
                    .recordTooLong(limit: limit), line: here, recordLine: here, column: cutter.pointee.fields(before: limit) + 1,
                    offset: blockOffset + place + limit)
            }
            count += 1
            let record = CSVRecord(
                base: base + place, ends: cutter.pointee.ends, fieldCount: cutter.pointee.fieldCount, line: here, endLine: here, number: count,
                byteOffset: blockOffset + place, hasInvalidBytes: passInvalid(invalid, through: recordEnd),
                isOfCommonBlock: isCommon)
            place = recordEnd + Self.lengthOfBreak(base, recordEnd, end)
            here += 1
            if try !body(record) { return false }
        }
    }

    /// Takes up the invalid places up to the end of a record; true if there was one.
    @inline(__always)
    private func passInvalid(_ invalid: [Int], through end: Int) -> Bool {
        if invalid.isEmpty { return false }
        let before = invalidPassed
        while invalidPassed < invalid.count, invalid[invalidPassed] <= end { invalidPassed += 1 }
        return invalidPassed > before
    }

    private static func quote(_ base: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int {
        guard let found = memchr(base + start, Int32(Byte.quote), end - start) else { return end }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }

    /// 2 for CRLF, 1 for a lone CR or LF.
    private static func lengthOfBreak(_ base: UnsafePointer<UInt8>, _ place: Int, _ end: Int) -> Int {
        base[place] == Byte.carriageReturn && place + 1 < end && base[place + 1] == Byte.lineFeed ? 2 : 1
    }
}

// MARK: - Through libcsv

extension RecordSplitter {
    /// Begins a record, to be fed to libcsv.
    private func begin(at place: Int, line: Int) {
        parser.begin()
        isInRecord = true
        begun = BegunRecord(line: line, endLine: line, offset: blockOffset + place)
    }

    /// Feeds libcsv up to the end of the line or of the block; true if the record ended.
    private func feedLine() throws(TablesError) -> Bool {
        guard let base = block.baseAddress else { return false }
        let start = position
        let lineEnd = UnquotedRecordCutter.lineBreak(base, from: start, to: block.count)
        let hasBreak = lineEnd < block.count
        let isTooLong = begun.bytes + lineEnd - start > limit
        let feedEnd = isTooLong ? start + max(0, limit - begun.bytes) : hasBreak ? lineEnd + Self.lengthOfBreak(base, lineEnd, block.count) : lineEnd
        let fieldsBefore = parser.fields.count
        let wasInQuotes = parser.isInQuotedField
        let outcome = parser.feed(base + start, count: feedEnd - start)
        switch outcome {
        case .broken(let place, let kind):
            throw malformed(kind, line: line, recordLine: begun.line, column: parser.fields.count + 1, offset: blockOffset + start + place)
        case .exhausted:
            throw failed(.unreadable(path: name, errno: ENOMEM))
        case .open where isTooLong, .ended where isTooLong:
            throw malformed(
                .recordTooLong(limit: limit), line: begun.line, recordLine: begun.line, column: parser.fields.count + 1, offset: begun.offset + limit)
        case .open, .ended: break
        }
        if parser.isInQuotedField, !wasInQuotes || parser.fields.count > fieldsBefore { begun.quoteLine = line }
        begun.bytes += feedEnd - start
        begun.endLine = line
        noteInvalid(through: lineEnd)
        position = feedEnd
        if hasBreak { line += 1 }
        isInRecord = outcome != .ended
        return !isInRecord
    }

    /// Ends the text; true if a record ended with it.
    private func finish() throws(TablesError) -> Bool {
        if blocks.endsInsideCharacter { begun.isInvalid = true }
        switch parser.finish(openedAtLine: begun.quoteLine) {
        case .open: return false
        case .ended: return true
        case .exhausted: throw failed(.unreadable(path: name, errno: ENOMEM))
        case .broken(_, let kind):
            throw malformed(kind, line: begun.quoteLine, recordLine: begun.line, column: parser.fields.count + 1, offset: blockOffset)
        }
    }

    /// Takes up the invalid places up to the end of the line that was fed.
    private func noteInvalid(through place: Int) {
        if passInvalid(blocks.invalidOffsets, through: place) { begun.isInvalid = true }
    }
}
