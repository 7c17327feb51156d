import PipelineModel

/// Parses one column: bytes that are trimmed, normalised and not empty, into a value.
final class FieldParser: Sendable {
    /// Days from 1900 to 2100: anything else is a slip of the keyboard (year 0209), whatever the calendar says.
    private static let sensibleDays = (first: CalendarDate(dayNumber: -25_567), last: CalendarDate(dayNumber: 47_846))
    private static let yes = ["是", "true", "TRUE", "True", "yes", "Y", "y", "1"]
    private static let no = ["否", "false", "FALSE", "False", "no", "N", "n", "0"]
    /// Longest text that a field may hold, in bytes.
    static let maximumTextBytes = 16_384

    let type: FieldType
    private let isDate: Bool
    /// Whether the value is an identity number, of which only a keyed hash is kept.
    let isIdentity: Bool
    private let shapes: [DateShape]
    private let minimum: Double?
    private let maximum: Double?
    /// Beyond this many units of the last decimal nothing is a mark, a year or a count; and sums of squares of what lies within stay exact.
    private static let largestNumber: Int64 = 10_000_000
    private let spellings: Spellings
    private let replacements: [(written: [UInt8], meant: [UInt8])]
    let expectation: String

    init(field: SourceField, mapping: ColumnMapping) {
        type = field.type
        isDate = field.type == .date
        isIdentity = field.type == .identityNumber
        shapes = mapping.dates
        minimum = mapping.minimum
        maximum = mapping.maximum
        var spellings: [(String, ParsedValue)] = []
        switch field.type {
        case .category(let category):
            for (index, code) in category.codes.enumerated() {
                spellings.append((category.chinese[index], .category(index)))
                spellings.append((code, .category(index)))
            }
            for (spelling, code) in mapping.values {
                if let index = category.index(ofCode: code) { spellings.append((spelling, .category(index))) }
            }
            expectation = "one of " + (category.chinese + mapping.values.keys.sorted()).joined(separator: ", ")
        case .flag:
            spellings = FieldParser.yes.map { ($0, .flag(true)) } + FieldParser.no.map { ($0, .flag(false)) }
            for (spelling, code) in mapping.values { spellings.append((spelling, .flag(code == "true"))) }
            expectation = "是 or 否" + (mapping.values.isEmpty ? "" : ", or one of " + mapping.values.keys.sorted().joined(separator: ", "))
        case .date, .timestamp:
            expectation = "a day such as 2025-11-03" + (mapping.dates.isEmpty ? "" : " or " + mapping.dates.map(\.rawValue).joined(separator: ", "))
        case .integer: expectation = "a whole number"
        case .decimal: expectation = "a number"
        case .text, .identityNumber: expectation = "text"
        }
        self.spellings = Spellings(spellings)
        switch field.type {
        case .text, .integer, .decimal: replacements = mapping.values.map { (Array($0.key.utf8), Array($0.value.utf8)) }
        default: replacements = []
        }
    }

    /// What a spelling of a text or number stands for, where the contract says so.
    func replacement(for written: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        replacements.isEmpty ? nil : replacements.first { $0.written.count == written.count && $0.written.elementsEqual(written) }?.meant
    }

    var hasReplacements: Bool { !replacements.isEmpty }

    /// What a listed spelling stands for; `nil` where it is not listed.
    @inline(__always)
    func spelled(_ bytes: UnsafeBufferPointer<UInt8>) -> ParsedValue? { spellings.value(of: bytes) }

    /// The least and the most that a number, in units of its last decimal, or a day's number may be: just what `parse` lets pass.
    var bounds: (least: Int64, most: Int64) {
        var (least, most) = (-FieldParser.largestNumber, FieldParser.largestNumber)
        var decimals = 0
        switch type {
        case .date, .timestamp:
            (least, most) = (Int64(FieldParser.sensibleDays.first.dayNumber), Int64(FieldParser.sensibleDays.last.dayNumber))
        case .decimal(let count): decimals = count
        default: break
        }
        func passes(_ number: Int64) -> Bool { (try? check(FieldParser.number(number, decimals: decimals), or: .numberOutOfRange)) != nil }
        // Bounds are written in the field's own unit: from near each, a step or two to where the check itself turns.
        func near(_ bound: Double) -> Int64 { Int64((0..<decimals).reduce(bound) { number, _ in number * 10 }.rounded()) }
        if let minimum, minimum.magnitude < 1e9 {
            least = max(least, near(minimum) - 2)
            while !passes(least), least < most { least += 1 }
        }
        if let maximum, maximum.magnitude < 1e9 {
            most = min(most, near(maximum) + 2)
            while !passes(most), least < most { most -= 1 }
        }
        // Where nothing passes, or a bound is beyond all numbers, every value is for `parse` to judge.
        return passes(least) && passes(most) ? (least, most) : (1, 0)
    }

