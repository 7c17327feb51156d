import Glibc

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
        var place = start
        var breaks = 0
        while place < end, place - start <= limit {
            let fieldEnd: Int
            if base[place] == Byte.quote {
                guard let closed = unquote(base, from: place + 1, to: end, &breaks) else { return nil }
                fieldEnd = closed
            } else {
                fieldEnd = endOfPlainField(base, from: place, to: end)
                keep(base + place, fieldEnd - place)
            }
            guard fieldEnd < end, base[fieldEnd] != Byte.quote else { return nil }
            endField()
            if base[fieldEnd] != delimiter { return fieldEnd - start <= limit ? Cut(end: fieldEnd, breaksInside: breaks) : nil }
            place = fieldEnd + 1
        }
        return nil
    }

    /// Keeps what stands within quotes; returns the place after the closing one, which is a delimiter or a line break.
    private mutating func unquote(_ base: UnsafePointer<UInt8>, from start: Int, to end: Int, _ breaks: inout Int) -> Int? {
        var place = start
        while let found = memchr(base + place, Int32(Byte.quote), end - place) {
            let quote = UnsafeRawPointer(found) - UnsafeRawPointer(base)
            breaks += QuotedRecordCutter.breaks(base, from: place, to: quote)
            guard quote + 1 < end else { return nil }
            let next = base[quote + 1]
            if next == Byte.quote {
                // Of a doubled quote the first one is kept.
                keep(base + place, quote + 1 - place)
                place = quote + 2
                continue
            }
            keep(base + place, quote - place)
            return next == delimiter || next == Byte.lineFeed || next == Byte.carriageReturn ? quote + 1 : nil
        }
        return nil
    }

    /// The first delimiter, line break or quote, or `end`.
    private func endOfPlainField(_ base: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int {
        var place = start
        while place < end {
            let byte = base[place]
            if byte == delimiter || byte == Byte.quote || byte == Byte.lineFeed || byte == Byte.carriageReturn { return place }
            place += 1
        }
        return end
    }

    private static func breaks(_ base: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int {
        var (place, count) = (start, 0)
        while true {
            place = UnquotedRecordCutter.lineBreak(base, from: place, to: end)
            if place == end { return count }
            count += 1
            place += base[place] == Byte.carriageReturn && place + 1 < end && base[place + 1] == Byte.lineFeed ? 2 : 1
        }
    }

    private mutating func keep(_ field: UnsafePointer<UInt8>, _ count: Int) {
        if used + count + 1 > byteCapacity {
            let capacity = max(2 * byteCapacity, used + count + 1)
            let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
            larger.update(from: bytes, count: used)
            bytes.deallocate()
            (bytes, byteCapacity) = (larger, capacity)
        }
        (bytes + used).update(from: field, count: count)
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
