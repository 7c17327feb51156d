import Foundation
import Statistics
import Testing

/// Our fits against those of R's lme4 on the same data; docs/verification/README.md says how its answers were made.
@Suite struct Lme4AgreementTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs/verification")

    /// The rows of a fixture after its heading, split at commas.
    private func rows(_ name: String) throws -> [[Substring]] {
        let text = try String(contentsOf: Self.folder.appending(path: name + ".csv"), encoding: .utf8)
        return text.split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
    }

    private func numbers(_ name: String) throws -> [[Double]] {
        try rows(name).map { row in try row.map { try #require(Double($0)) } }
    }

    private func answers(_ model: String) throws -> [String: Double] {
        var result: [String: Double] = [:]
        for row in try rows("lme4_answers") where row[0] == model {
            let value: Double = try #require(Double(row[2]))
            result[String(row[1])] = value
        }
        return result
    }

    @Test("adaptive quadrature with 21 points", arguments: ["counts_sparse", "counts_dense", "shares_few", "shares_many"])
    func quadrature(model: String) throws {
        let observations = try numbers(model).map { row -> Observation in
            model.hasPrefix("counts") ? .count(events: row[2], exposure: row[1]) : .share(events: row[2], trials: row[1])
        }
        let fit = try #require(try fitRandomIntercept(observations, rule: try rule21.get()))
        let answers = try answers(model)
        let (mu, sigma) = (try #require(answers["mu"]), try #require(answers["sigma"]))
        // lme4's optimiser stops at about five digits; ours goes on.
        #expect(abs(fit.location / mu - 1) < 1e-3)
        #expect(abs(fit.spread / sigma - 1) < 1e-3)
        #expect(fit.place == .interior && fit.gain > 0)
    }

    @Test("restricted maximum likelihood of means")
    func means() throws {
        let answers = try answers("means")
        let noise = try #require(answers["noise"])
        let units = Dictionary(grouping: try numbers("means"), by: { $0[0] })
        let observations = units.values.map { rows -> Observation in
            .mean(value: rows.reduce(0) { $0 + $1[1] } / Double(rows.count), variance: noise * noise / Double(rows.count))
        }
        let fit = try #require(try fitRandomIntercept(observations, rule: try rule21.get()))
        #expect(abs(fit.location / (try #require(answers["mu"])) - 1) < 1e-6)
        #expect(abs(fit.spread / (try #require(answers["sigma"])) - 1) < 1e-4)
    }

    private func cells(_ model: String) throws -> [RatingCell] {
        try numbers(model).map { RatingCell(target: Int($0[0]) - 1, rater: Int($0[1]) - 1, count: 1, sum: $0[2], sumOfSquares: $0[2] * $0[2]) }
    }

    @Test("crossed targets and raters, every cell filled: Henderson's method III is REML")
    func crossedFull() throws {
        let found = try CrossedEffects(try cells("crossed_full"), targets: 20, raters: 15)
        let answers = try answers("crossed_full")
        #expect(abs(found.variances.target / (try #require(answers["target"])) - 1) < 1e-4)
        #expect(abs(found.variances.rater / (try #require(answers["rater"])) - 1) < 1e-4)
        #expect(abs(found.variances.noise / (try #require(answers["noise"])) - 1) < 1e-4)
        try compareMeans(found, "crossed_full_fixed", within: 1e-6)
    }

    /// Two estimates of one thing, from 360 values: they need not agree to more than a part of their error.
    @Test("crossed targets and raters on a third of the cells")
    func crossedSparse() throws {
        let found = try CrossedEffects(try cells("crossed_sparse"), targets: 40, raters: 30)
        let answers = try answers("crossed_sparse")
        #expect(abs(found.variances.target / (try #require(answers["target"])) - 1) < 0.1)
        #expect(abs(found.variances.rater / (try #require(answers["rater"])) - 1) < 0.25)
        #expect(abs(found.variances.noise / (try #require(answers["noise"])) - 1) < 0.05)
        try compareMeans(found, "crossed_sparse_fixed", within: 0.15)
    }

    private func compareMeans(_ found: CrossedEffects, _ model: String, within: Double) throws {
        let answers = try answers(model)
        for (place, target) in found.targets.enumerated() {
            let adjusted = try #require(target)
            #expect(abs(adjusted.mean - (try #require(answers["target\(place + 1)"]))) < within)
            #expect(abs(adjusted.variance / (try #require(answers["variance\(place + 1)"])) - 1) < 0.12)
        }
    }
}
