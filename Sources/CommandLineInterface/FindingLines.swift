import PipelineModel

/// Findings as they are printed: all checks, but of each only so many, so that a broken export does not bury the rest. The gravest come last,
/// where the eye falls on a terminal.
enum FindingLines {
    /// Findings of one check that are printed before the rest is only counted.
    static func shown(of severity: Finding.Severity) -> Int { severity == .error ? 50 : 3 }

    /// - Parameter table: Where the rest can be read.
    static func lines(_ findings: [Finding], table: String) -> [String] {
        var seen: [Finding.Check: [Finding.Severity: Int]] = [:]
        var lines: [String] = []
        for severity in Finding.Severity.allCases.sorted() {
            for finding in findings.sorted() where finding.severity == severity {
                seen[finding.check, default: [:]][severity, default: 0] += 1
                if seen[finding.check]?[severity] ?? 0 <= shown(of: severity) { lines.append(finding.description) }
            }
            for (check, counts) in seen.sorted(by: { $0.key < $1.key }) {
                let more = (counts[severity] ?? 0) - shown(of: severity)
                if more > 0 { lines.append("[\(check)] and \(more) more, see \(table)") }
            }
        }
        return lines
    }
}
