/// A day and a time of day as a system wrote them, without a time zone, to the second.
public struct Timestamp: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Seconds since 1970-01-01 00:00:00 on the clock of the system that wrote it.
    public let seconds: Int64

    /// The instant `seconds` after 1970-01-01 00:00:00.
    public init(seconds: Int64) {
        self.seconds = seconds
    }

    /// A time of a day, in seconds after midnight (0 to 86399).
    public init(_ date: CalendarDate, secondOfDay: Int = 0) {
        self.seconds = Int64(date.dayNumber) * 86_400 + Int64(secondOfDay)
    }

    /// The instant written as `2025-11-03T09:32:09` or `2025-11-03 09:32:09`; `nil` for any other shape.
    public init?(iso text: some StringProtocol) {
        let scalars = Array(text.utf8)
        guard scalars.count == 19, scalars[10] == UInt8(ascii: "T") || scalars[10] == UInt8(ascii: " "),
            let date = CalendarDate(iso: String(decoding: scalars[0..<10], as: UTF8.self)),
            scalars[13] == UInt8(ascii: ":"), scalars[16] == UInt8(ascii: ":"),
            let hour = Int(String(decoding: scalars[11..<13], as: UTF8.self)), (0...23).contains(hour),
            let minute = Int(String(decoding: scalars[14..<16], as: UTF8.self)), (0...59).contains(minute),
            let second = Int(String(decoding: scalars[17..<19], as: UTF8.self)), (0...59).contains(second)
        else { return nil }
        self.init(date, secondOfDay: hour * 3600 + minute * 60 + second)
    }

    /// The day that the instant lies in.
    public var date: CalendarDate {
        CalendarDate(dayNumber: Int32((seconds >= 0 ? seconds : seconds - 86_399) / 86_400))
    }

    /// `2025-11-03T09:32:09`.
    public var description: String {
        let second = Int(seconds - Int64(date.dayNumber) * 86_400)
        return "\(date)T" + [second / 3600, second / 60 % 60, second % 60].map { paddedDecimal($0, width: 2) }.joined(separator: ":")
    }

    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.seconds < right.seconds }

    /// Whole days that have passed from `earlier` to this instant: 24 hours each, a begun one not counted; negative where this instant is the earlier one.
    public func elapsedDays(since earlier: Timestamp) -> Int {
        let difference = seconds - earlier.seconds
        return Int((difference >= 0 ? difference : difference - 86_399) / 86_400)
    }
}
