/// Cuts a record out of text that has no quote: eight bytes at a time, without copying and without callbacks.
struct UnquotedRecordCutter: ~Copyable {
    /// Where each field of the last record ends, counted from its start.
    private(set) var ends: UnsafeMutablePointer<UInt32>
    /// How many fields the last record has.
    private(set) var fieldCount = 0
    private var capacity = 64
    private let delimiter: UInt8
    private let delimiters: UInt64

    init(delimiter: UInt8) {
        self.delimiter = delimiter
        delimiters = Self.eightTimes(delimiter)
        ends = .allocate(capacity: capacity)
    }

    deinit { ends.deallocate() }

    /// Cuts one record that starts at `start`.
    ///
    /// - Parameters:
    ///   - start: Where the record starts; not a line break.
    ///   - limit: Where to give up: the end of the bytes, or the next quote.
    /// - Returns: Where the line break is, or `limit` if there is none before it; then the fields are not complete.
    mutating func cut(_ base: UnsafePointer<UInt8>, from start: Int, to limit: Int) -> Int {
        fieldCount = 0
        var index = start
        while index + 8 <= limit {
            let word = UInt64(littleEndian: UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self))
            var found = Self.zeroBytes(word ^ delimiters) | Self.lineBreaks(word)
            while found != 0 {
                let place = index + found.trailingZeroBitCount >> 3
                append(place - start)
                if base[place] != delimiter { return place }
                found &= found - 1
            }
            index += 8
        }
        while index < limit {
            let byte = base[index]
            if byte == delimiter {
                append(index - start)
            } else if byte == Byte.lineFeed || byte == Byte.carriageReturn {
                append(index - start)
                return index
            }
            index += 1
        }
        return limit
    }

    /// The first line break from `start` on, or `end`.
    static func lineBreak(_ base: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int {
        var index = start
        while index + 8 <= end {
            let found = lineBreaks(UInt64(littleEndian: UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)))
            if found != 0 { return index + found.trailingZeroBitCount >> 3 }
            index += 8
        }
        while index < end, base[index] != Byte.lineFeed, base[index] != Byte.carriageReturn { index += 1 }
        return index
    }

    /// How many of the last record's fields end before `offset`, which is counted from its start.
    func fields(before offset: Int) -> Int {
        var count = 0
        while count < fieldCount, Int(ends[count]) < offset { count += 1 }
        return count
    }

    private mutating func append(_ end: Int) {
        if fieldCount == capacity { grow() }
        ends[fieldCount] = UInt32(truncatingIfNeeded: end)
        fieldCount += 1
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: ends, count: fieldCount)
        ends.deallocate()
        ends = larger
        capacity *= 2
    }

    private static func eightTimes(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

    private static func lineBreaks(_ word: UInt64) -> UInt64 {
        zeroBytes(word ^ 0x0A0A_0A0A_0A0A_0A0A) | zeroBytes(word ^ 0x0D0D_0D0D_0D0D_0D0D)
    }

    /// The highest bit of every byte that is zero, and no other bit: exact, unlike the shorter formula whose borrow runs on.
    private static func zeroBytes(_ word: UInt64) -> UInt64 {
        let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
        return ~(((word & low) &+ low) | word | low)
    }
}