    private static func number(_ scaled: Int64, decimals: Int) -> Double {
        var number = Double(scaled)
        for _ in 0..<decimals { number /= 10 }
        return number
    }

    /// In bytes.
    var longestReplacement: Int { replacements.map(\.meant.count).max() ?? 0 }

    /// Why a value was refused.
    enum Refusal: Error {
        case unknownValue, notADate, dateOutOfRange, notANumber, numberOutOfRange, badIdentityNumber, tooLong

        var check: Finding.Check {
            switch self {
            case .unknownValue: "UnknownValue"
            case .notADate: "NotADate"
            case .dateOutOfRange: "DateOutOfRange"
            case .notANumber: "NotANumber"
            case .numberOutOfRange: "NumberOutOfRange"
            case .badIdentityNumber: "BadIdentityNumber"
            case .tooLong: "FieldTooLong"
            }
        }
    }

    /// The value of a field's bytes; of a text, that it is one.
    func parse(_ bytes: UnsafeBufferPointer<UInt8>) throws(Refusal) -> ParsedValue {
        switch type {
        case .text:
            guard bytes.count <= FieldParser.maximumTextBytes else { throw .tooLong }
            return .text
        case .identityNumber:
            guard IdentityNumber.isValid(bytes) else { throw .badIdentityNumber }
            return .text
        case .integer:
            guard let number = NumberParsing.integer(bytes) else { throw .notANumber }
            guard number.magnitude <= FieldParser.largestNumber else { throw .numberOutOfRange }
            try check(Double(number), or: .numberOutOfRange)
            return ParsedValue(.integer, number)
        case .decimal(let decimals):
            guard let scaled = NumberParsing.decimal(bytes, decimals: decimals) else { throw .notANumber }
            guard scaled.magnitude <= FieldParser.largestNumber else { throw .numberOutOfRange }
            try check(FieldParser.number(scaled, decimals: decimals), or: .numberOutOfRange)
            return ParsedValue(.decimal, scaled)
        case .date, .timestamp:
            guard let parsed = DateParsing.parse(bytes, shapes: shapes) else { throw .notADate }
            guard FieldParser.sensibleDays.first <= parsed.date, parsed.date <= FieldParser.sensibleDays.last else { throw .dateOutOfRange }
            try check(Double(parsed.date.dayNumber), or: .dateOutOfRange)
            return isDate ? .date(parsed.date) : .timestamp(Timestamp(parsed.date, secondOfDay: parsed.secondOfDay))
        case .category, .flag:
            guard let value = spellings.value(of: bytes) else { throw .unknownValue }
            return value
        }
    }

    /// The value of a constant, which the configuration's check has already seen to be one.
    func constant(_ bytes: UnsafeBufferPointer<UInt8>) -> ParsedValue { (try? parse(bytes)) ?? .missing }

    private func check(_ number: Double, or refusal: Refusal) throws(Refusal) {
        if let minimum, number < minimum { throw refusal }
        if let maximum, number > maximum { throw refusal }
    }

    /// What a person can do about a refusal.
    func hint(for refusal: Refusal, contract: SourceContract) -> String {
        switch refusal {
        case .unknownValue: "mend the value in the system, or add the spelling under `values:` in \(contract.configurationFile)"
        case .notADate: "write it as 2025-11-03; if the export always writes it so, name the shape under `dates:` in \(contract.configurationFile)"
        case .dateOutOfRange: "check the year in the system"
        case .notANumber: "write digits only, with a point for decimals"
        case .numberOutOfRange: "check the value in the system, or the bounds in \(contract.configurationFile)"
        case .badIdentityNumber: "check length, date of birth and check character in the system"
        case .tooLong: "a quote or line break may be missing; otherwise shorten the text in the system"
        }
    }
}
