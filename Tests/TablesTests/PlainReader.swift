@testable import Tables

/// A third reader, a byte at a time and with nothing in common with the other two: slow and plain.
struct PlainReader {
    private enum State { case recordStart, fieldStart, unquoted, quoted, quoteSeen }

    static func read(_ bytes: [UInt8], limit: Int = 16 << 20, blankLinesAreRecords: Bool = false) -> ReadTable {
        var table = ReadTable()
        var state = State.recordStart
        var fields: [[UInt8]] = []
        var field: [UInt8] = []
        var line = 1
        var (recordLine, quoteLine, recordOffset) = (1, 1, 0)

        func fail(_ kind: Malformation.Kind, line: Int, offset: Int) -> ReadTable {
            table.error = .malformed(
                Malformation(
                    kind: kind, line: line, recordLine: recordLine, recordNumber: table.records.count + 1, column: fields.count + 1, byteOffset: offset))
            return table
        }
        func endField() {
            fields.append(field)
            field = []
            state = .fieldStart
        }
        func endRecord() {
            endField()
            table.records.append(
                ReadRecord(fields: fields, line: recordLine, endLine: line, number: table.records.count + 1, byteOffset: recordOffset))
            fields = []
            state = .recordStart
        }

        for (index, byte) in bytes.enumerated() {
            let isBreak = byte == 10 || byte == 13
            let isSecondHalf = byte == 10 && index > 0 && bytes[index - 1] == 13
            // The line of the byte itself: a break belongs to the line it ends.
            defer { if byte == 10 || (byte == 13 && !(index + 1 < bytes.count && bytes[index + 1] == 10)) { line += 1 } }
            if state == .recordStart {
                (recordLine, recordOffset) = (line, index)
                if isBreak {
                    if blankLinesAreRecords && !isSecondHalf { endRecord() }
                    continue
                }
            } else if index - recordOffset > limit || (index - recordOffset == limit && !isBreak), !isSecondHalf {
                // A break at the limit may end the record, or be the last byte inside quotes before the text ends.
                return fail(.recordTooLong(limit: limit), line: recordLine, offset: recordOffset + limit)
            }
            switch (state, byte) {
            case (.recordStart, 0x22), (.fieldStart, 0x22):
                quoteLine = line
                state = .quoted
            case (.recordStart, 0x2C), (.fieldStart, 0x2C), (.unquoted, 0x2C), (.quoteSeen, 0x2C): endField()
            case (.fieldStart, _) where isBreak, (.unquoted, _) where isBreak, (.quoteSeen, _) where isBreak: endRecord()
            case (.unquoted, 0x22): return fail(.unescapedQuote, line: line, offset: index)
            case (.recordStart, _), (.fieldStart, _), (.unquoted, _):
                field.append(byte)
                state = .unquoted
            case (.quoted, 0x22): state = .quoteSeen
            case (.quoted, _): field.append(byte)
            case (.quoteSeen, 0x22):
                field.append(byte)
                state = .quoted
            case (.quoteSeen, _): return fail(.textAfterQuote, line: line, offset: index)
            }
        }
        switch state {
        case .recordStart: break
        case .quoted: return fail(.unterminatedQuote(openedAtLine: quoteLine), line: quoteLine, offset: bytes.count)
        case .fieldStart, .unquoted, .quoteSeen:
            // The text ended without a line break: the record's last line is the line of its last byte.
            endRecord()
        }
        return table
    }
}
