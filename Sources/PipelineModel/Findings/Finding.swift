/// A problem that the pipeline saw in its input or configuration, as data: something a person can find, understand and mend.
public struct Finding: Hashable, Sendable {
    /// How much a finding matters to the run.
    public enum Severity: String, Comparable, CaseIterable, Sendable {
        /// Worth knowing; nothing is wrong.
        case note
        /// Something was set aside or looks odd; the run's result stands.
        case warning
        /// A person must look: the run ends with exit status 1 at best.
        case error

        public static func < (left: Severity, right: Severity) -> Bool { left.order < right.order }
        private var order: Int {
            switch self {
            case .note: 0
            case .warning: 1
            case .error: 2
            }
        }
    }

    /// The rule that was broken, in the imperative or as a noun: `UnknownValue`, `WrongFieldCount`.
    public let check: Check
    /// How much it matters.
    public let severity: Severity
    /// Where it was seen.
    public let location: Location
    /// What was found there, as written; masked where the column is private; `nil` where there is nothing to show.
    public let value: String?
    /// One sentence: what is wrong.
    public let message: String
    /// One sentence: what a person can do about it.
    public let hint: String?

    /// A finding of `check` at a place.
    public init(_ check: Check, _ severity: Severity, at location: Location, value: String? = nil, message: String, hint: String? = nil) {
        self.check = check
        self.severity = severity
        self.location = location
        self.value = value
        self.message = message
        self.hint = hint
    }
}

extension Finding {
    /// The name of a rule. Each library declares its own as static members beside the code that checks them.
    public struct Check: Hashable, Comparable, Sendable, RawRepresentable, ExpressibleByStringLiteral, CustomStringConvertible {
        public let rawValue: String

        public init(rawValue: String) { self.rawValue = rawValue }
        public init(stringLiteral value: String) { self.rawValue = value }
        public var description: String { rawValue }
        public static func < (left: Check, right: Check) -> Bool { left.rawValue < right.rawValue }
    }

    /// A place in a file; every part but the file may be unknown.
    public struct Location: Hashable, Sendable {
        /// The file's path, relative to the input or configuration folder it was found in.
        public let file: String
        /// Counts from 1: the line where the record or the YAML node starts.
        public let line: Int?
        /// Counts from 1: the field's place in the record, or the character's in a line of YAML.
        public let column: Int?
        /// The column's name in the export, or the YAML key.
        public let field: String?

        /// A place in `file`.
        public init(file: String, line: Int? = nil, column: Int? = nil, field: String? = nil) {
            self.file = file
            self.line = line
            self.column = column
            self.field = field
        }
    }
}

extension Finding: CustomStringConvertible {
    /// `petitions.csv:1842:7 error [UnknownValue] finding "属 实" is not one of …`, and the hint on a line of its own.
    public var description: String {
        var place = location.file
        if let line = location.line { place += ":\(line)" }
        if let column = location.column { place += ":\(column)" }
        return "\(place) \(severity.rawValue) [\(check)] \(message)" + (hint.map { "\n  hint: \($0)" } ?? "")
    }
}

extension Finding: Comparable {
    /// By file, line, column, then check and message: the order in which a person would mend them, and the same on every run.
    public static func < (left: Finding, right: Finding) -> Bool {
        if left.location.file != right.location.file { return left.location.file < right.location.file }
        let (a, b) = ((left.location.line ?? 0, left.location.column ?? 0), (right.location.line ?? 0, right.location.column ?? 0))
        if a != b { return a < b }
        if left.check != right.check { return left.check < right.check }
        return left.message < right.message
    }
}
