/// Collects whole numbers and texts as bytes: seven bits a byte, low ones first, the eighth bit set where more follow.
struct BlockWriter {
    private var whole: [UInt8] = []
    /// Up to seven bytes that come after these, low ones first: an array would ask at every byte whether it is alone and has room.
    private var last: UInt64 = 0
    private var lastBits = 0

    /// Bytes so far.
    var length: Int { whole.count + lastBits / 8 }

    /// A number of at least 0: small ones take one byte.
    @inline(__always)
    mutating func natural(_ value: UInt64) {
        // Nearly all numbers take at most three bytes, which are put together without asking for each whether it is the last.
        if value < 1 << 7 { return put(value, bits: 8) }
        let two = value & 0x7F | 0x80 | (value & 0x3F80) << 1
        if value < 1 << 14 { return put(two, bits: 16) }
        if value < 1 << 21 { return put(two | 0x8000 | (value >> 14) << 16, bits: 24) }
        put(two | 0x8000, bits: 16)
        var rest = value >> 14
        while rest >= 0x80 {
            put(rest & 0x7F | 0x80, bits: 8)
            rest >>= 7
        }
        put(rest, bits: 8)
    }

    /// - Parameter bits: At most 56; all others of the value are 0.
    @inline(__always)
    private mutating func put(_ value: UInt64, bits: Int) {
        last |= value &<< UInt64(truncatingIfNeeded: lastBits)
        lastBits += bits
        if lastBits < 64 { return }
        withUnsafeBytes(of: last.littleEndian) { whole.append(contentsOf: $0) }
        lastBits -= 64
        // What had no room any more: nothing, where the value just filled the word.
        last = value >> UInt64(truncatingIfNeeded: bits - lastBits)
    }

    private mutating func settle() {
        withUnsafeBytes(of: last.littleEndian) { whole.append(contentsOf: $0[..<(lastBits / 8)]) }
        (last, lastBits) = (0, 0)
    }

    /// What was written.
    consuming func bytes() -> [UInt8] {
        settle()
        return whole
    }

    /// What was written, as a block is kept: a byte for the version of its format, eight for the checksum of what follows, low byte first, and that.
    consuming func sealed(version: UInt8) -> [UInt8] {
        settle()
        let sum = whole.withUnsafeBytes(checksumByWords(of:))
        var block: [UInt8] = []
        block.reserveCapacity(BlockReader.headLength + whole.count)
        block.append(version)
        withUnsafeBytes(of: sum.littleEndian) { block.append(contentsOf: $0) }
        block.append(contentsOf: whole)
        return block
    }

    /// A count of things.
    mutating func count(_ value: Int) { natural(UInt64(value)) }

    /// A number of either sign: 0, −1, 1, −2 … are written as 0, 1, 2, 3 …
    mutating func integer(_ value: Int64) { natural(UInt64(bitPattern: (value << 1) ^ (value >> 63))) }

    /// A text: its length in bytes, then its bytes in UTF-8.
    mutating func text(_ value: String) {
        count(value.utf8.count)
        append(value.utf8)
    }

    /// Bytes as they are.
    mutating func append(_ other: some Sequence<UInt8>) {
        settle()
        whole.append(contentsOf: other)
    }

    /// The lengths of columns, then the columns.
    mutating func append(_ columns: [BlockWriter]) {
        for column in columns { count(column.length) }
        for column in columns { append(column.bytes()) }
    }

    /// Numbers with decimals, 8 bytes each, low byte first.
    mutating func append(reals: [Double]) {
        settle()
        reals.map { $0.bitPattern.littleEndian }.withUnsafeBytes { whole.append(contentsOf: $0) }
    }
}
