import Glibc
public import PipelineModel

/// The only reader of the clock: for a run's id, and for what "yesterday" is.
public struct RunClock: Sendable {
    /// Seconds since 1970-01-01 00:00 UTC.
    public let secondsNow: @Sendable () -> Int
    /// The local calendar day of an instant given in those seconds.
    public let localDay: @Sendable (Int) -> CalendarDate

    /// A clock, for tests one that stands.
    public init(secondsNow: @escaping @Sendable () -> Int, localDay: @escaping @Sendable (Int) -> CalendarDate) {
        self.secondsNow = secondsNow
        self.localDay = localDay
    }

    /// The computer's clock and time zone.
    public static let system = RunClock(
        secondsNow: { time(nil) },
        localDay: { seconds in
            var (instant, parts) = (time_t(seconds), tm())
            localtime_r(&instant, &parts)
            return Timestamp(seconds: Int64(seconds + parts.tm_gmtoff)).date
        })

    /// The night that a run is about: the day that was asked for, or yesterday.
    ///
    /// - Throws: `NightError.usage` for a day that has not come yet.
    func asOf(_ wanted: CalendarDate?) throws(NightError) -> CalendarDate {
        let today = localDay(secondsNow())
        guard let wanted else { return today.adding(days: -1) }
        guard wanted <= today else { throw .usage("--as-of \(wanted) has not come yet; today is \(today)") }
        return wanted
    }
}
