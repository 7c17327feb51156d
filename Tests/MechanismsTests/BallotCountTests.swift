import PipelineModel
import Testing
import Warehouse

/// The double evaluation over many ballots, held to sums that are taken ballot by ballot.
@Suite("Counting ballots") struct BallotCountTests {
    private struct Voice: Hashable {
        let source: String
        let rater: Int
        let cadre: String
    }

    private struct Expected: Equatable {
        var raw = 0.0
        var cast = 0
        var counted = 0
        var repeated = 0
        var straightLined = 0
        var outside = 0
        var raters: Set<Int> = []
    }

    /// 120 cadres in three units, and one in none; 400 raters of one source, who rate some of them again in other months and before the period, and 30 of another. Every tenth
    /// rater of the first gives all the same mark. More ratings than a block has.
    private static let ratings: [MonthlyRating] = {
        var ratings: [MonthlyRating] = []
        func add(_ source: String, _ rater: Int, _ cadre: Int, _ month: Int, count: Int, mark: Int) {
            ratings.append(
                MonthlyRating(
                    measure: "ballots.score", source: source, cadreID: Self.cadre(cadre), month: Night.asOf.month.adding(-month), rater: rater, count: count,
                    sum: count * mark, sumOfSquares: count * mark * mark))
        }
        for cadre in 0..<121 {
            for rater in 0..<400 where (rater + cadre) % 2 == 0 {
                let mark = rater % 10 == 0 ? 7500 : 6000 + (cadre * 37 + rater * 91) % 3500
                add("a", rater, cadre, (rater * 7 + cadre) % 12, count: rater % 10 == 1 ? 2 : 1, mark: mark)
                if rater % 3 == 0 { add("a", rater, cadre, (rater * 7 + cadre + 5) % 12, count: 1, mark: rater % 10 == 0 ? mark : mark + 100) }
                if rater % 7 == 0 { add("a", rater, cadre, 12 + rater % 2, count: 1, mark: mark - 500) }
            }
            for rater in 0..<30 where cadre % 5 == 0 { add("b", rater, cadre, rater % 12, count: 1, mark: 7000 + 40 * rater + cadre) }
        }
        return ratings.sorted { ($0.source, $0.cadreID, $0.month, $0.rater) < ($1.source, $1.cadreID, $1.month, $1.rater) }
    }()

    private static func cadre(_ number: Int) -> String { "C\(1000 + number)" }
    private static func unit(_ number: Int) -> String? { number == 120 ? nil : "U\(number % 3 + 1)" }

    private func standings(threads: Int) throws -> [EvaluationStanding] {
        var night = try Night()
        try night.add(.units, ["unit_id": "U3", "name": "南白象街道", "kind": "township"])
        for number in 0..<120 { try night.addCadre(Self.cadre(number), unit: Self.unit(number) ?? "") }
        night.pipeline.evaluation.ballots = BallotRules(
            citation: BilingualText(chinese: "双评议", english: "Evaluation"), measure: "ballots.score", straightLine: 8)
        return try night.run(
            threads: threads,
            given: { transaction in
                try transaction.insert([MeasureRecord(measure: "ballots.score", decimals: 2)])
                try transaction.replaceRatings { builder in for rating in Self.ratings { try builder.add(rating) } }
            }
        ) { findings, transaction in
            #expect(!findings.contains { $0.check == "RatersNotSeparable" })
            return try transaction.all(EvaluationStanding.self)
        }
    }

    /// What each target, a cadre or a unit, should have.
    private func expected() -> [String: Expected] {
        var targets: [String: Expected] = [:]
        func add(to cadre: String, _ change: (inout Expected) -> Void) {
            change(&targets[cadre, default: Expected()])
            let number = (Int(cadre.dropFirst()) ?? 0) - 1000
            if let unit = Self.unit(number) { change(&targets[unit, default: Expected()]) }
        }
        let period = MonthWindow(trailing: 12, asOf: Night.asOf)
        var voices: [Voice: [MonthlyRating]] = [:]
        for rating in Self.ratings {
            if period.contains(rating.month) {
                voices[Voice(source: rating.source, rater: rating.rater, cadre: rating.cadreID), default: []].append(rating)
            } else {
                add(to: rating.cadreID) { $0.outside += rating.count }
            }
        }
        for (voice, ratings) in voices {
            let isStraight = voice.source == "a" && voice.rater % 10 == 0
            let cast = ratings.reduce(0) { $0 + $1.count }
            add(to: voice.cadre) { target in
                target.raw += ratings.reduce(0) { $0 + Double($1.sum) / 100 }
                target.cast += cast
                if isStraight {
                    target.straightLined += cast
                } else {
                    target.counted += 1
                    target.repeated += cast - 1
                    target.raters.insert(voice.source == "a" ? voice.rater : 1000 + voice.rater)
                }
            }
        }
        return targets
    }

    @Test("ballots of many blocks, months and sources are counted as one by one, and as many threads as there are change nothing")
    func many() throws {
        #expect(Self.ratings.count > 16_384)
        let rows = try standings(threads: 1)
        let expected = expected()
        #expect(rows.count == expected.count && rows.count == 124)
        #expect(rows.map { $0.cadreID ?? $0.unitID ?? "" } == ["U1", "U2", "U3"] + (0..<121).map(Self.cadre))
        for row in rows {
            let target = try #require(expected[row.cadreID ?? row.unitID ?? ""])
            #expect(row.counted == target.counted && row.repeated == target.repeated && row.straightLined == target.straightLined)
            #expect(row.outsidePeriod == target.outside && row.raters == target.raters.count)
            let (raw, adjusted) = (try #require(row.rawMean), try #require(row.adjustedMean))
            #expect(abs(raw - target.raw / Double(target.cast)) < 1e-9)
            #expect((row.lower ?? 100) < adjusted && adjusted < (row.upper ?? 0))
        }
        #expect(rows.last?.unitID == nil)
        for threads in 2...3 { #expect(try standings(threads: threads) == rows) }
    }
}
