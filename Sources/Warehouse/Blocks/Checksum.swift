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
