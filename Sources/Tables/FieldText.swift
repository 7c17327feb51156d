import Glibc

/// The text of a field as it was meant: without the blanks around it, and with full-width letters, digits and signs made ASCII.
public enum FieldText {
    /// Memory for fields that change when they are normalised. Keep one and use it for field after field.
    public struct Scratch: ~Copyable {
        fileprivate var bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
        private var capacity = 256

        /// Room for fields of up to 256 bytes; grows as needed.
        public init() {}

        deinit { bytes.deallocate() }

        fileprivate mutating func reserve(_ count: Int) {
            if count <= capacity { return }
            bytes.deallocate()
            capacity = max(count, 2 * capacity)
            bytes = .allocate(capacity: capacity)
        }
    }

    /// The field without blanks at either end: ASCII blanks (tab, line feed, vertical tab, form feed, carriage return, space), U+00A0 and the
    /// ideographic space U+3000. The same bytes, not a copy; empty if there was nothing else.
    @inlinable
    public static func trimmed(_ field: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        guard let first = field.first, let last = field.last else { return field }
        if isPlain(first), isPlain(last) { return field }
        return trimmedSlowly(field)
    }

    /// Whether a field has no blank at its ends, as far as a glance can tell: false says nothing, and an empty field is trimmed.
    @inlinable
    public static func isTrimmed(_ field: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = field.first, let last = field.last else { return true }
        return isPlainOrHan(first) && (isPlain(last) || last > 0x80 && last != 0xA0)
    }

    /// Whether the bytes have neither NUL nor the first byte of a full-width character: then trimming is all that normalising would do.
    @inlinable
    public static func hasOnlyCommonBytes(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let base = bytes.baseAddress else { return true }
        let raw = UnsafeRawPointer(base)
        let (low, full): (UInt64, UInt64) = (0x7F7F_7F7F_7F7F_7F7F, 0xEFEF_EFEF_EFEF_EFEF)
        var place = 0
        while place + 8 <= bytes.count {
            let word = raw.loadUnaligned(fromByteOffset: place, as: UInt64.self)
            // The highest bit of every byte that is not zero, and of every byte that is not EF.
            let notZero = ((word & low) &+ low) | word
            let other = word ^ full
            let notFull = ((other & low) &+ low) | other
            if notZero & notFull & ~low != ~low { return false }
            place += 8
        }
        while place < bytes.count {
            if base[place] == 0 || base[place] == 0xEF { return false }
            place += 1
        }
        return true
    }

    /// The same of a block of text, where nothing is done for each record.
    static func hasOnlyCommonBytes(ofBlock bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let base = bytes.baseAddress else { return true }
        return memchr(base, 0xEF, bytes.count) == nil && memchr(base, 0, bytes.count) == nil
    }

    /// A byte that begins no blank.
    @inlinable
    static func isPlainOrHan(_ byte: UInt8) -> Bool { byte > 0x20 && byte != 0xC2 && byte != 0xE3 }

    /// The field trimmed, and with U+FF01…U+FF5E as the ASCII characters they stand for.
    ///
    /// - Parameter scratch: Used only if a character has to change; then the result lies there, and is valid until the next use of it.
    public static func normalized(_ field: UnsafeBufferPointer<UInt8>, into scratch: inout Scratch) -> UnsafeBufferPointer<UInt8> {
        let text = trimmed(field)
        guard let base = text.baseAddress, let suspect = memchr(base, 0xEF, text.count) else { return text }
        var read = UnsafeRawPointer(suspect) - UnsafeRawPointer(base)
        while read < text.count, asciiOfFullWidth(text, read) == nil { read += 1 }
        if read == text.count { return text }
        scratch.reserve(text.count)
        let target = scratch.bytes
        target.update(from: base, count: read)
        var written = read
        while read < text.count {
            if let plain = asciiOfFullWidth(text, read) {
                target[written] = plain
                read += 3
            } else {
                target[written] = text[read]
                read += 1
            }
            written += 1
        }
        return UnsafeBufferPointer(start: target, count: written)
    }

    /// A string trimmed and normalised.
    public static func normalized(_ text: String) -> String {
        var text = text
        var scratch = Scratch()
        return text.withUTF8 { String(decoding: normalized($0, into: &scratch), as: UTF8.self) }
    }

    /// A byte that neither is nor belongs to a blank.
    @inlinable
    static func isPlain(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x80 }

    @usableFromInline
    static func trimmedSlowly(_ field: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        var (start, end) = (0, field.count)
        while start < end {
            let length = isASCIIBlank(field[start]) ? 1 : lengthOfWideBlank(field, start, end)
            if length == 0 { break }
            start += length
        }
        while end > start {
            let length: Int
            if isASCIIBlank(field[end - 1]) {
                length = 1
            } else if end - start >= 2, lengthOfWideBlank(field, end - 2, end) == 2 {
                length = 2
            } else if end - start >= 3, lengthOfWideBlank(field, end - 3, end) == 3 {
                length = 3
            } else {
                break
            }
            end -= length
        }
        return UnsafeBufferPointer(rebasing: field[start..<end])
    }

    private static func isASCIIBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    /// 2 for U+00A0, 3 for U+3000, 0 for anything else.
    private static func lengthOfWideBlank(_ field: UnsafeBufferPointer<UInt8>, _ place: Int, _ end: Int) -> Int {
        if field[place] == 0xC2, place + 1 < end, field[place + 1] == 0xA0 { return 2 }
        if field[place] == 0xE3, place + 2 < end, field[place + 1] == 0x80, field[place + 2] == 0x80 { return 3 }
        return 0
    }

    /// U+FF01…U+FF3F are EF BC 81…BF, U+FF40…U+FF5E are EF BD 80…9E.
    private static func asciiOfFullWidth(_ text: UnsafeBufferPointer<UInt8>, _ place: Int) -> UInt8? {
        guard text[place] == 0xEF, place + 2 < text.count else { return nil }
        switch (text[place + 1], text[place + 2]) {
        case (0xBC, let last) where (0x81...0xBF).contains(last): return last - 0x60
        case (0xBD, let last) where (0x80...0x9E).contains(last): return last - 0x20
        default: return nil
        }
    }
}
