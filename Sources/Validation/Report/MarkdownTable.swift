import Foundation

/// A table of a markdown document.
struct MarkdownTable {
    let columns: [String]
    var rows: [[String]] = []

    init(_ columns: String...) {
        self.columns = columns
    }

    mutating func add(_ cells: String...) {
        rows.append(cells)
    }

    /// Lines; the first column is to the left, the others are to the right.
    var text: String {
        let rule = columns.indices.map { $0 == 0 ? "---" : "---:" }
        return ([columns, rule] + rows).map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
    }
}

/// 0.1234 as 12.3%.
func percent(_ value: Double, digits: Int = 1) -> String {
    number(100 * value, digits: digits) + "%"
}

/// 0.1234 ± 0.0012 as 12.3% ± 0.1.
func percent(_ estimate: Estimate) -> String {
    "\(percent(estimate.mean)) ± \(number(100 * estimate.standardError, digits: 1))"
}

/// With so many decimals, as everywhere: no grouping, a point, no minus before zero.
func number(_ value: Double, digits: Int) -> String {
    let text = String(format: "%.\(digits)f", value)
    return text.hasPrefix("-") && !text.contains(where: { ("1"..."9").contains($0) }) ? String(text.dropFirst()) : text
}
