/// The configuration is wrong: every problem of every file. Executables exit with status 78.
public struct ConfigurationError: Error, Equatable, CustomStringConvertible {
    /// Sorted by file, line and column; at least one is of severity error. Warnings seen on the way are among them.
    public let findings: [Finding]

    /// An error that carries these findings, in order.
    public init(findings: [Finding]) {
        self.findings = findings.sorted()
    }

    /// One finding after the other, as `Finding.description` shows them.
    public var description: String { findings.map(\.description).joined(separator: "\n") }
}

/// A pipeline that was read without an error, and what is worth knowing about its configuration all the same.
public struct LoadedPipeline: Hashable, Sendable {
    /// What the night runs by.
    public var pipeline: Pipeline
    /// Warnings and notes, sorted: an indicator of a source that has no contract.
    public var findings: [Finding]

    /// A pipeline with its findings.
    public init(pipeline: Pipeline, findings: [Finding]) {
        self.pipeline = pipeline
        self.findings = findings
    }
}

/// Collects what is wrong, so that it is reported at once. What is seen twice (an inherited key of several versions) is told once.
final class ConfigurationProblems {
    private var findings: Set<Finding> = []

    var sorted: [Finding] { findings.sorted() }
    var hasErrors: Bool { findings.contains { $0.severity == .error } }

    func add(_ more: [Finding]) { findings.formUnion(more) }

    func report(
        _ check: Finding.Check, _ severity: Finding.Severity = .error, at place: YAMLPlace, value: String? = nil, _ message: String, hint: String? = nil
    ) {
        report(check, severity, at: place.location, value: value, message, hint: hint)
    }

    func report(
        _ check: Finding.Check, _ severity: Finding.Severity = .error, at location: Finding.Location, value: String? = nil, _ message: String,
        hint: String? = nil
    ) {
        findings.insert(Finding(check, severity, at: location, value: value, message: message, hint: hint))
    }
}
