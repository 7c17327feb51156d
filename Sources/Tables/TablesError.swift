/// Why a file could not be read or written.
public enum TablesError: Error, Hashable, Sendable {
    /// There is nothing at the path.
    case missing(path: String)
    /// A folder lies where a file should be.
    case isDirectory(path: String)
    /// The file is there and this account may not open it.
    case notPermitted(path: String)
    /// The system refused for another reason; `errno` says which.
    case unreadable(path: String, errno: Int32)
    /// The file is written in an encoding that is none of ``TextEncoding``; so far this is UTF-16, known by its mark.
    case unsupportedEncoding(path: String, name: String)
    /// The delimiter is a quote, a line break or not ASCII.
    case unusableDelimiter(UInt8)
    /// The text breaks the rules of CSV. Records before the place were delivered; the broken one was not.
    case malformed(Malformation)
    /// The file could not be made, written or brought safely to the disk.
    case cannotWrite(path: String, errno: Int32)
    /// A number that is infinite or not a number was to be written. Row (counting the header) and column count from 1.
    case notFinite(path: String, row: Int, column: Int)
}

/// A place where a text stops being CSV, and why.
public struct Malformation: Hashable, Sendable {
    /// The rule that was broken.
    public enum Kind: Hashable, Sendable {
        /// A quote inside a field that does not start with one.
        case unescapedQuote
        /// Something other than a delimiter or a line break after a closing quote: most often a quote that was not doubled.
        case textAfterQuote
        /// The text ended inside a quoted field that started on this line.
        case unterminatedQuote(openedAtLine: Int)
        /// The record has more bytes than the reader was told to hold: most often a quote was never closed.
        case recordTooLong(limit: Int)
    }

    /// The rule that was broken.
    public let kind: Kind
    /// Counts from 1: the line a person should look at. The line of the offending byte;
    /// for an unterminated quote, where it was opened; for a record that is too long, where it starts.
    public let line: Int
    /// Counts from 1: the line where the broken record starts.
    public let recordLine: Int
    /// Counts from 1: the number of the broken record, the header being number 1.
    public let recordNumber: Int
    /// Counts from 1: the field within its record.
    public let column: Int
    /// Counts from 0: the offending byte in the text as UTF-8 without its mark (in a UTF-8 file, add 3 for a mark); for an unterminated quote,
    /// the text's length.
    public let byteOffset: Int
}

extension Malformation: CustomStringConvertible {
    /// One English sentence without the place: `a quote inside a field that is not quoted`.
    public var description: String {
        switch kind {
        case .unescapedQuote: "a quote inside a field that is not quoted"
        case .textAfterQuote: "text after a closing quote; a quote inside a quoted field must be doubled"
        case .unterminatedQuote(let line): "the quote opened on line \(line) is never closed"
        case .recordTooLong(let limit): "a record of more than \(limit) bytes; an earlier quote may never have been closed"
        }
    }
}

extension TablesError {
    /// The same error in a text that has more lines and records before those that were counted. Byte offsets stay as they were.
    public func later(lines: Int, records: Int) -> TablesError {
        guard case .malformed(let here) = self else { return self }
        var kind = here.kind
        if case .unterminatedQuote(let line) = kind { kind = .unterminatedQuote(openedAtLine: line + lines) }
        return .malformed(
            Malformation(
                kind: kind, line: here.line + lines, recordLine: here.recordLine + lines, recordNumber: here.recordNumber + records,
                column: here.column, byteOffset: here.byteOffset))
    }
}

extension TablesError: CustomStringConvertible {
    /// One English sentence with the path or the place.
    public var description: String {
        switch self {
        case .missing(let path): "\(path): no such file"
        case .isDirectory(let path): "\(path): is a folder, not a file"
        case .notPermitted(let path): "\(path): no permission to open it"
        case .unreadable(let path, let errno): "\(path): cannot be read: \(systemMessage(errno))"
        case .unsupportedEncoding(let path, let name): "\(path): is written in \(name); save it as UTF-8 or GB18030"
        case .unusableDelimiter(let byte): "byte \(byte) cannot separate fields"
        case .malformed(let malformation): "line \(malformation.line), column \(malformation.column): \(malformation)"
        case .cannotWrite(let path, let errno): "\(path): cannot be written: \(systemMessage(errno))"
        case .notFinite(let path, let row, let column): "\(path): row \(row), column \(column): not a finite number"
        }
    }
}
