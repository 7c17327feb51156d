/// Passes some keys, and by chance few others.
///
/// - Source: Bloom, "Space/time trade-offs in hash coding with allowable errors", 1970, with two bits for each key; those of a key are parts of its hash.
struct KeyFilter: Sendable {
    /// It is worth it where there is at most one of its keys for so many that are asked for.
    static let rowsForEach = 8
    /// One key in a thousand of those that are asked for passes by chance.
    private static let bitsForEach = 64
    private static let mostBits = 27

    private var words: [UInt64]
    private let mask: UInt32

    /// - Parameter keys: About how many will be inserted.
    init(keys: Int) {
        var bits = 6
        while bits < KeyFilter.mostBits, 1 << bits < keys * KeyFilter.bitsForEach { bits += 1 }
        words = [UInt64](repeating: 0, count: 1 << (bits - 6))
        mask = 1 << UInt32(bits) - 1
    }

    mutating func insert(_ key: KeyBlock.Entry) {
        for bit in [key.lowest & mask, key.high & mask] { words[Int(bit >> 6)] |= 1 << UInt64(bit & 63) }
    }

    /// Calls `body` with what tells whether a key may be one of those that were inserted.
    func withTest<Result>(_ body: ((KeyBlock.Entry) -> Bool) throws -> Result) rethrows -> Result {
        let mask = mask
        return try words.withUnsafeBufferPointer { words in
            func has(_ bit: UInt32) -> Bool { words[Int(bit >> 6)] >> UInt64(bit & 63) & 1 != 0 }
            return try body { has($0.lowest & mask) && has($0.high & mask) }
        }
    }
}

extension KnownKeys {
    /// Those of the keys that a filter passes, and those that are known to stand more than once.
    func keys(passing filter: KeyFilter) throws -> KeyIndex {
        let keys = try open()
        var next = 0
        return filter.withTest { passes in
            keys.filtered { key, line in
                while next < repeated.count, repeated[next] < line { next += 1 }
                return next < repeated.count && repeated[next] == line || passes(key)
            }
        }
    }
}
