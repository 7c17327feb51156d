/// FNV-1a of 64 bits: a single changed byte always changes it.
///
/// - Source: Fowler, Noll, Vo, Eastlake: The FNV Non-Cryptographic Hash Algorithm, section 2 (offset basis and prime of 64 bits).
func checksum(of bytes: UnsafeRawBufferPointer) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return hash
}

/// As `checksum`, eight bytes at a time, each step shifted so that high bits reach low ones; of longer stretches four words side by side, because each step
/// waits for the one before, and then the four after one another.
///
/// A single changed byte always changes it, because no step makes two different numbers the same: what is multiplied by is odd. It is the golden ratio's fraction,
/// whose bits are set high and low; FNV's prime left changes of the highest bits where another change puts them too.
package func checksumByWords(of bytes: UnsafeRawBufferPointer) -> UInt64 {
    let basis: UInt64 = 0xCBF2_9CE4_8422_2325
    @inline(__always)
    func taken(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let mixed = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
        return mixed ^ mixed >> 32
    }
    @inline(__always)
    func word(_ place: Int) -> UInt64 { UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)) }
    func turned(_ hash: UInt64, _ steps: UInt64) -> UInt64 { hash &<< steps | hash &>> (64 - steps) }

    var (hash, place) = (basis, 0)
    if bytes.count >= 64 {
        var (first, second, third, fourth) = (basis, basis, basis, basis)
        while place + 32 <= bytes.count {
            first = taken(first, word(place))
            second = taken(second, word(place + 8))
            third = taken(third, word(place + 16))
            fourth = taken(fourth, word(place + 24))
            place += 32
        }
        // Turned by different steps, so that the same change in two of them is not the same here.
        hash = taken(taken(taken(first, turned(second, 13)), turned(third, 29)), turned(fourth, 43))
    }
    while place + 8 <= bytes.count {
        hash = taken(hash, word(place))
        place += 8
    }
    for byte in bytes[place...] { hash = taken(hash, UInt64(byte)) }
    return hash
}
