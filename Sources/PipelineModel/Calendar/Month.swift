/// A calendar month, counted from year 0.
public struct Month: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Months since January of year 0: `year * 12 + (monthOfYear - 1)`.
    public let index: Int32

    /// The month with this index.
    public init(index: Int32) {
        self.index = index
    }

    /// The month of a year; `monthOfYear` counts from 1.
    public init(year: Int, monthOfYear: Int) {
        self.index = Int32(year * 12 + monthOfYear - 1)
    }

    /// The month written as `2025-11`; `nil` for any other shape.
    public init?(iso text: some StringProtocol) {
        guard let first = CalendarDate(iso: String(text) + "-01") else { return nil }
        self = first.month
    }

    /// The calendar year.
    public var year: Int { Int(index) / 12 }

    /// 1 to 12.
    public var monthOfYear: Int { Int(index) % 12 + 1 }

    /// The month's first day.
    public var firstDay: CalendarDate {
        // A month index always names a real first day, so the fallback is never taken.
        CalendarDate(year: year, month: monthOfYear, day: 1) ?? CalendarDate(dayNumber: 0)
    }

    /// The month's last day.
    public var lastDay: CalendarDate { firstDay.adding(days: dayCount - 1) }

    /// 28 to 31.
    public var dayCount: Int { CalendarDate.days(inMonth: monthOfYear, year: year) }

    /// `2025-11`.
    public var description: String {
        paddedDecimal(year, width: 4) + "-" + paddedDecimal(monthOfYear, width: 2)
    }

    public static func < (left: Month, right: Month) -> Bool { left.index < right.index }

    /// The month `count` later (earlier if negative).
    public func adding(_ count: Int) -> Month { Month(index: index + Int32(count)) }
}

/// A run of complete months, both ends included.
public struct MonthWindow: Hashable, Sendable {
    /// The first month of the window.
    public let first: Month
    /// The last month of the window.
    public let last: Month

    /// The window from `first` to `last`, both included.
    public init(first: Month, last: Month) {
        self.first = first
        self.last = last
    }

    /// The trailing window of `count` *complete* months up to and including `asOf`.
    ///
    /// A month is complete when its last day is not after `asOf`.
    public init(trailing count: Int, asOf: CalendarDate) {
        let last = asOf.month.lastDay == asOf ? asOf.month : asOf.month.adding(-1)
        self.init(first: last.adding(1 - count), last: last)
    }

    /// Every month of the window, in order.
    public var months: [Month] { stride(from: first.index, through: last.index, by: 1).map(Month.init(index:)) }

    /// Whether the month lies in the window.
    public func contains(_ month: Month) -> Bool { first <= month && month <= last }

    /// Whether the day lies in a month of the window.
    public func contains(_ day: CalendarDate) -> Bool { first.firstDay <= day && day <= last.lastDay }
}
