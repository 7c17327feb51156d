import PipelineModel

/// Findings as they are printed: all checks, but of each only so many, so that a broken export does not bury the rest.
enum FindingLines {
    /// Findings of one check that are printed before the rest is only counted.
    static let shownOfOneCheck = 50

    /// - Parameter table: Where the rest can be read.
    static func lines(_ findings: [Finding], table: String) -> [String] {
        let counts = Dictionary(findings.map { ($0.check, 1) }, uniquingKeysWith: +)
        var shown: [Finding.Check: Int] = [:]
        var lines: [String] = []
        for finding in findings.sorted() {
            shown[finding.check, default: 0] += 1
            if shown[finding.check, default: 0] <= shownOfOneCheck { lines.append(finding.description) }
        }
        for (check, count) in counts.sorted(by: { $0.key < $1.key }) where count > shownOfOneCheck {
            lines.append("[\(check)] and \(count - shownOfOneCheck) more, see \(table)")
        }
        return lines
    }
}
