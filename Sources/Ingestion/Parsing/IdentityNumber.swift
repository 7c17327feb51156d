import PipelineModel

/// Citizens' identity numbers, GB 11643-1999: 17 digits and a check character by ISO 7064 MOD 11-2.
enum IdentityNumber {
    private static let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    private static let checkCharacters = Array("10X98765432".utf8)

    /// Whether the characters are a well-formed number: length, digits, a real date of birth and the check character (`X` or `x`).
    static func isValid(_ number: UnsafeBufferPointer<UInt8>) -> Bool {
        guard number.count == 18 else { return false }
        var sum = 0
        for index in 0..<17 {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(number[index]) else { return false }
            sum += Int(number[index] - UInt8(ascii: "0")) * weights[index]
        }
        func digits(_ range: Range<Int>) -> Int { range.reduce(0) { $0 * 10 + Int(number[$1] - UInt8(ascii: "0")) } }
        guard CalendarDate(year: digits(6..<10), month: digits(10..<12), day: digits(12..<14)) != nil else { return false }
        let last = number[17] == UInt8(ascii: "x") ? UInt8(ascii: "X") : number[17]
        return last == checkCharacters[sum % 11]
    }
}
