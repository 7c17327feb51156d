/// A hash of bytes, eight at a time, by multiplying to twice the width and folding the halves together.
///
/// - Source: Wang Yi, "wyhash", the mixing step.
struct ByteHash {
    private(set) var value: UInt64

    init(seed: UInt64) { value = seed }

    @inline(__always)
    mutating func mix(_ word: UInt64) {
        let product = (value ^ word).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
        // Folding alone would forget the word where the other factor is zero.
        value = product.low ^ product.high &+ word
    }

    @inline(__always)
    mutating func combine(_ bytes: UnsafeBufferPointer<UInt8>) {
        ByteHash.forEachWord(bytes) { mix($0) }
        // The length goes in too, so that a blank field and the next one's text cannot trade places.
        mix(UInt64(truncatingIfNeeded: bytes.count) &+ 0x100)
    }

    /// The bytes as words: whole ones, and one of what is left. Texts of one length give the same words only where they are the same.
    @inline(__always)
    static func forEachWord(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (UInt64) -> Void) {
        guard let base = bytes.baseAddress else { return }
        let (raw, count) = (UnsafeRawPointer(base), bytes.count)
        var place = 0
        while place + 8 <= count {
            body(raw.loadUnaligned(fromByteOffset: place, as: UInt64.self))
            place += 8
        }
        if place < count { body(rest(raw, from: place, count)) }
    }

    /// The first and the last eight of at most sixteen bytes, as words: texts of one length have the same only where they are the same.
    @inline(__always)
    static func ends(_ bytes: UnsafeBufferPointer<UInt8>) -> (UInt64, UInt64) {
        guard let base = bytes.baseAddress, bytes.count > 0 else { return (0, 0) }
        let raw = UnsafeRawPointer(base)
        if bytes.count < 8 { return (rest(raw, from: 0, bytes.count), 0) }
        return (raw.loadUnaligned(as: UInt64.self), raw.loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self))
    }

    /// The last one to seven bytes, in loads that may overlap: a loop over them would cost more than the rest of the hash.
    @inline(__always)
    private static func rest(_ raw: UnsafeRawPointer, from place: Int, _ count: Int) -> UInt64 {
        if count >= 8 { return raw.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self) }
        if count >= 4 {
            let (first, last) = (raw.loadUnaligned(as: UInt32.self), raw.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
            return UInt64(first) << 32 | UInt64(last)
        }
        let (first, middle) = (raw.load(as: UInt8.self), raw.load(fromByteOffset: count / 2, as: UInt8.self))
        let last = raw.load(fromByteOffset: count - 1, as: UInt8.self)
        return UInt64(first) << 16 | UInt64(middle) << 8 | UInt64(last)
    }
}
