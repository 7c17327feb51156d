import PipelineModel

/// One column of an export, and what may go wrong in it.
struct ExportColumn: Sendable {
    enum Kind: Sendable {
        /// Names the row in its own system.
        case key
        case identifier
        /// One of a closed list of words.
        case word
        case day
        case moment
        case number
        case text
    }

    let name: String
    let kind: Kind
    /// Whether a row without it must be rejected.
    let required: Bool

    init(_ name: String, _ kind: Kind, required: Bool = false) {
        self.name = name
        self.kind = kind
        self.required = required
    }
}

/// How one system writes its export.
struct ExportLayout: Sendable {
    var columns: [ExportColumn]
    var encoding: ExportEncoding
    var delimiter: UInt8 = UInt8(ascii: ",")
    var lineEnding: ExportLineEnding = .lf
    var dates: DateStyle = .iso
    /// Whether cells are quoted that need not be.
    var quotesEveryCell = false
    /// The number that differs where a row is delivered twice with different content; `nil`: that does not happen.
    var conflict: Int?
    var defects: [Defect] = []
    /// Whether rows are delivered twice, cells have blanks around them and digits are full-width at times.
    var isUntidy = true
}

/// How the lines of an export end.
enum ExportLineEnding: Sendable {
    case lf, crlf

    var text: String { self == .lf ? "\n" : "\r\n" }
}

/// How a system writes days.
enum DateStyle: Sendable {
    /// 2025-11-03
    case iso
    /// 2025/11/3
    case slashes
    /// 2025年11月3日
    case chinese
    /// 20251103
    case compact
    /// Any of these, by who typed it.
    case mixed

    func text(_ day: CalendarDate, using generator: inout SeededGenerator) -> String {
        let parts = day.components
        switch self {
        case .iso: return day.description
        case .slashes: return "\(parts.year)/\(parts.month)/\(parts.day)"
        case .chinese: return "\(parts.year)年\(parts.month)月\(parts.day)日"
        case .compact: return padded(parts.year, 4) + padded(parts.month, 2) + padded(parts.day, 2)
        case .mixed:
            let style: DateStyle = generator.weighted((.iso, 0.7), (.slashes, 0.15), (.chinese, 0.1), (.compact, 0.05))
            return style.text(day, using: &generator)
        }
    }
}

/// What can be wrong with a row, and the check that must find it.
enum Defect: String, Sendable {
    case wrongFieldCount, unknownValue, impossibleDate, missingValue, negativeNumber

    var check: String {
        switch self {
        case .wrongFieldCount: "WrongFieldCount"
        case .unknownValue: "UnknownValue"
        case .impossibleDate: "NotADate"
        case .missingValue: "MissingValue"
        case .negativeNumber: "NumberOutOfRange"
        }
    }
}

/// One cell before the system has written it.
enum ExportCell: Sendable {
    case text(String)
    case day(CalendarDate?)
    case moment(Timestamp?)

    static var empty: ExportCell { .text("") }

    static func integer(_ value: Int) -> ExportCell { .text(String(value)) }

    /// One decimal: `87.5`.
    static func mark(_ value: Double) -> ExportCell {
        let tenths = Int((min(max(value, 0), 100) * 10).rounded())
        return .text(tenths % 10 == 0 ? String(tenths / 10) : "\(tenths / 10).\(tenths % 10)")
    }
}
