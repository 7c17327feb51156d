/// Numbers as ASCII digits: exact, and blind to the locale, which `printf` is not.
enum DecimalText {
    static func append(_ value: Int, to text: inout [UInt8]) {
        if value < 0 { text.append(UInt8(ascii: "-")) }
        appendDigits(UInt128(value.magnitude), atLeast: 1, to: &text)
    }

    /// Appends a finite number with `places` decimals, rounded half to even from its exact binary value.
    ///
    /// Above 2¹²⁷ the digits are those that read back as the same number, filled up with zeros.
    static func append(_ value: Double, places: Int, to text: inout [UInt8]) {
        let places = min(max(places, 0), 17)
        let magnitude = value.magnitude
        // |value| = significand · 2^exponent, both whole.
        let significand = magnitude.isNormal ? magnitude.significandBitPattern | 1 << 52 : magnitude.significandBitPattern
        let exponent = max(Int(magnitude.exponentBitPattern), 1) - 1075
        if exponent >= 0 {
            if value < 0 { text.append(UInt8(ascii: "-")) }
            if exponent <= 74 {
                appendDigits(UInt128(significand) << UInt128(exponent), atLeast: 1, to: &text)
            } else {
                appendHuge(magnitude, to: &text)
            }
            if places > 0 { text += [UInt8(ascii: ".")] + Array(repeating: UInt8(ascii: "0"), count: places) }
            return
        }
        // Below 2⁵³ · 10¹⁷ < 2¹¹⁰, so that a shift of 127 or more leaves less than a half.
        let (high, low) = significand.multipliedFullWidth(by: powers[places])
        let scaled = UInt128(high) << 64 | UInt128(low)
        let rounded = -exponent < 127 ? roundedShift(scaled, by: -exponent) : 0
        if value < 0 && rounded > 0 { text.append(UInt8(ascii: "-")) }
        appendDigits(rounded, atLeast: places + 1, decimals: places, to: &text)
    }

    /// 10⁰ to 10¹⁷.
    private static let powers: [UInt64] = Array(sequence(first: 1) { $0 < 100_000_000_000_000_000 ? $0 * 10 : nil })

    /// - Parameter shift: 1 to 126.
    private static func roundedShift(_ number: UInt128, by shift: Int) -> UInt128 {
        let (quotient, half) = (number &>> UInt128(shift), UInt128(1) &<< UInt128(shift - 1))
        let rest = number & (half &<< 1 &- 1)
        return rest > half || (rest == half && quotient & 1 == 1) ? quotient + 1 : quotient
    }

    /// Appends the digits of a number, filled up with zeros to a width, with a point before the last `decimals`.
    private static func appendDigits(_ number: UInt128, atLeast width: Int, decimals: Int = 0, to text: inout [UInt8]) {
        // A number of 128 bits has 39 digits; they are written from the last one on.
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 48) { room in
            var place = room.count
            func put(_ digit: UInt64) {
                place -= 1
                room.initializeElement(at: place, to: UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit))
            }
            var wide = number
            while wide > UInt128(UInt64.max) {
                put(UInt64(truncatingIfNeeded: wide % 10))
                wide /= 10
            }
            var rest = UInt64(truncatingIfNeeded: wide)
            // Two at a time: each step waits for the one before.
            while rest >= 100 {
                let pair = rest % 100
                rest /= 100
                put(pair % 10)
                put(pair / 10)
            }
            put(rest % 10)
            if rest >= 10 { put(rest / 10) }
            while room.count - place < width { put(0) }
            let point = room.count - decimals
            text.append(contentsOf: UnsafeBufferPointer(rebasing: room[place..<point]))
            guard decimals > 0 else { return }
            text.append(UInt8(ascii: "."))
            text.append(contentsOf: UnsafeBufferPointer(rebasing: room[point...]))
        }
    }

    /// Takes `1.25e+300` apart.
    private static func appendHuge(_ magnitude: Double, to text: inout [UInt8]) {
        let parts = magnitude.description.split(separator: "e")
        let (whole, fraction) = (parts[0].prefix { $0 != "." }, parts[0].drop { $0 != "." }.dropFirst())
        let digits = Array(whole.utf8) + (fraction == "0" ? [] : Array(fraction.utf8))
        let exponent = parts.count > 1 ? Int(parts[1].drop { $0 == "+" }) ?? 0 : 0
        text += digits + Array(repeating: UInt8(ascii: "0"), count: max(0, whole.count + exponent - digits.count))
    }
}
