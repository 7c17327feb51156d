import PipelineModel
import Testing
import Warehouse

@Suite("Annual grades") struct GradeInflationTests {
    /// Units of ten members each, all of whom the model places at 0 ± 0.5, with a line of concern at −1.2816; so many excellent in each unit.
    private func run<Answer>(
        excellent: [Int], judged: Bool = true, rows more: [[String: String]] = [], rules: Bool = true,
        then answer: ([Finding], [GradeInflation], Transaction) throws -> Answer
    ) throws -> Answer {
        var night = try Night()
        var scheme = AppraisalScheme(kind: .county, label: BilingualText(chinese: "县", english: "county"))
        scheme.windowMonths = 12
        night.pipeline.schemes = [scheme]
        if rules { night.pipeline.evaluation.annualGrades = AnnualGradeRules(citation: BilingualText(chinese: "考核规定", english: "Appraisal Rules")) }
        var cards: [ScorecardRecord] = []
        for (unit, count) in excellent.enumerated() {
            try night.add(.units, ["unit_id": "V\(unit)", "name": "V\(unit)", "kind": "county"])
            for member in 0..<10 {
                let id = "C\(unit)-\(member)"
                try night.addCadre(id, unit: "V\(unit)")
                try night.add(
                    .appraisals,
                    [
                        "record_id": id, "cadre_id": id, "kind": "annual", "year": "2024", "date": "2025-01-20",
                        "grade": member < count ? "excellent" : "competent",
                    ])
                for window in AppraisalWindow.allCases {
                    cards.append(
                        ScorecardRecord(
                            window: window, cadreID: id, kind: .county, groupID: "g", mean: 0, deviation: 0.5, line: -1.2815515655446004, concern: 0,
                            outstanding: 0, indicatorsObserved: 1))
                }
            }
        }
        for row in more { try night.add(.appraisals, row) }
        return try night.run(given: { if judged { try $0.insert(cards) } }) { findings, transaction in
            try answer(findings, try transaction.all(GradeInflation.self), transaction)
        }
    }

    @Test("a unit over the share is told of; members who are alike let expect equal numbers of excellent grades, as many in all as were given")
    func shares() throws {
        try run(excellent: [2, 3, 1]) { findings, rows, transaction in
            #expect(rows.map(\.graded) == [10, 10, 10] && rows.map(\.excellent) == [2, 3, 1] && rows.map(\.allowed) == [2, 2, 2])
            for row in rows {
                let expected = try #require(row.expected)
                #expect(abs(expected - 2) < 1e-9 && row.ratio.place == .within)
            }
            #expect(findings.filter { $0.check == "ExcellentShareExceeded" }.map(\.value) == ["V1"])
            let measure = try transaction.measure("annual_excellent")
            #expect(measure == ["": "6/30", "V0": "2/10", "V1": "3/10", "V2": "1/10"])
        }
    }

    @Test("a unit that grades far above what its members show lies outside the limits; no excellent grade at all is a number like any other")
    func funnel() throws {
        try run(excellent: [10] + Array(repeating: 1, count: 20) + [0]) { _, rows, _ in
            #expect(rows.first { $0.unitID == "V0" }?.ratio.place == .above998)
            // 30 given in 22 units: 1.364 expected of each. None is −1 on the scale of √(O/E) − 1, one in 0.428; one is −0.14.
            #expect(rows.first { $0.unitID == "V21" }?.excellentJudged == 0 && rows.first { $0.unitID == "V21" }?.ratio.place == .below95)
            #expect(rows.filter { $0.excellent == 1 }.allSatisfy { $0.ratio.place == .within })
        }
    }

    @Test("without estimates, and where nobody is excellent, nothing is expected and nothing compared")
    func unexpected() throws {
        try run(excellent: [2, 2], judged: false) { _, rows, _ in
            #expect(rows.allSatisfy { $0.expected == nil && $0.judged == 0 && $0.ratio == FunnelReading() })
        }
        try run(excellent: [0, 0]) { _, rows, _ in #expect(rows.allSatisfy { $0.expected == nil && $0.judged == 10 && $0.ratio == FunnelReading() }) }
    }

    @Test("of several grades of a year the last decided stands; what is decided after tonight is not known; marks of other kinds are not annual grades")
    func knowledge() throws {
        let more = [
            ["record_id": "R", "cadre_id": "C0-9", "kind": "annual", "year": "2024", "date": "2025-03-01", "grade": "excellent"],
            ["record_id": "S", "cadre_id": "C0-8", "kind": "annual", "year": "2025", "date": "2025-12-20", "grade": "excellent"],
            ["record_id": "T", "cadre_id": "C0-7", "kind": "regular", "year": "2024", "date": "2025-03-01", "grade": "good"],
        ]
        try run(excellent: [1], rows: more) { _, rows, _ in
            #expect(rows.map(\.year) == [2024] && rows.map(\.excellent) == [2] && rows.map(\.graded) == [10])
        }
    }

    @Test("without rows, and without rules, the table is empty and a finding says so")
    func empty() throws {
        try run(excellent: []) { findings, rows, _ in #expect(rows.isEmpty && findings.contains { $0.check == "EmptySource" && $0.value == "appraisals" }) }
        try run(excellent: [1], rules: false) { findings, rows, _ in
            #expect(rows.isEmpty && findings.contains { $0.check == "NoRules" && $0.message.contains("grade_inflation") })
        }
    }
}
