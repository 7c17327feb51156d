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

    /// The bytes as words; the last one has zeros where the bytes end.
    @inline(__always)
    static func forEachWord(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (UInt64) -> Void) {
        guard let base = bytes.baseAddress else { return }
        let raw = UnsafeRawPointer(base)
        var place = 0
        while place + 8 <= bytes.count {
            body(raw.loadUnaligned(fromByteOffset: place, as: UInt64.self))
            place += 8
        }
        if place == bytes.count { return }
        var rest: UInt64 = 0
        while place < bytes.count {
            rest = rest << 8 | UInt64(base[place])
            place += 1
        }
        body(rest)
    }
}
