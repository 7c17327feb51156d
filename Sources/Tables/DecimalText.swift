/// Numbers as ASCII digits: exact, and blind to the locale, which `printf` is not.
enum DecimalText {
    /// Bytes that a number may need, in whole digits, a sign, a point and decimals.
    static func room(for value: Double) -> Int { value.magnitude < 0x1p127 ? 64 : 336 }
    /// Bytes that any whole number may need.
    static let roomForWhole = 20

    static func append(_ value: Int, to text: inout OutputSpan<UInt8>) {
        if value < 0 { text.append(UInt8(ascii: "-")) }
        append(UInt64(value.magnitude), decimals: 0, to: &text)
    }

    /// Appends a finite number with `places` decimals, rounded half to even from its exact binary value.
    ///
    /// Above 2¹²⁷ the digits are those that read back as the same number, filled up with zeros.
    ///
    /// - Precondition: There is ``room(for:)`` it.
    static func append(_ value: Double, places: Int, to text: inout OutputSpan<UInt8>) {
        let places = min(max(places, 0), mostPlaces)
        let magnitude = value.magnitude
        // |value| = significand · 2^exponent, both whole.
        let significand = magnitude.isNormal ? magnitude.significandBitPattern | 1 << 52 : magnitude.significandBitPattern
        let exponent = max(Int(magnitude.exponentBitPattern), 1) - 1075
        if exponent >= 0 {
            if value < 0 { text.append(UInt8(ascii: "-")) }
            if exponent <= 74 {
                appendWide(UInt128(significand) << UInt128(exponent), decimals: 0, to: &text)
            } else {
                appendHuge(magnitude, to: &text)
            }
            if places > 0 {
                text.append(UInt8(ascii: "."))
                text.append(repeating: UInt8(ascii: "0"), count: places)
            }
            return
        }
        // Below 2⁵³ · 10¹⁷ < 2¹¹⁰, so that a shift of 127 or more leaves less than a half.
        let (high, low) = significand.multipliedFullWidth(by: powers[places])
        let scaled = UInt128(high) << 64 | UInt128(low)
        let rounded = -exponent < 127 ? roundedShift(scaled, by: -exponent) : 0
        if value < 0 && rounded > 0 { text.append(UInt8(ascii: "-")) }
        appendWide(rounded, decimals: places, to: &text)
    }

    /// The most decimals.
    private static let mostPlaces = 17
    /// 10⁰ to 10¹⁹; no array, which would be counted for each number.
    private static let powers: [20 of UInt64] = [
        1, 10, 100, 1000, 10000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000, 1_000_000_000_000,
        10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000,
        10_000_000_000_000_000_000,
    ]

    /// - Parameter shift: 1 to 126.
    private static func roundedShift(_ number: UInt128, by shift: Int) -> UInt128 {
        let (quotient, half) = (number &>> UInt128(shift), UInt128(1) &<< UInt128(shift - 1))
        let rest = number & (half &<< 1 &- 1)
        return rest > half || (rest == half && quotient & 1 == 1) ? quotient + 1 : quotient
    }

    /// Appends the digits of a number that may have more than 64 bits, with a point before the last `decimals`.
    private static func appendWide(_ number: UInt128, decimals: Int, to text: inout OutputSpan<UInt8>) {
        guard number > UInt128(UInt64.max) else { return append(UInt64(truncatingIfNeeded: number), decimals: decimals, to: &text) }
        // Nothing of the trade has so many digits: they are taken one by one.
        let digits = Array(String(number).utf8)
        for (place, digit) in digits.enumerated() {
            if place == digits.count - decimals { text.append(UInt8(ascii: ".")) }
            text.append(digit)
        }
    }

    /// Appends the digits of a number, at least one before the point, which stands before the last `decimals`.
    private static func append(_ number: UInt64, decimals: Int, to text: inout OutputSpan<UInt8>) {
        let length = max(count(of: number), decimals + 1) + (decimals > 0 ? 1 : 0)
        text.withUnsafeMutableBufferPointer { space, used in
            var (rest, end) = (number, used + length)
            /// From the last digit on, two at a time: each step waits for the one before.
            func put(_ digits: Int) {
                for _ in 0..<(digits / 2) {
                    let pair = UInt32(truncatingIfNeeded: rest % 100)
                    rest /= 100
                    // A tenth of what is below a hundred.
                    let ten = (pair &* 103) &>> 10
                    end -= 2
                    space[end] = UInt8(truncatingIfNeeded: ten) &+ UInt8(ascii: "0")
                    space[end + 1] = UInt8(truncatingIfNeeded: pair &- ten &* 10) &+ UInt8(ascii: "0")
                }
                guard digits & 1 == 1 else { return }
                end -= 1
                space[end] = UInt8(truncatingIfNeeded: rest % 10) &+ UInt8(ascii: "0")
                rest /= 10
            }
            if decimals > 0 {
                put(decimals)
                end -= 1
                space[end] = UInt8(ascii: ".")
            }
            put(end - used)
            used += length
        }
    }

    /// Digits of a number; of zero, one.
    private static func count(of number: UInt64) -> Int {
        // 1233 / 4096 is the logarithm of 2 to base 10, near enough for 64 bits.
        let least = ((64 - (number | 1).leadingZeroBitCount) * 1233) >> 12
        return least + ((number | 1) >= powers[least] ? 1 : 0)
    }

    /// Takes `1.25e+300` apart.
    private static func appendHuge(_ magnitude: Double, to text: inout OutputSpan<UInt8>) {
        let parts = magnitude.description.split(separator: "e")
        let (whole, fraction) = (parts[0].prefix { $0 != "." }, parts[0].drop { $0 != "." }.dropFirst())
        let digits = Array(whole.utf8) + (fraction == "0" ? [] : Array(fraction.utf8))
        let exponent = parts.count > 1 ? Int(parts[1].drop { $0 == "+" }) ?? 0 : 0
        for digit in digits { text.append(digit) }
        text.append(repeating: UInt8(ascii: "0"), count: max(0, whole.count + exponent - digits.count))
    }
}
