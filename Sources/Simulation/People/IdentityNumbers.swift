public import PipelineModel

/// Identity numbers (GB 11643) that are valid in form and nobody's.
public enum IdentityNumbers {
    /// A division code under Wenzhou that no county has, so that no number made with it belongs to anybody.
    public static let unassignedDivision = "330399"

    /// A number of 18 characters with its check digit.
    ///
    /// - Parameter sequence: 0 to 999; odd for men, even for women.
    public static func number(birth: CalendarDate, sequence: Int, division: String = unassignedDivision) -> String {
        let day = birth.components
        let body = division + padded(day.year, 4) + padded(day.month, 2) + padded(day.day, 2) + padded(sequence, 3)
        return body + String(checkCharacter(of: body))
    }

    /// The check character of the first 17 digits: ISO 7064 MOD 11-2.
    ///
    /// - Source: GB 11643-1999, annex A.
    public static func checkCharacter(of body: String) -> Character {
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(body.utf8, weights).reduce(0) { $0 + Int($1.0 - UInt8(ascii: "0")) * $1.1 }
        return Array("10X98765432")[sum % 11]
    }

    /// The same number with a wrong check digit.
    static func spoiled(_ number: String) -> String {
        number.dropLast() + (number.hasSuffix("7") ? "3" : "7")
    }
}

/// `value` in decimal, with leading zeros up to `width` digits.
func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return digits.utf8.count >= width ? digits : String(repeating: "0", count: width - digits.utf8.count) + digits
}
