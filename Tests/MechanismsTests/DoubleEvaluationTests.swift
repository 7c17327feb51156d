import PipelineModel
import Testing
import Warehouse

@Suite("Double evaluation") struct DoubleEvaluationTests {
    /// One mark of a rater on a cadre in a month, in whole marks.
    private struct Ballot {
        let rater: Int
        let cadre: String
        let mark: Int
        var month = Month(year: 2025, monthOfYear: 6)
        var count = 1
    }

    private func run<Answer>(
        _ ballots: [Ballot], straightLine: Int = 4, rules: Bool = true, then answer: ([Finding], [EvaluationStanding], Transaction) throws -> Answer
    ) throws -> Answer {
        var night = try Night()
        for id in ["A", "B", "C"] { try night.addCadre(id, unit: id == "C" ? "U2" : "U1") }
        if rules {
            night.pipeline.evaluation.ballots = BallotRules(
                citation: BilingualText(chinese: "双评议", english: "Evaluation"), measure: "ballots.score", straightLine: straightLine)
        }
        return try night.run(given: { transaction in
            try transaction.insert([MeasureRecord(measure: "ballots.score", decimals: 2)])
            try transaction.replaceRatings { builder in
                for ballot in ballots.sorted(by: { ($0.cadre, $0.month, $0.rater) < ($1.cadre, $1.month, $1.rater) }) {
                    let value = ballot.mark * 100
                    try builder.add(
                        MonthlyRating(
                            measure: "ballots.score", source: "ballots", cadreID: ballot.cadre, month: ballot.month, rater: ballot.rater,
                            count: ballot.count, sum: value * ballot.count, sumOfSquares: value * value * ballot.count))
                }
            }
        }) { findings, transaction in try answer(findings, try transaction.all(EvaluationStanding.self), transaction) }
    }

    /// Rater 1 is ten marks more severe than rater 2. A was rated by both, B by the lenient one only, C by the severe one only; and each twice over by 3 and 4,
    /// who are neither. What is left, ±1, tells noise from raters.
    private var crossed: [Ballot] {
        [
            Ballot(rater: 1, cadre: "A", mark: 70), Ballot(rater: 2, cadre: "A", mark: 80), Ballot(rater: 2, cadre: "B", mark: 81),
            Ballot(rater: 1, cadre: "C", mark: 69), Ballot(rater: 3, cadre: "A", mark: 75), Ballot(rater: 3, cadre: "B", mark: 76),
            Ballot(rater: 3, cadre: "C", mark: 74), Ballot(rater: 4, cadre: "A", mark: 76), Ballot(rater: 4, cadre: "B", mark: 74),
            Ballot(rater: 4, cadre: "C", mark: 75),
        ]
    }

    @Test("adjusted means are freed of who happened to rate: a lenient rater's favourite comes down, a severe one's comes up")
    func severity() throws {
        try run(crossed) { findings, rows, transaction in
            #expect(!findings.contains { $0.check == "RatersNotSeparable" })
            #expect(rows.map(\.level) == [.unit, .unit, .cadre, .cadre, .cadre])
            let (b, c) = (rows[3], rows[4])
            #expect(b.cadreID == "B" && b.unitID == "U1" && b.rawMean == 77 && b.counted == 3 && b.raters == 3)
            let raw = try #require(c.rawMean)
            #expect(c.cadreID == "C" && c.unitID == "U2" && abs(raw - 72.667) < 0.001)
            let (low, high) = (try #require(b.adjustedMean), try #require(c.adjustedMean))
            #expect(low < 76.5 && high > 73.5 && abs(low - high) < 2)
            let (lower, upper) = (try #require(b.lower), try #require(b.upper))
            #expect(lower < low && low < upper)
            let measure = try transaction.measure("ballots_counted")
            #expect(measure == ["": "10/10", "U1": "7/7", "U2": "3/3"])
        }
    }

    @Test("a rater's further ballots on the same cadre are set aside, their mean counts once, in whatever months of the period they came")
    func repeated() throws {
        let again = [
            Ballot(rater: 1, cadre: "A", mark: 90, month: Month(year: 2025, monthOfYear: 7)), Ballot(rater: 2, cadre: "B", mark: 81, count: 3),
        ]
        try run(crossed.filter { $0.rater != 2 || $0.cadre != "B" } + again) { _, rows, _ in
            let (a, b) = (rows[2], rows[3])
            let raw = try #require(a.rawMean)
            #expect(a.counted == 4 && a.repeated == 1 && abs(raw - 78.2) < 1e-9)
            #expect(b.counted == 3 && b.repeated == 2)
        }
    }

    @Test("whoever gives enough people one and the same mark, and no other, is set aside", arguments: [(75, 3, true), (75, 4, false), (76, 3, false)])
    func straight(third: Int, atLeast: Int, isSetAside: Bool) throws {
        let marks = zip(["A", "B", "C"], [75, 75, third]).map { Ballot(rater: 9, cadre: $0, mark: $1) }
        try run(crossed + marks, straightLine: atLeast) { _, rows, transaction in
            #expect(rows.filter { $0.level == .cadre }.map(\.straightLined) == Array(repeating: isSetAside ? 1 : 0, count: 3))
            #expect(rows[2].counted == (isSetAside ? 4 : 5))
            let measure = try transaction.measure("ballots_counted")
            #expect(measure[""] == (isSetAside ? "10/13" : "13/13"))
        }
    }

    @Test("ballots before the period are set aside, and those of months to come are not yet known")
    func period() throws {
        let others = [
            Ballot(rater: 1, cadre: "A", mark: 10, month: Month(year: 2024, monthOfYear: 11)),
            Ballot(rater: 1, cadre: "A", mark: 10, month: Month(year: 2025, monthOfYear: 12)),
        ]
        try run(crossed + others) { _, rows, _ in
            #expect(rows[2].outsidePeriod == 1 && rows[2].counted == 4 && rows[2].rawMean == 75.25)
            #expect(rows[0].outsidePeriod == 1)
        }
    }

    @Test("one rater's severity cannot be told from the cadres: only raw means stand, and a finding says why")
    func oneRater() throws {
        try run([Ballot(rater: 1, cadre: "A", mark: 70), Ballot(rater: 1, cadre: "B", mark: 80)]) { findings, rows, _ in
            #expect(findings.contains { $0.check == "RatersNotSeparable" && $0.value == "cadres" })
            #expect(rows.filter { $0.level == .cadre }.map(\.rawMean) == [70, 80] && rows.allSatisfy { $0.adjustedMean == nil && $0.lower == nil })
        }
    }

    @Test("without ballots, and without rules, the table is empty and a finding says so")
    func empty() throws {
        try run([]) { findings, rows, _ in #expect(rows.isEmpty && findings.contains { $0.check == "EmptySource" && $0.value == "ballots" }) }
        try run(crossed, rules: false) { findings, rows, _ in #expect(rows.isEmpty && findings.contains { $0.check == "NoRules" && $0.value == "evaluation" }) }
    }
}
