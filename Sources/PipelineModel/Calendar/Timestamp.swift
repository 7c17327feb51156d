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
        var text = String(text)
        guard let instant = text.withUTF8({ Timestamp(iso: $0) }) else { return nil }
        self = instant
    }

    /// The instant that stands in bytes as `2025-11-03T09:32:09`, with a `T` or a blank; `nil` for any other shape.
    public init?(iso bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count == 19, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " "), bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":"), let date = CalendarDate(iso: UnsafeBufferPointer(rebasing: bytes[..<10]))
        else { return nil }
        func pair(_ place: Int, below limit: Int) -> Int? {
            guard let ten = decimalDigit(bytes[place]), let one = decimalDigit(bytes[place + 1]), ten * 10 + one < limit else { return nil }
            return ten * 10 + one
        }
        guard let hour = pair(11, below: 24), let minute = pair(14, below: 60), let second = pair(17, below: 60) else { return nil }
        self.init(date, secondOfDay: hour * 3600 + minute * 60 + second)
    }

    /// The day that the instant lies in.
    public var date: CalendarDate {
        CalendarDate(dayNumber: Int32((seconds >= 0 ? seconds : seconds - 86_399) / 86_400))
    }

    /// `2025-11-03T09:32:09`.
    public var description: String {
        let second = secondOfDay
        let isWritable = (0...9999).contains(date.components.year)
        guard isWritable else { return "\(date)T" + [second / 3600, second / 60 % 60, second % 60].map { paddedDecimal($0, width: 2) }.joined(separator: ":") }
        return String(unsafeUninitializedCapacity: 19) { writeISO(to: $0) ? 19 : 0 }
    }

    /// Writes the instant as `2025-11-03T09:32:09` at the start of at least nineteen bytes, and makes no text of it.
    ///
    /// - Returns: Whether it did: years of more than four digits do not fit.
    public func writeISO(to bytes: UnsafeMutableBufferPointer<UInt8>) -> Bool {
        guard date.writeISO(to: bytes) else { return false }
        let second = UInt32(truncatingIfNeeded: secondOfDay)
        (bytes[10], bytes[13], bytes[16]) = (UInt8(ascii: "T"), UInt8(ascii: ":"), UInt8(ascii: ":"))
        func write(_ number: UInt32, at place: Int) {
            bytes[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10)
            bytes[place + 1] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10)
        }
        write(second / 3600, at: 11)
        write(second / 60 % 60, at: 14)
        write(second % 60, at: 17)
        return true
    }

    private var secondOfDay: Int { Int(seconds - Int64(date.dayNumber) * 86_400) }

    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.seconds < right.seconds }

    /// Whole days that have passed from `earlier` to this instant: 24 hours each, a begun one not counted; negative where this instant is the earlier one.
    public func elapsedDays(since earlier: Timestamp) -> Int {
        let difference = seconds - earlier.seconds
        return Int((difference >= 0 ? difference : difference - 86_399) / 86_400)
    }
}
