/// Collects whole numbers and texts as bytes: seven bits a byte, low ones first, the eighth bit set where more follow.
struct BlockWriter {
    private(set) var bytes: [UInt8] = []

    /// A number of at least 0: small ones take one byte.
    mutating func natural(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// A count of things.
    mutating func count(_ value: Int) { natural(UInt64(value)) }

    /// A number of either sign: 0, −1, 1, −2 … are written as 0, 1, 2, 3 …
    mutating func integer(_ value: Int64) { natural(UInt64(bitPattern: (value << 1) ^ (value >> 63))) }

    /// A text: its length in bytes, then its bytes in UTF-8.
    mutating func text(_ value: String) {
        count(value.utf8.count)
        bytes.append(contentsOf: value.utf8)
    }

    /// Bytes as they are.
    mutating func append(_ other: some Sequence<UInt8>) { bytes.append(contentsOf: other) }

    /// The lengths of columns, then the columns.
    mutating func append(_ columns: [BlockWriter]) {
        for column in columns { count(column.bytes.count) }
        for column in columns { append(column.bytes) }
    }

    /// Numbers with decimals, 8 bytes each, low byte first.
    mutating func append(reals: [Double]) {
        reals.map { $0.bitPattern.littleEndian }.withUnsafeBytes { bytes.append(contentsOf: $0) }
    }
}

/// Gives back what `BlockWriter` wrote. Every step stays inside the bytes, whatever they hold.
struct BlockReader {
    /// Why bytes are not what was written; a message without values.
    struct Fault: Error, Equatable {
        let reason: String
    }

    private let bytes: UnsafeRawBufferPointer
    private(set) var place = 0

    /// Reads from the first byte on; valid as long as the bytes are.
    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// Bytes not yet read.
    var remaining: Int { bytes.count - place }

    @inline(__always)
    mutating func natural() throws(Fault) -> UInt64 {
        guard place < bytes.count else { throw Fault(reason: "it ends too early") }
        let first = bytes[place]
        place += 1
        return first < 0x80 ? UInt64(first) : try long(first)
    }

    private mutating func long(_ first: UInt8) throws(Fault) -> UInt64 {
        var value = UInt64(first & 0x7F)
        var shift: UInt64 = 7
        while true {
            guard place < bytes.count else { throw Fault(reason: "it ends too early") }
            let byte = bytes[place]
            place += 1
            // The tenth byte has room for one bit.
            guard shift < 63 || byte <= 1 else { throw Fault(reason: "a number is too long") }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
    }

    @inline(__always)
    mutating func integer() throws(Fault) -> Int64 {
        let value = try natural()
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    /// A number with decimals.
    @inline(__always)
    mutating func real() throws(Fault) -> Double {
        guard remaining >= 8 else { throw Fault(reason: "it ends too early") }
        defer { place += 8 }
        return Double(bitPattern: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)))
    }

    /// One byte.
    mutating func byte() throws(Fault) -> UInt8 {
        guard remaining > 0 else { throw Fault(reason: "it ends too early") }
        defer { place += 1 }
        return bytes[place]
    }

    /// A count of things that take at least one byte each, so that a broken count asks for no more memory than there are bytes.
    mutating func count() throws(Fault) -> Int {
        let value = try natural()
        guard value <= UInt64(remaining) else { throw Fault(reason: "it counts more than it holds") }
        return Int(value)
    }

    mutating func text() throws(Fault) -> String {
        let length = try count()
        defer { place += length }
        guard let text = String(validating: bytes[place..<(place + length)], as: UTF8.self) else { throw Fault(reason: "a text is not UTF-8") }
        return text
    }

    /// Sees to it that nothing is left.
    func close() throws(Fault) {
        guard remaining == 0 else { throw Fault(reason: "it holds more than it says") }
    }

    /// The next bytes as they are.
    mutating func bytes(_ length: UInt64) throws(Fault) -> Slice<UnsafeRawBufferPointer> {
        guard length <= UInt64(remaining) else { throw Fault(reason: "it ends too early") }
        defer { place += Int(length) }
        return bytes[place..<(place + Int(length))]
    }

    /// The next bytes, as a reader of their own.
    mutating func part(_ length: Int) throws(Fault) -> BlockReader {
        guard length <= remaining else { throw Fault(reason: "it ends too early") }
        defer { place += length }
        return BlockReader(UnsafeRawBufferPointer(rebasing: bytes[place..<(place + length)]))
    }

    /// So many columns, as `BlockWriter.append` wrote them.
    mutating func columns(_ count: Int) throws(Fault) -> [BlockReader] {
        var lengths: [Int] = []
        for _ in 0..<count { lengths.append(try self.count()) }
        var columns: [BlockReader] = []
        for length in lengths { columns.append(try part(length)) }
        return columns
    }
}

/// FNV-1a of 64 bits: a single changed byte always changes it.
///
/// - Source: Fowler, Noll, Vo, Eastlake: The FNV Non-Cryptographic Hash Algorithm, section 2 (offset basis and prime of 64 bits).
func checksum(of bytes: UnsafeRawBufferPointer) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return hash
}

/// As `checksum`, eight bytes at a time, each step shifted so that high bits reach low ones: a single changed byte always changes it, because no step
/// makes two different numbers the same.
package func checksumByWords(of bytes: UnsafeRawBufferPointer) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func take(_ word: UInt64) {
        hash = (hash ^ word) &* 0x0000_0100_0000_01B3
        hash ^= hash >> 32
    }
    let words = bytes.count / 8 * 8
    for place in stride(from: 0, to: words, by: 8) { take(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))) }
    for byte in bytes[words...] { take(UInt64(byte)) }
    return hash
}
