/// The spellings of a closed list of values, found by their bytes.
struct Spellings: Sendable {
    /// A spelling of at most sixteen bytes, which its length and two words tell from any other of its length.
    private struct Entry: Sendable {
        let start: UInt64
        let end: UInt64
        let count: Int
        let value: ParsedValue
    }

    /// The lists are so short that looking through one beats any hash.
    private let short: [Entry]
    private let long: [(bytes: [UInt8], value: ParsedValue)]

    /// The first value of a spelling that is listed twice is the one that counts.
    init(_ spellings: [(String, ParsedValue)]) {
        var short: [Entry] = []
        var long: [(bytes: [UInt8], value: ParsedValue)] = []
        for (spelling, value) in spellings {
            let bytes = Array(spelling.utf8)
            if let words = bytes.withUnsafeBufferPointer(Spellings.words) {
                short.append(Entry(start: words.start, end: words.end, count: bytes.count, value: value))
            } else {
                long.append((bytes, value))
            }
        }
        (self.short, self.long) = (short, long)
    }

    /// What is written; `nil` where it is not listed.
    func value(of bytes: UnsafeBufferPointer<UInt8>) -> ParsedValue? {
        guard let words = Spellings.words(bytes) else { return long.first { $0.bytes.elementsEqual(bytes) }?.value }
        return short.withUnsafeBufferPointer { short in
            for index in short.indices where short[index].start == words.start && short[index].end == words.end && short[index].count == bytes.count {
                return short[index].value
            }
            return nil
        }
    }

    /// The first and the last eight bytes, which overlap in shorter texts; `nil` for texts that two words cannot hold.
    @inline(__always)
    private static func words(_ bytes: UnsafeBufferPointer<UInt8>) -> (start: UInt64, end: UInt64)? {
        let raw = UnsafeRawBufferPointer(bytes)
        let count = raw.count
        switch count {
        case 8...16: return (raw.loadUnaligned(as: UInt64.self), raw.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self))
        case 4...7: return (UInt64(raw.loadUnaligned(as: UInt32.self)), UInt64(raw.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)))
        case 1...3: return (UInt64(raw[0]) | UInt64(raw[count / 2]) << 8, UInt64(raw[count - 1]))
        case 0: return (0, 0)
        default: return nil
        }
    }
}
