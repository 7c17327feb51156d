/// A day of the proleptic Gregorian calendar, without a time zone.
///
/// Stored as the number of days since 1970-01-01, so that comparing and counting days is integer arithmetic.
public struct CalendarDate: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Days since 1970-01-01; negative before it.
    public let dayNumber: Int32

    /// The day that lies `dayNumber` days after 1970-01-01.
    public init(dayNumber: Int32) {
        self.dayNumber = dayNumber
    }

    /// The day named by year, month (1 to 12) and day of month; `nil` where the calendar has no such day (2025-02-30).
    ///
    /// - Source: Howard Hinnant, "chrono-compatible low-level date algorithms", `days_from_civil`.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= CalendarDate.days(inMonth: month, year: year)
        else { return nil }
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        self.dayNumber = Int32(era * 146_097 + dayOfEra - 719_468)
    }

    /// The day written as `2025-11-03`; `nil` for any other shape.
    public init?(iso text: some StringProtocol) {
        var text = String(text)
        guard let day = text.withUTF8({ CalendarDate(iso: $0) }) else { return nil }
        self = day
    }

    /// The day that stands in bytes as `2025-11-03`; `nil` for any other shape. The warehouse reads dates by the million, and need not make a text of each.
    public init?(iso bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
        func number(_ places: Range<Int>) -> Int? {
            var number = 0
            for place in places {
                guard let digit = decimalDigit(bytes[place]) else { return nil }
                number = number * 10 + digit
            }
            return number
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Year, month (1 to 12) and day of month (1 to 31).
    ///
    /// - Source: Howard Hinnant, `civil_from_days`.
    public var components: (year: Int, month: Int, day: Int) {
        let shifted = Int(dayNumber) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthShifted = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthShifted + 2) / 5 + 1
        let month = monthShifted < 10 ? monthShifted + 3 : monthShifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// The month that the day lies in.
    public var month: Month {
        let parts = components
        return Month(year: parts.year, monthOfYear: parts.month)
    }

    /// `2025-11-03`.
    public var description: String {
        let parts = components
        guard (0...9999).contains(parts.year) else {
            return paddedDecimal(parts.year, width: 4) + "-" + paddedDecimal(parts.month, width: 2) + "-" + paddedDecimal(parts.day, width: 2)
        }
        return String(unsafeUninitializedCapacity: 10) { bytes in
            CalendarDate.write(parts, to: bytes)
            return 10
        }
    }

    /// Writes the day as `2025-11-03` at the start of at least ten bytes, and makes no text of it.
    ///
    /// - Returns: Whether it did: years of more than four digits do not fit.
    public func writeISO(to bytes: UnsafeMutableBufferPointer<UInt8>) -> Bool {
        let parts = components
        guard (0...9999).contains(parts.year) else { return false }
        CalendarDate.write(parts, to: bytes)
        return true
    }

    private static func write(_ parts: (year: Int, month: Int, day: Int), to bytes: UnsafeMutableBufferPointer<UInt8>) {
        var rest = UInt32(truncatingIfNeeded: parts.year * 10_000 + parts.month * 100 + parts.day)
        for place in [9, 8, 6, 5, 3, 2, 1, 0] {
            bytes[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        (bytes[4], bytes[7]) = (UInt8(ascii: "-"), UInt8(ascii: "-"))
    }

    public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
        left.dayNumber < right.dayNumber
    }

    /// The day `days` later (earlier if negative).
    public func adding(days: Int) -> CalendarDate {
        CalendarDate(dayNumber: dayNumber + Int32(days))
    }

    /// The same day of the month `months` later, or the last day of that month where it is shorter.
    public func adding(months: Int) -> CalendarDate {
        let target = month.adding(months)
        let day = min(components.day, target.dayCount)
        return target.firstDay.adding(days: day - 1)
    }

    /// Whole days from `earlier` to this day; negative where this day is the earlier one.
    public func days(since earlier: CalendarDate) -> Int {
        Int(dayNumber) - Int(earlier.dayNumber)
    }

    /// Completed years from `earlier` to this day (an age, when `earlier` is a date of birth).
    public func completedYears(since earlier: CalendarDate) -> Int {
        let (from, to) = (earlier.components, components)
        return to.year - from.year - ((to.month, to.day) < (from.month, from.day) ? 1 : 0)
    }

    static func days(inMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

/// The digit that a byte of ASCII stands for.
func decimalDigit(_ byte: UInt8) -> Int? {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) ? Int(byte - UInt8(ascii: "0")) : nil
}

/// `value` in decimal with leading zeros up to `width` digits.
func paddedDecimal(_ value: Int, width: Int) -> String {
    let digits = String(value)
    return digits.utf8.count >= width ? digits : String(repeating: "0", count: width - digits.utf8.count) + digits
}
