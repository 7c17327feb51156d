import PipelineModel

/// How a column is parsed where it is written as nearly every export writes it: in a few instructions, and with the answer of `FieldParser`, or none.
///
/// What it declines goes to `FieldParser`, which alone says what is wrong with a value; a test holds the two to the same answers.
struct QuickField: Sendable {
    private enum Form: UInt8, Sendable { case none, text, integer, decimal, date, timestamp, spelling }

    private let form: Form
    /// Whether the parser's list of spellings answers.
    var isSpelling: Bool { form == .spelling }
    private let decimals: Int
    /// What the number may be at least and at most, in the value's own unit.
    private let (least, most): (Int64, Int64)

    /// First days of the months from January 1900 to January 2101, which bound the days that `FieldParser` takes.
    private static let firstYear = 1900
    private static let monthStarts: [Int32] = (0...201 * 12).map { Month(year: firstYear, monthOfYear: 1).adding($0).firstDay.dayNumber }

    /// - Parameter parser: The column's own, whose bounds are asked for.
    init(_ parser: FieldParser) {
        var form = Form.none
        var decimals = 0
        switch parser.type {
        case .text where !parser.hasReplacements: form = .text
        case .integer where !parser.hasReplacements: form = .integer
        case .decimal(let count) where !parser.hasReplacements: (form, decimals) = (.decimal, count)
        case .date: form = .date
        case .timestamp: form = .timestamp
        case .category, .flag: form = .spelling
        default: break
        }
        (self.form, self.decimals) = (form, decimals)
        (least, most) = parser.bounds
    }

    /// The value of bytes that are trimmed, normalised and not empty; `nil` says nothing.
    @inline(__always)
    func value(_ bytes: UnsafeBufferPointer<UInt8>) -> ParsedValue? {
        switch form {
        case .none, .spelling: nil
        case .text: bytes.count <= FieldParser.maximumTextBytes ? .text : nil
        case .integer: number(bytes, .integer)
        case .decimal: number(bytes, .decimal)
        case .date: bytes.count == 10 ? date(bytes).flatMap { within($0.day) ? ParsedValue(.date, $0.day, month: $0.month) : nil } : nil
        case .timestamp: timestamp(bytes)
        }
    }

    @inline(__always)
    private func within(_ number: Int64) -> Bool { least <= number && number <= most }

    /// Digits, and after a point at most as many as the field has decimals.
    @inline(__always)
    private func number(_ bytes: UnsafeBufferPointer<UInt8>, _ kind: ParsedValue.Kind) -> ParsedValue? {
        guard bytes.count <= 12, let base = bytes.baseAddress else { return nil }
        var value: Int64 = 0
        var (place, left, digits) = (0, decimals, 0)
        while place < bytes.count {
            let digit = base[place] &- 0x30
            if digit > 9 { break }
            value = value &* 10 &+ Int64(digit)
            (place, digits) = (place + 1, digits + 1)
        }
        if place < bytes.count {
            guard decimals > 0, base[place] == 0x2E else { return nil }
            place += 1
            while place < bytes.count {
                let digit = base[place] &- 0x30
                if digit > 9 || left == 0 { return nil }
                value = value &* 10 &+ Int64(digit)
                (place, left, digits) = (place + 1, left - 1, digits + 1)
            }
        }
        guard digits > 0 else { return nil }
        for _ in 0..<left { value = value &* 10 }
        return within(value) ? ParsedValue(kind, value) : nil
    }

    /// `2025-11-03` at the start of at least ten bytes.
    @inline(__always)
    private func date(_ bytes: UnsafeBufferPointer<UInt8>) -> (day: Int64, month: Int32)? {
        let raw = UnsafeRawBufferPointer(bytes)
        // Every byte less what a date has there: digits become 0 to 9, hyphens 0.
        let word = UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self)) ^ 0x2D30_302D_3030_3030
        let tail = UInt64(UInt16(littleEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt16.self)) ^ 0x3030)
        guard ((word &+ 0x7F76_767F_7676_7676) | word) & 0x8080_8080_8080_8080 == 0, ((tail &+ 0x7676) | tail) & 0x8080 == 0 else { return nil }
        func digit(_ place: UInt64) -> Int { Int(word >> (8 * place)) & 0xF }
        let year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3)
        let (month, day) = (digit(5) * 10 + digit(6), Int(tail & 0xF) * 10 + Int(tail >> 8))
        let place = (year - QuickField.firstYear) * 12 + month - 1
        let monthStarts = QuickField.monthStarts
        guard month >= 1, month <= 12, place >= 0, place + 1 < monthStarts.count, day >= 1 else { return nil }
        let number = monthStarts[place] + Int32(truncatingIfNeeded: day) - 1
        return number < monthStarts[place + 1] ? (Int64(number), Int32(truncatingIfNeeded: year * 12 + month - 1)) : nil
    }

    /// A day alone, or with a time of day behind a blank or `T`: `09:32` or `09:32:09`.
    @inline(__always)
    private func timestamp(_ bytes: UnsafeBufferPointer<UInt8>) -> ParsedValue? {
        guard bytes.count == 10 || bytes.count == 16 || bytes.count == 19, let date = date(bytes), within(date.day) else { return nil }
        var second: Int64 = 0
        if bytes.count > 10 {
            guard bytes[10] == 0x20 || bytes[10] == 0x54, bytes[13] == 0x3A, let hour = pair(bytes, 11), let minute = pair(bytes, 14), hour < 24, minute < 60
            else { return nil }
            second = hour * 3600 + minute * 60
            if bytes.count == 19 {
                guard bytes[16] == 0x3A, let seconds = pair(bytes, 17), seconds < 60 else { return nil }
                second += seconds
            }
        }
        return ParsedValue(.timestamp, date.day * 86_400 + second, month: date.month)
    }

    /// Two digits.
    @inline(__always)
    private func pair(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int) -> Int64? {
        let (ten, one) = (bytes[place] &- 0x30, bytes[place + 1] &- 0x30)
        return ten <= 9 && one <= 9 ? Int64(ten) * 10 + Int64(one) : nil
    }
}
