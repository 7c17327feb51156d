import CByteMasks

/// Cuts a record with quotes out of a block where it is well-formed and lies whole in the block; anything else is left to libcsv, which
/// knows what is wrong with it. So this needs no words for errors, and cannot differ from libcsv in them.
struct QuotedRecordCutter: ~Copyable {
    /// A record that was cut.
    struct Cut {
        /// Where its line break is.
        let end: Int
        /// Line breaks within its quotes.
        let breaksInside: Int
    }

    /// The fields of the last record, in the layout of ``CSVRecord``: one byte between two fields.
    private(set) var bytes: UnsafeMutablePointer<UInt8>
    /// Where each field ends.
    private(set) var ends: UnsafeMutablePointer<UInt32>
    private(set) var fieldCount = 0
    private var used = 0
    private var byteCapacity = 4096
    private var endCapacity = 64
    private let delimiter: UInt8

    init(delimiter: UInt8) {
        self.delimiter = delimiter
        bytes = .allocate(capacity: byteCapacity)
        ends = .allocate(capacity: endCapacity)
    }

    deinit {
        bytes.deallocate()
        ends.deallocate()
    }

    /// Cuts the record that starts at `start`; `nil` where it breaks a rule, goes on beyond `end` or has more than `limit` bytes.
    mutating func cut(_ base: UnsafePointer<UInt8>, from start: Int, to end: Int, limit: Int) -> Cut? {
        (fieldCount, used) = (0, 0)
        var marks = Marks(base, to: end, delimiter: delimiter)
        var place = start
        var breaks = 0
        while place < end, place - start <= limit {
            let fieldEnd: Int
            if base[place] == Byte.quote {
                guard let closed = unquote(&marks, from: place + 1, &breaks) else { return nil }
                fieldEnd = closed
            } else {
                fieldEnd = marks.next(from: place)
                keep(marks, place..<fieldEnd)
            }
            guard fieldEnd < end, base[fieldEnd] != Byte.quote else { return nil }
            endField()
            if base[fieldEnd] != delimiter { return fieldEnd - start <= limit ? Cut(end: fieldEnd, breaksInside: breaks) : nil }
            place = fieldEnd + 1
        }
        return nil
    }

    /// Keeps what stands within quotes; returns the place after the closing one, which is a delimiter or a line break.
    private mutating func unquote(_ marks: inout Marks, from start: Int, _ breaks: inout Int) -> Int? {
        let base = marks.base
        var (kept, place) = (start, start)
        while true {
            let mark = marks.next(from: place)
            guard mark + 1 < marks.end else { return nil }
            let next = base[mark + 1]
            switch base[mark] {
            case Byte.quote where next == Byte.quote:
                // Of a doubled quote the first one is kept.
                keep(marks, kept..<mark + 1)
                place = mark + 2
                kept = place
            case Byte.quote:
                keep(marks, kept..<mark)
                return next == delimiter || next == Byte.lineFeed || next == Byte.carriageReturn ? mark + 1 : nil
            case delimiter: place = mark + 1
            case Byte.carriageReturn where next == Byte.lineFeed:
                breaks += 1
                place = mark + 2
            default:
                breaks += 1
                place = mark + 1
            }
        }
    }

    /// So many bytes are copied in two steps, whatever the length of a field.
    private static let fewBytes = 32

    private mutating func keep(_ marks: Marks, _ field: Range<Int>) {
        let count = field.count
        if used + count + QuotedRecordCutter.fewBytes > byteCapacity {
            let capacity = max(2 * byteCapacity, used + count + QuotedRecordCutter.fewBytes)
            let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
            larger.update(from: bytes, count: used)
            bytes.deallocate()
            (bytes, byteCapacity) = (larger, capacity)
        }
        let isShort = count <= QuotedRecordCutter.fewBytes && field.lowerBound + QuotedRecordCutter.fewBytes <= marks.end
        (bytes + used).update(from: marks.base + field.lowerBound, count: isShort ? QuotedRecordCutter.fewBytes : count)
        used += count
    }

    private mutating func endField() {
        if fieldCount == endCapacity {
            let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: 2 * endCapacity)
            larger.update(from: ends, count: fieldCount)
            ends.deallocate()
            (ends, endCapacity) = (larger, 2 * endCapacity)
        }
        ends[fieldCount] = UInt32(truncatingIfNeeded: used)
        fieldCount += 1
        bytes[used] = delimiter
        used += 1
    }
}

/// The places of a block at which a field may end, or a quote stands, found 64 bytes at a time.
private struct Marks {
    let base: UnsafePointer<UInt8>
    /// Of the block.
    let end: Int
    private let delimiter: UInt8
    /// Where those begin that were looked at last, and a bit for each of them.
    private var (window, bits) = (0, UInt64(0))
    /// Where they end.
    private var windowEnd = 0

    init(_ base: UnsafePointer<UInt8>, to end: Int, delimiter: UInt8) { (self.base, self.end, self.delimiter) = (base, end, delimiter) }

    /// The first of them from a place on, which no later call may go behind; `end` where there is none.
    @inline(__always)
    mutating func next(from place: Int) -> Int {
        if place >= windowEnd { look(from: place) }
        var left = place < windowEnd ? bits & (UInt64.max << UInt64(place - window)) : 0
        while left == 0 {
            if windowEnd >= end { return end }
            look(from: windowEnd)
            left = bits
        }
        return window + left.trailingZeroBitCount
    }

    private mutating func look(from place: Int) {
        window = place
        windowEnd = min(place + 64, end)
        if place + 64 <= end {
            bits = cadre_marks_of_64(base + place, delimiter, Byte.lineFeed, Byte.carriageReturn, Byte.quote)
            return
        }
        bits = 0
        for offset in 0..<max(0, end - place) {
            let byte = base[place + offset]
            if byte == delimiter || byte == Byte.lineFeed || byte == Byte.carriageReturn || byte == Byte.quote { bits |= 1 << UInt64(offset) }
        }
    }
}
