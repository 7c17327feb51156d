import PipelineModel

/// What one field of a row says, in sixteen bytes without a reference: rows come by the million, and whatever holds a String is counted at every copy.
struct ParsedValue: Hashable, Sendable {
    enum Kind: UInt8, Sendable {
        case missing
        /// The bytes lie elsewhere: with whoever parsed them.
        case text
        case integer, decimal, date, timestamp, flag, category
    }

    /// A whole number; a number in units of its field's last decimal; a day's number; seconds since 1970; 0 or 1; a category's place in its list.
    let number: Int64
    /// Index of the month of a date or timestamp: it is known when the day is parsed, and working it out again takes divisions.
    let month: Int32
    let kind: Kind

    init(_ kind: Kind, _ number: Int64 = 0, month: Int32 = 0) { (self.kind, self.number, self.month) = (kind, number, month) }

    static let missing = ParsedValue(.missing)
    static let text = ParsedValue(.text)
    static func date(_ day: CalendarDate) -> ParsedValue { ParsedValue(.date, Int64(day.dayNumber), month: day.month.index) }
    static func timestamp(_ time: Timestamp) -> ParsedValue { ParsedValue(.timestamp, time.seconds, month: time.date.month.index) }
    static func flag(_ flag: Bool) -> ParsedValue { ParsedValue(.flag, flag ? 1 : 0) }
    static func category(_ place: Int) -> ParsedValue { ParsedValue(.category, Int64(place)) }

    /// Whether nothing was written.
    @inline(__always)
    var isMissing: Bool { kind == .missing }

    /// The number of the day of a date or of a timestamp; `nil` for anything else.
    @inline(__always)
    var dayNumber: Int32? {
        switch kind {
        case .date: Int32(truncatingIfNeeded: number)
        case .timestamp: Int32(truncatingIfNeeded: (number >= 0 ? number : number - 86_399) / 86_400)
        default: nil
        }
    }

    var day: CalendarDate? { dayNumber.map { CalendarDate(dayNumber: $0) } }

    /// The number of an integer or decimal, in its own unit.
    @inline(__always)
    var quantity: Int64? { kind == .integer || kind == .decimal ? number : nil }

    var category: Int? { kind == .category ? Int(number) : nil }
    var timestamp: Timestamp? { kind == .timestamp ? Timestamp(seconds: number) : nil }
}

/// The values of one row, one for each field of the role, in a buffer that is used for row after row.
typealias Row = UnsafeMutableBufferPointer<ParsedValue>
