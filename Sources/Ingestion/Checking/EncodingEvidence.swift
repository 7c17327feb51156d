import Glibc

/// What the lines of a file say about its encoding, from their bytes alone.
///
/// A line speaks for UTF-8 if all of it is valid, and it has at least `charactersThatTell` characters of three bytes from U+4000 to U+9FFF. That
/// a line of Chinese in GB18030 looks so by chance is less likely than one in 10⁹. A line with bytes that UTF-8 does not allow speaks for the other.
struct EncodingEvidence {
    private static let charactersThatTell = 4

    private(set) var linesOfUTF8 = 0
    private(set) var linesOfOther = 0
    /// Counts from 1.
    private(set) var firstLineOfUTF8: Int?

    /// Looks at every line; `nil` where the file cannot be read.
    init?(path: String) {
        guard let file = fopen(path, "re") else { return nil }
        defer { fclose(file) }
        var scanner = LineScanner()
        var block = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = fread(&block, 1, block.count, file)
            if count == 0 { break }
            block.withUnsafeBufferPointer { bytes in
                var place = 0
                while place < count {
                    place = scanner.skipPlainText(bytes, from: place, to: count)
                    if place < count, scanner.take(bytes[place]) { note(&scanner) }
                    place += 1
                }
            }
        }
        if ferror(file) != 0 { return nil }
        note(&scanner)
    }

    private mutating func note(_ scanner: inout LineScanner) {
        if !scanner.isValid {
            linesOfOther += 1
        } else if scanner.characters >= EncodingEvidence.charactersThatTell {
            linesOfUTF8 += 1
            if firstLineOfUTF8 == nil { firstLineOfUTF8 = scanner.line }
        }
        scanner.beginLine()
    }

    private struct LineScanner {
        private(set) var line = 0
        private(set) var isValid = true
        /// Complete characters of three bytes, U+4000 to U+9FFF.
        private(set) var characters = 0
        private var expected = 0
        private var isThreeBytes = false
        private var endedWithCarriageReturn = false

        init() { beginLine() }

        mutating func beginLine() {
            line += 1
            isValid = true
            characters = 0
            expected = 0
        }

        /// Passes ASCII without line breaks, eight bytes at a time: it says nothing.
        mutating func skipPlainText(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) -> Int {
            guard expected == 0, let base = bytes.baseAddress else { return start }
            var place = start
            while place + 8 <= end {
                let word = UnsafeRawPointer(base + place).loadUnaligned(as: UInt64.self)
                // The highest bit of every byte that is below 0x0E, above 0x7F, or, by a borrow from the byte before, looks so.
                if (word | (word &- 0x0E0E_0E0E_0E0E_0E0E)) & 0x8080_8080_8080_8080 != 0 { break }
                place += 8
                endedWithCarriageReturn = false
            }
            return place
        }

        /// Takes a byte; true if it ends a line.
        mutating func take(_ byte: UInt8) -> Bool {
            if byte < 0x80 {
                if expected > 0 { isValid = false }
                expected = 0
                let isSecondOfTwo = byte == 0x0A && endedWithCarriageReturn
                endedWithCarriageReturn = byte == 0x0D
                return (byte == 0x0A && !isSecondOfTwo) || byte == 0x0D
            }
            endedWithCarriageReturn = false
            if expected > 0 {
                if byte >= 0xC0 { isValid = false }
                expected -= 1
                if expected == 0, isThreeBytes { characters += 1 }
            } else {
                switch byte {
                case 0xC2...0xDF: expected = 1
                case 0xE0...0xEF: expected = 2
                case 0xF0...0xF4: expected = 3
                default: isValid = false
                }
                isThreeBytes = (0xE4...0xE9).contains(byte)
            }
            return false
        }
    }
}
