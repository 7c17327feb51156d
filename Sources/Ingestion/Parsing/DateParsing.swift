import PipelineModel

/// Days and times as exports write them, from bytes: no String, no locale, no guess.
enum DateParsing {
    /// A day and, where it is written, the second of the day.
    struct Parsed {
        let date: CalendarDate
        let secondOfDay: Int
    }

    /// Reads `2025-11-03`, `2025/11/3`, `2025.11.3`, `2025年11月3日`, `20251103`, and where the contract says so `11/3/2025` either way round;
    /// each may be followed by a blank or `T` and `9:32` or `09:32:09`, with fractions of a second dropped.
    ///
    /// - Returns: `nil` for any other shape and for days that no calendar has.
    static func parse(_ bytes: UnsafeBufferPointer<UInt8>, shapes: [DateShape]) -> Parsed? {
        if let date = commonDate(bytes) { return Parsed(date: date, secondOfDay: 0) }
        var scanner = Scanner(bytes: bytes)
        guard let date = scanDate(&scanner, shapes: shapes) else { return nil }
        if scanner.isAtEnd { return Parsed(date: date, secondOfDay: 0) }
        guard scanner.skip(UInt8(ascii: " ")) || scanner.skip(UInt8(ascii: "T")), let second = scanTime(&scanner) else { return nil }
        return Parsed(date: date, secondOfDay: second)
    }

    /// `2025-11-03`, as nearly every export writes it; `nil` says nothing.
    private static func commonDate(_ bytes: UnsafeBufferPointer<UInt8>) -> CalendarDate? {
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
        func number(_ places: Range<Int>) -> Int {
            var value = 0
            for place in places {
                let digit = Int(bytes[place]) - Int(UInt8(ascii: "0"))
                // Anything but a digit makes a number that no part of a date has.
                value = value * 10 + (0...9 ~= digit ? digit : 100_000)
            }
            return value
        }
        return CalendarDate(year: number(0..<4), month: number(5..<7), day: number(8..<10))
    }

    private static func scanDate(_ scanner: inout Scanner, shapes: [DateShape]) -> CalendarDate? {
        guard let first = scanner.number() else { return nil }
        if first.digits == 8, scanner.isAtEnd || scanner.isAtTimeSeparator {
            return CalendarDate(year: first.value / 10_000, month: first.value / 100 % 100, day: first.value % 100)
        }
        if first.digits == 4 {
            if let separator = scanner.skipSeparator() {
                guard let month = scanner.number(), scanner.skip(separator), let day = scanner.number(), month.digits <= 2, day.digits <= 2
                else { return nil }
                return CalendarDate(year: first.value, month: month.value, day: day.value)
            }
            guard scanner.skip("年"), let month = scanner.number(), scanner.skip("月"), let day = scanner.number(), scanner.skip("日"),
                month.digits <= 2, day.digits <= 2
            else { return nil }
            return CalendarDate(year: first.value, month: month.value, day: day.value)
        }
        guard first.digits <= 2, scanner.skip(UInt8(ascii: "/")), let second = scanner.number(), second.digits <= 2,
            scanner.skip(UInt8(ascii: "/")), let year = scanner.number(), year.digits == 4
        else { return nil }
        // Without the contract's word 3/4/2025 could be read two ways, so it is not read at all.
        if shapes.contains(.monthDayYear) { return CalendarDate(year: year.value, month: first.value, day: second.value) }
        if shapes.contains(.dayMonthYear) { return CalendarDate(year: year.value, month: second.value, day: first.value) }
        return nil
    }

    private static func scanTime(_ scanner: inout Scanner) -> Int? {
        guard let hour = scanner.number(), hour.digits <= 2, hour.value < 24, scanner.skip(UInt8(ascii: ":")),
            let minute = scanner.number(), minute.digits == 2, minute.value < 60
        else { return nil }
        var second = 0
        if scanner.skip(UInt8(ascii: ":")) {
            guard let seconds = scanner.number(), seconds.digits == 2, seconds.value < 60 else { return nil }
            second = seconds.value
            if scanner.skip(UInt8(ascii: ".")), scanner.number() == nil { return nil }
        }
        return scanner.isAtEnd ? hour.value * 3600 + minute.value * 60 + second : nil
    }

    private struct Scanner {
        let bytes: UnsafeBufferPointer<UInt8>
        var position = 0

        init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

        var isAtEnd: Bool { position == bytes.count }
        var isAtTimeSeparator: Bool { !isAtEnd && (bytes[position] == UInt8(ascii: " ") || bytes[position] == UInt8(ascii: "T")) }

        /// A run of 1 to 9 digits.
        mutating func number() -> (value: Int, digits: Int)? {
            let start = position
            var value = 0
            while position < bytes.count, position - start < 9, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) {
                value = value * 10 + Int(bytes[position] - UInt8(ascii: "0"))
                position += 1
            }
            return position > start ? (value, position - start) : nil
        }

        /// Skips and returns one of `-`, `/` and `.`.
        mutating func skipSeparator() -> UInt8? {
            guard position < bytes.count else { return nil }
            let byte = bytes[position]
            guard byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".") else { return nil }
            position += 1
            return byte
        }

        mutating func skip(_ byte: UInt8) -> Bool {
            guard position < bytes.count, bytes[position] == byte else { return false }
            position += 1
            return true
        }

        mutating func skip(_ text: StaticString) -> Bool {
            let length = text.utf8CodeUnitCount
            guard position + length <= bytes.count else { return false }
            for index in 0..<length where bytes[position + index] != text.utf8Start[index] { return false }
            position += length
            return true
        }
    }
}
