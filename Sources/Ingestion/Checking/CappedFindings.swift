import PipelineModel

/// Findings of one check: the first ones by name, the rest as a number.
struct CappedFindings {
    private static let named = 20

    private let check: Finding.Check
    private let severity: Finding.Severity
    private var kept: [Finding] = []
    private var count = 0

    init(_ check: Finding.Check, _ severity: Finding.Severity = .warning) {
        self.check = check
        self.severity = severity
    }

    mutating func add(_ place: Finding.Location, value: String? = nil, hint: String? = nil, _ message: () -> String) {
        count += 1
        if count <= CappedFindings.named { kept.append(Finding(check, severity, at: place, value: value, message: message(), hint: hint)) }
    }

    var findings: [Finding] {
        guard count > CappedFindings.named, let file = kept.first?.location.file else { return kept }
        return kept + [
            Finding(check, severity, at: .init(file: file), message: "\(count - CappedFindings.named) further rows of this file with the same problem")
        ]
    }
}
