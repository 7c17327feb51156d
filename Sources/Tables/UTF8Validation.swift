/// Finds bytes that are no UTF-8 in a text that comes in pieces: overlong forms, surrogates and values above U+10FFFF included.
struct UTF8Validation {
    /// Continuation bytes still owed to the character that was begun.
    private var owed = 0
    /// What the next continuation byte may be: narrower than 80…BF only right after E0, ED, F0 and F4.
    private var allowed: ClosedRange<UInt8> = 0x80...0xBF

    /// Whether the text so far ends inside a character.
    var isInsideCharacter: Bool { owed > 0 }

    /// Goes on with the next piece.
    ///
    /// - Parameter invalid: Receives the offset in `bytes` of each byte at which the text stops being UTF-8, ascending. A character
    ///   that was cut short is reported at the byte that should have continued it: in another piece, perhaps.
    mutating func check(_ bytes: UnsafeBufferPointer<UInt8>, invalid: inout [Int]) {
        guard let base = bytes.baseAddress else { return }
        var index = 0
        while index < bytes.count {
            if owed > 0 {
                if allowed.contains(base[index]) {
                    owed -= 1
                    index += 1
                } else {
                    invalid.append(index)
                    owed = 0
                }
                allowed = 0x80...0xBF
                continue
            }
            index = Self.endOfPlainText(base, index, bytes.count)
            guard index < bytes.count else { return }
            if !begin(base[index]) { invalid.append(index) }
            index += 1
        }
    }

    /// Skips ASCII, and whole characters of three bytes, of which Chinese text and its punctuation are made.
    private static func endOfPlainText(_ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int {
        let raw = UnsafeRawPointer(base)
        var index = start
        while index + 8 <= end {
            let high = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)) & 0x8080_8080_8080_8080
            guard high != 0 else {
                index += 8
                while index + 32 <= end, isASCII(raw + index) { index += 32 }
                continue
            }
            index += high.trailingZeroBitCount >> 3
            guard index + 4 <= end, isPlain(UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt32.self))) else { break }
            repeat {
                index += 3
            } while index + 4 <= end && isPlain(UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt32.self)))
        }
        while index < end {
            if base[index] < 0x80 {
                index += 1
            } else if index + 3 <= end, isPlain(UInt32(base[index]) | UInt32(base[index + 1]) << 8 | UInt32(base[index + 2]) << 16) {
                index += 3
            } else {
                return index
            }
        }
        return index
    }

    /// Whether 32 bytes are ASCII.
    @inline(__always)
    private static func isASCII(_ bytes: UnsafeRawPointer) -> Bool {
        var all: UInt64 = 0
        for place in stride(from: 0, to: 32, by: 8) { all |= bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self) }
        return all & 0x8080_8080_8080_8080 == 0
    }

    /// Whether three bytes, the first lowest, are a character that may go on with any two continuation bytes: all of three but those that begin with E0 or ED.
    @inline(__always)
    private static func isPlain(_ bytes: UInt32) -> Bool {
        bytes & 0xC0_C0F0 == 0x80_80E0 && bytes & 0xF != 0 && bytes & 0xF != 0xD
    }

    /// Takes the first byte of a character; false if it cannot be one.
    private mutating func begin(_ byte: UInt8) -> Bool {
        switch byte {
        case 0..<0x80: break
        case 0xC2...0xDF: owed = 1
        case 0xE0: (owed, allowed) = (2, 0xA0...0xBF)
        case 0xED: (owed, allowed) = (2, 0x80...0x9F)
        case 0xE1...0xEF: owed = 2
        case 0xF0: (owed, allowed) = (3, 0x90...0xBF)
        case 0xF4: (owed, allowed) = (3, 0x80...0x8F)
        case 0xF1...0xF3: owed = 3
        default: return false
        }
        return true
    }
}
