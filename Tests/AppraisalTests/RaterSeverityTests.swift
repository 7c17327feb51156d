import Foundation
import PipelineModel
import Statistics
import Testing
import Warehouse

@testable import Appraisal

/// Marks are freed of how severe their raters are: lenient ones lift nobody, severe ones hurt nobody.
@Suite struct RaterSeverityTests {
    private static let months = (1...11).map { $0 < 10 ? "2025-0\($0)" : "2025-\($0)" }

    /// Cadres `K1000…` of true levels 80 ± 4, raters of severities ± 6, marks ± 5 beside.
    private struct Rated {
        var world: World
        var levels: [String: Double] = [:]
        var severities: [Double]

        /// - Parameters:
        ///   - marks: Of each cadre.
        ///   - choose: The raters who may meet the cadre of this place.
        init(cadres: Int = 60, raters: Int = 40, marks: Int = 10, seed: UInt64, choose: (Int, [Double]) -> [Int]) throws {
            var generator = SeededGenerator(seed: seed)
            world = try World()
            severities = (0..<raters).map { _ in 6 * generator.normal() }
            for place in 0..<cadres {
                let id = "K\(1000 + place)"
                try world.addCadre(id)
                levels[id] = 80 + 4 * generator.normal()
                let open = choose(place, severities)
                for mark in 0..<marks {
                    let rater = open[Int(generator.next() % UInt64(open.count))]
                    let value = (levels[id] ?? 0) + severities[rater] + 5 * generator.normal()
                    try world.addMark(id, rater: rater + 1, RaterSeverityTests.months[mark % 11], Int((value * 100).rounded()))
                }
            }
        }
    }

    private func ballots(_ outcome: Outcome) -> [ObservationRecord] { outcome.observations.filter { $0.indicator == "ballots" } }

    /// The correlation of two lists.
    private func correlation(_ one: [Double], _ other: [Double]) -> Double {
        let (a, b) = (one.reduce(0, +) / Double(one.count), other.reduce(0, +) / Double(other.count))
        let (xx, yy) = (one.reduce(0) { $0 + ($1 - a) * ($1 - a) }, other.reduce(0) { $0 + ($1 - b) * ($1 - b) })
        return zip(one, other).reduce(0) { $0 + ($1.0 - a) * ($1.1 - b) } / (xx * yy).squareRoot()
    }

