import CLibCSV
import Glibc

/// libcsv, for records with quotes and for records that a block's end cuts in two.
///
/// It is fed a line at a time, so that at most one record ends in each feed and whoever feeds knows on which line.
final class QuotedRecordParser {
    /// What came of a feed.
    enum Outcome: Equatable {
        /// The record goes on, or none has begun.
        case open
        /// A record ended; its fields lie in `fields` until the next record is begun.
        case ended
        /// The byte at this place of the feed breaks the rules.
        case broken(at: Int, Malformation.Kind)
        /// The system has no memory left.
        case exhausted
    }

    /// The states of libcsv's machine that matter here; csv.h shows the member and not the names.
    private static let rowNotBegun: Int32 = 0

    private let parser: UnsafeMutablePointer<csv_parser>
    private let storage: UnsafeMutablePointer<FieldStorage>

    init(delimiter: UInt8) {
        parser = .allocate(capacity: 1)
        parser.initialize(to: csv_parser())
        storage = .allocate(capacity: 1)
        storage.initialize(to: FieldStorage())
        // csv_init fails only for a null pointer.
        _ = csv_init(parser, UInt8(CSV_STRICT | CSV_STRICT_FINI))
        csv_set_delim(parser, delimiter)
        csv_set_quote(parser, Byte.quote)
        // Without a function of ours libcsv would strip blanks around fields, and accept them between a quote and a delimiter.
        csv_set_space_func(parser) { _ in 0 }
        // It grows by so much at a time, not by doubling: the default of 128 makes a large field quadratic.
        csv_set_blk_size(parser, 1 << 16)
    }

    deinit {
        csv_free(parser)
        parser.deinitialize(count: 1)
        parser.deallocate()
        storage.pointee.free()
        storage.deinitialize(count: 1)
        storage.deallocate()
    }

    /// Whether a record has begun and not ended.
    var isInRecord: Bool { parser.pointee.pstate != Self.rowNotBegun }
    /// Whether the field that has begun started with a quote.
    var isInQuotedField: Bool { isInRecord && parser.pointee.quoted != 0 }
    /// The fields that have ended, of the record that has begun or ended last.
    var fields: FieldStorage { storage.pointee }

    /// Forgets the fields of the last record.
    func begin() { storage.pointee.clear() }

    /// Goes on with bytes that have no line break but at their end.
    func feed(_ bytes: UnsafePointer<UInt8>, count: Int) -> Outcome {
        let used = csv_parse(parser, bytes, count, Self.fieldEnded, Self.recordEnded, storage)
        if used < count {
            guard csv_error(parser) == CSV_EPARSE else { return .exhausted }
            return .broken(at: used, parser.pointee.quoted != 0 ? .textAfterQuote : .unescapedQuote)
        }
        return storage.pointee.hasEnded ? .ended : .open
    }

    /// Ends the text: the record that has begun, if any, ends here.
    ///
    /// - Parameter openedAtLine: Where the field that has begun started, if it is quoted.
    func finish(openedAtLine: Int) -> Outcome {
        guard isInRecord else { return .open }
        if csv_fini(parser, Self.fieldEnded, Self.recordEnded, storage) != 0 {
            guard csv_error(parser) == CSV_EPARSE else { return .exhausted }
            return .broken(at: 0, .unterminatedQuote(openedAtLine: openedAtLine))
        }
        return .ended
    }

    private static let fieldEnded: @convention(c) (UnsafeMutableRawPointer?, Int, UnsafeMutableRawPointer?) -> Void = { bytes, count, context in
        context?.assumingMemoryBound(to: FieldStorage.self).pointee.append(bytes, count)
    }

    private static let recordEnded: @convention(c) (Int32, UnsafeMutableRawPointer?) -> Void = { _, context in
        context?.assumingMemoryBound(to: FieldStorage.self).pointee.hasEnded = true
    }
}

/// The fields that libcsv gave, in the layout of ``CSVRecord``: one byte between two fields.
struct FieldStorage {
    private(set) var bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: 4096)
    private(set) var ends = UnsafeMutablePointer<UInt32>.allocate(capacity: 64)
    private(set) var count = 0
    var hasEnded = false
    private var used = 0
    private var byteCapacity = 4096
    private var endCapacity = 64

    mutating func clear() {
        used = 0
        count = 0
        hasEnded = false
    }

    mutating func append(_ field: UnsafeMutableRawPointer?, _ length: Int) {
        if used + length + 1 > byteCapacity {
            let capacity = max(byteCapacity * 2, used + length + 1)
            bytes = Self.grown(bytes, used, capacity)
            byteCapacity = capacity
        }
        if count == endCapacity {
            ends = Self.grown(ends, count, endCapacity * 2)
            endCapacity *= 2
        }
        if let field, length > 0 { memcpy(bytes + used, field, length) }
        ends[count] = UInt32(truncatingIfNeeded: used + length)
        count += 1
        (bytes + used + length).initialize(to: Byte.lineFeed)
        used += length + 1
    }

    func free() {
        bytes.deallocate()
        ends.deallocate()
    }

    private static func grown<Element: BitwiseCopyable>(
        _ old: UnsafeMutablePointer<Element>, _ count: Int, _ capacity: Int
    ) -> UnsafeMutablePointer<Element> {
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
        larger.moveInitialize(from: old, count: count)
        old.deallocate()
        return larger
    }
}
