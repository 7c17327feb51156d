import Foundation
import Warehouse

/// The study's numbers as tables for docs/linkage.md.
public struct LinkageReport {
    private let result: LinkageStudyResult

    /// A report on a study.
    public init(_ result: LinkageStudyResult) { self.result = result }

    /// Markdown: worlds, wordings, calibration, and the weights of the first world.
    public var text: String {
        [worlds.text, wordings.text, calibration.text, weights.text].joined(separator: "\n\n") + "\n"
    }

    private var worlds: MarkdownTable {
        var table = MarkdownTable("seed", "targets in words", "on the roster", "linked rightly", "linked wrongly", "for review", "precision", "recall")
        for world in result.worlds { table.rows.append(LinkageReport.cells("\(world.seed)", world.all)) }
        if result.worlds.count > 1 { table.rows.append(LinkageReport.cells("all", result.all)) }
        return table
    }

    private var wordings: MarkdownTable {
        var table = MarkdownTable("wording", "targets in words", "on the roster", "linked rightly", "linked wrongly", "for review", "precision", "recall")
        for (oddity, tally) in result.byOddity.sorted(by: { $0.key < $1.key }) { table.rows.append(LinkageReport.cells(oddity, tally)) }
        return table
    }

    private static func cells(_ name: String, _ tally: LinkageTally) -> [String] {
        [
            name, "\(tally.onRoster + tally.outsiders)", "\(tally.onRoster)", "\(tally.right)", "\(tally.wrong)", "\(tally.reviewed)",
            tally.precision.map { number($0, digits: 4) } ?? "", tally.recall.map { number($0, digits: 3) } ?? "",
        ]
    }

    private var calibration: MarkdownTable {
        var table = MarkdownTable("posterior of the likeliest", "targets", "expected right", "right")
        for place in 0..<20 {
            let bands = result.worlds.map { $0.bands[place] }
            let targets = bands.reduce(0) { $0 + $1.targets }
            if targets == 0 { continue }
            let expected = bands.reduce(0) { $0 + $1.expected } / Double(targets)
            let right = Double(bands.reduce(0) { $0 + $1.right }) / Double(targets)
            let from = Double(place) / 20
            table.add("\(number(from, digits: 2)) to \(number(from + 0.05, digits: 2))", "\(targets)", percent(expected), percent(right))
        }
        return table
    }

    private var weights: MarkdownTable {
        var table = MarkdownTable("comparison", "level", "m", "u", "bits", "pairs")
        for weight in result.worlds.first?.weights ?? [] {
            table.add(
                weight.comparison, weight.level, number(weight.m, digits: 4), number(weight.u, digits: 5), number(weight.bits, digits: 2), "\(weight.pairs)")
        }
        return table
    }
}
