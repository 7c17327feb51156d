/// Numbers as exports write them, from bytes.
enum NumberParsing {
    /// A whole number with an optional sign; `nil` for anything else, or beyond 18 digits.
    static func integer(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? { decimal(bytes, decimals: 0, allowsPoint: false) }

    /// A number with an optional sign and decimal point, in units of its `decimals`-th decimal; further decimals are rounded half away from zero.
    ///
    /// - Returns: `nil` for anything else (exponents too: no system writes a mark as 1e308), or beyond 18 digits.
    static func decimal(_ bytes: UnsafeBufferPointer<UInt8>, decimals: Int, allowsPoint: Bool = true) -> Int64? {
        var position = 0
        var isNegative = false
        if let first = bytes.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
            isNegative = first == UInt8(ascii: "-")
            position = 1
        }
        var value: Int64 = 0
        var digits = 0
        var decimalsSeen: Int?
        var roundsUp = false
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "."), allowsPoint, decimalsSeen == nil {
                decimalsSeen = 0
                continue
            }
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            let digit = Int64(byte - UInt8(ascii: "0"))
            digits += 1
            if let seen = decimalsSeen {
                decimalsSeen = seen + 1
                if seen == decimals { roundsUp = digit >= 5 }
                if seen >= decimals { continue }
            }
            guard value < 100_000_000_000_000_000 else { return nil }
            value = value * 10 + digit
        }
        guard digits > 0 else { return nil }
        for _ in min(decimalsSeen ?? 0, decimals)..<decimals {
            guard value < 100_000_000_000_000_000 else { return nil }
            value *= 10
        }
        if roundsUp { value += 1 }
        return isNegative ? -value : value
    }
}
