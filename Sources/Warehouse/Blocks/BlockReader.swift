/// Gives back what `BlockWriter` wrote. Every step stays inside the bytes, whatever they hold.
struct BlockReader {
    /// Why bytes are not what was written; a message without values.
    struct Fault: Error, Equatable {
        let reason: String
    }

    /// Version and checksum.
    static let headLength = 9

    private let bytes: UnsafeRawBufferPointer
    private(set) var place = 0

    /// Reads from the first byte on; valid as long as the bytes are.
    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// Reads what `BlockWriter.sealed` gave, from after its head on; valid as long as the bytes are.
    ///
    /// - Throws: Why they are no such block.
    init(sealed bytes: UnsafeRawBufferPointer, version: UInt8) throws(Fault) {
        guard bytes.count > BlockReader.headLength else { throw Fault(reason: "it ends too early") }
        guard bytes[0] == version else { throw Fault(reason: "its format has version \(bytes[0]), this software reads \(version)") }
        let expected = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 1, as: UInt64.self))
        let content = UnsafeRawBufferPointer(rebasing: bytes[BlockReader.headLength...])
        guard checksumByWords(of: content) == expected else { throw Fault(reason: "its checksum does not agree with its bytes") }
        self.init(content)
    }

    /// Bytes not yet read.
    var remaining: Int { bytes.count - place }

    @inline(__always)
    mutating func natural() throws(Fault) -> UInt64 {
        if let value = quick() { return value }
        return try slow()
    }

    /// The next number where at least eight bytes are left and it takes no more of them: without a branch for each byte.
    @inline(__always)
    private mutating func quick() -> UInt64? {
        guard bytes.count - place >= 8 else { return nil }
        let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
        if word & 0x80 == 0 {
            place += 1
            return word & 0x7F
        }
        let ends = ~word & 0x8080_8080_8080_8080
        guard ends != 0 else { return nil }
        place += (ends.trailingZeroBitCount + 1) / 8
        // The number's own bytes without their eighth bits, which then move together: by pairs, by fours, by eights.
        var value = word & (ends ^ (ends - 1)) & 0x7F7F_7F7F_7F7F_7F7F
        value = value & 0x007F_007F_007F_007F | (value & 0x7F00_7F00_7F00_7F00) >> 1
        value = value & 0x0000_3FFF_0000_3FFF | (value & 0x3FFF_0000_3FFF_0000) >> 2
        return value & 0x0FFF_FFFF | (value & 0x0FFF_FFFF_0000_0000) >> 4
    }

    private mutating func slow() throws(Fault) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
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