    @Test("whoever met severe raters only is not penalised, and adjusted means rank better than plain ones", arguments: [1, 2, 3, 4] as [UInt64])
    func recovery(seed: UInt64) throws {
        // The first cadre meets the ten most severe raters only, the second the ten most lenient.
        let rated = try Rated(seed: seed) { place, severities in
            let order = severities.indices.sorted { severities[$0] < severities[$1] }
            return place == 0 ? Array(order.prefix(10)) : place == 1 ? Array(order.suffix(10)) : Array(severities.indices)
        }
        let outcome = try rated.world.run()
        let records = ballots(outcome)
        let levels = records.map { rated.levels[$0.cadreID] ?? .nan }
        let values = try records.map { try #require($0.value) }
        let adjusted = try records.map { try #require($0.adjustedValue) }
        #expect(correlation(adjusted, levels) > correlation(values, levels) + 0.02)
        // What the raters are on the average shifts all alike.
        let shift = zip(adjusted, levels).reduce(0) { $0 + $1.0 - $1.1 } / Double(records.count)
        for (place, sign) in [(0, -1.0), (1, 1.0)] {
            #expect(sign * (values[place] - levels[place] - shift) > 3.5)
            let error = (try #require(records[place].adjustedVariance)).squareRoot()
            #expect(abs(adjusted[place] - levels[place] - shift) < 3.5 * error)
        }
        let squares = try zip(records, zip(adjusted, levels)).reduce(0) { sum, entry in
            let error = entry.1.0 - entry.1.1 - shift
            return sum + error * error / (try #require(entry.0.adjustedVariance))
        }
        #expect((0.6..<1.5).contains(squares / Double(records.count)))
        #expect(outcome.findings.isEmpty && !outcome.modelFindings.contains { $0.check == "NoSamplingVariance" })
    }

    @Test("median, percentile and estimate are those of the adjusted value")
    func comparison() throws {
        let outcome = try Rated(seed: 9) { _, severities in Array(severities.indices) }.world.run()
        let records = ballots(outcome)
        let sorted = records.compactMap(\.adjustedValue).sorted()
        #expect(records.allSatisfy { $0.peerMedian == (sorted[29] + sorted[30]) / 2 && $0.judgedValue == $0.adjustedValue })
        #expect(records.first { $0.adjustedValue == sorted[59] }?.percentile.map { $0 > 99 } == true)
        for record in records {
            let estimate = try #require(
                outcome.estimates.first { $0.cadreID == record.cadreID && $0.indicator == "ballots" && $0.window == .current })
            #expect(estimate.value == record.value && estimate.adjustedValue == record.adjustedValue)
        }
    }

    @Test("the order of rows changes no bit, other numbers for cadres and raters nothing but the last digits")
    func invariance() throws {
        let rated = try Rated(seed: 12) { _, severities in Array(severities.indices) }
        let one = ballots(try rated.world.run())
        #expect(one == ballots(try rated.world.reversed().run()))
        func rename(_ id: String) -> String { Int(id.dropFirst()).map { "K\(9000 - $0)" } ?? id }
        let other = ballots(try rated.world.renamed(rename, rater: { 41 - $0 }).run())
        let renamed = Dictionary(uniqueKeysWithValues: other.map { ($0.cadreID, $0) })
        for record in one {
            let same = try #require(renamed[rename(record.cadreID)])
            #expect(abs(try #require(same.adjustedValue) - (try #require(record.adjustedValue))) < 1e-9)
            #expect(abs(try #require(same.adjustedVariance) - (try #require(record.adjustedVariance))) < 1e-9)
        }
    }

    @Test("marks in months that do not count are not the cadre's, but show how severe their raters are")
    func countedMonths() throws {
        var rated = try Rated(seed: 15) { _, severities in Array(severities.indices) }
        try rated.world.addCadre("L1", since: "2025-02-01")
        for (place, month) in Self.months.enumerated() {
            for rater in 0..<4 {
                let level = place == 0 ? 30.0 : 80
                try rated.world.addMark("L1", rater: rater + 1, month, Int((100 * (level + rated.severities[rater] + (place % 2 == 0 ? 3 : -3))).rounded()))
            }
        }
        let record = try rated.world.run().observation("L1", "ballots")
        #expect(record.exposure == 40)
        #expect(abs(try #require(record.adjustedValue) - 80) < 3)
    }

    @Test("a mark that names no rater counts as it is, less certainly, and is told of")
    func unnamed() throws {
        var rated = try Rated(seed: 16) { _, severities in Array(severities.indices) }
        for id in ["M1", "M2"] {
            try rated.world.addCadre(id)
            for (place, month) in Self.months.enumerated() {
                try rated.world.addMark(id, rater: id == "M1" ? place + 1 : nil, month, 8000 + 500 * (place % 3))
            }
        }
        let outcome = try rated.world.run()
        let (named, unnamed) = (try outcome.observation("M1", "ballots"), try outcome.observation("M2", "ballots"))
        #expect(unnamed.adjustedValue == unnamed.value && named.adjustedValue != named.value)
        #expect(try #require(unnamed.adjustedVariance) > 1.3 * (try #require(named.adjustedVariance)))
        #expect(outcome.findings.map(\.check) == ["MarksWithoutRater"] && outcome.findings.first?.value == "11")
    }

    @Test("a protected mark leaves the mean, and its raters' severity is taken off what is left")
    func protection() throws {
        var rated = try Rated(seed: 17) { _, severities in Array(severities.indices) }
        let before = try rated.world.run().observation("K1005", "ballots")
        try rated.world.addEvent(.init(cadre: "K1005", record: "B1", day: "2025-03-15", measures: ["ballots.score"], month: "2025-03"))
        let spoilt = try rated.world.run().observation("K1005", "ballots")
        #expect(try #require(spoilt.adjustedValue) < (try #require(before.adjustedValue)) - 4)
        try rated.world.addCase("C1", "K1005", "B1", "approved")
        let after = try rated.world.run().observation("K1005", "ballots")
        #expect(after.value == before.value && after.exposure == before.exposure)
        #expect(abs(try #require(after.adjustedValue) - (try #require(before.adjustedValue))) < 1)
    }

    @Test("ballots that are cast unit by unit are adjusted within their parts, and a note says what compares the parts")
    func parts() throws {
        let rated = try Rated(seed: 18) { place, severities in Array(severities.indices).filter { $0 % 2 == place % 2 } }
        let outcome = try rated.world.run()
        #expect(ballots(outcome).allSatisfy { $0.adjustedVariance != nil })
        #expect(outcome.findings.map(\.check) == ["RatersInParts"] && outcome.findings.first?.value == "2")
    }

    @Test("raters who cannot be told apart leave the plain mean, and are told of", arguments: ["few", "own", "agreed", "unnamed"])
    func notToldApart(how: String) throws {
        var rated = try Rated(raters: 8, seed: 19) { _, severities in Array(severities.indices) }
        if how != "few" {
            rated.world = try World()
            for place in 0..<40 {
                try rated.world.addCadre("K\(1000 + place)")
                for mark in 0..<12 {
                    let rater: Int? = how == "unnamed" ? nil : how == "own" ? place * 12 + mark + 1 : mark + 1
                    let noise = how == "agreed" ? 0 : 100 * ((place * 7 + mark * 5) % 6)
                    try rated.world.addMark("K\(1000 + place)", rater: rater, Self.months[mark % 11], 7000 + 10 * place + 50 * mark + noise)
                }
            }
        }
        if how == "unnamed" {
            var contract = SourceContract(name: "ballots", role: .ballots, configurationFile: "sources/ballots.yaml", pattern: "ballots.csv")
            contract.measures = [Measure(name: "ballots.score", month: "date", value: "score", rater: "rater_id")]
            rated.world.pipeline.sources = [[contract]]
        }
        let outcome = try rated.world.run()
        #expect(outcome.findings.contains { $0.check == "RatersNotToldApart" && $0.severity == .warning && !$0.message.contains("(") })
        #expect(ballots(outcome).allSatisfy { $0.adjustedValue == nil && $0.adjustedVariance == nil && $0.judgedValue == $0.value && $0.value != nil })
    }
}
