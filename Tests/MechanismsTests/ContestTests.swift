import PipelineModel
import Testing
import Warehouse

@Suite("Contest standings") struct ContestTests {
    private static let label = BilingualText(chinese: "比项目", english: "Projects")
    private static let share = ContestMeasure(
        id: "projects", label: label, field: .projects, observation: .share(events: "tasks.overdue", trials: "tasks.due"), moreIsBetter: false)
    private static let mean = ContestMeasure(id: "marks", label: label, field: .service, observation: .mean(values: "tasks.quality"), moreIsBetter: true)

    /// Overdue tasks of one cadre in each of some units, out of so many in each of the months 2024-12 to 2025-11, spread evenly.
    private struct Unit {
        let id: String
        let overdue: Int
        let due: Int
        var kind = "county"
    }

    private func run<Answer>(
        _ units: [Unit], measures: [ContestMeasure] = [share], rules: Bool = true, rows: (inout Night) throws -> Void = { _ in },
        given more: @escaping (Transaction) throws -> Void = { _ in }, then answer: ([Finding], [ContestStanding], Transaction) throws -> Answer
    ) throws -> Answer {
        var night = try Night()
        if rules { night.pipeline.contest = ContestRules(citation: Self.label, draws: 1000, measures: measures) }
        for unit in units {
            try night.add(.units, ["unit_id": unit.id, "name": unit.id, "kind": unit.kind])
            try night.addCadre("C-\(unit.id)", unit: unit.id)
        }
        try rows(&night)
        let months = MonthWindow(trailing: 12, asOf: Night.asOf).months
        return try night.run(given: { transaction in
            if !units.isEmpty { try transaction.insert(["tasks.due", "tasks.overdue"].map { MeasureRecord(measure: $0, decimals: 0) }) }
            try transaction.replaceFacts { facts in
                for unit in units.sorted(by: { $0.id < $1.id }) {
                    for (measure, total) in [("tasks.due", unit.due), ("tasks.overdue", unit.overdue)] {
                        for (index, month) in months.enumerated() {
                            let count = total * (index + 1) / 12 - total * index / 12
                            guard count > 0 else { continue }
                            try facts.add(MonthlyFact(cadreID: "C-\(unit.id)", measure: measure, month: month, count: count, sum: 0, sumOfSquares: 0))
                        }
                    }
                }
            }
            try more(transaction)
        }) { findings, transaction in try answer(findings, try transaction.all(ContestStanding.self), transaction) }
    }

    @Test("who is far better or worse has a narrow rank, who is alike shares a wide one, and adjusted values lie between the unit's and the others'")
    func ranks() throws {
        let units = [Unit(id: "V1", overdue: 12, due: 600), Unit(id: "V9", overdue: 300, due: 600)] + (2...8).map { Unit(id: "V\($0)", overdue: 90, due: 600) }
        try run(units) { _, standings, transaction in
            let (first, last) = (try #require(standings.first), try #require(standings.last))
            #expect(first.unitID == "V1" && first.rankBest == 1 && first.rankWorst == 1)
            #expect(last.unitID == "V9" && last.rankBest == 9 && last.rankWorst == 9)
            let middle = standings.filter { !["V1", "V9"].contains($0.unitID) }
            #expect(Set(middle.map(\.rankBest)) == [2] && Set(middle.map(\.rankWorst)) == [8])
            let best = try #require(first.adjusted)
            #expect(best > 0.02 && best < 0.15)
            #expect(standings.allSatisfy { ($0.lower ?? 1) < ($0.adjusted ?? 0) && ($0.adjusted ?? 1) < ($0.upper ?? 0) && $0.units == 9 })
            let measure = try transaction.measure("contest_projects")
            #expect(measure["V1"] == "12/600" && measure[""] == "942/5400")
        }
    }

    @Test("where units differ no more than chance has them differ, all are tied over all ranks")
    func ties() throws {
        try run((1...6).map { Unit(id: "V\($0)", overdue: 5, due: 50) }) { _, standings, _ in
            #expect(standings.map(\.rankBest) == Array(repeating: 1, count: 6))
            #expect(standings.map(\.rankWorst) == Array(repeating: 6, count: 6))
            #expect(Set(standings.map(\.adjusted)).count == 1)
        }
    }

    @Test("units are ranked within their kind; a single unit of a kind is first of one, and one without tasks has no row")
    func kinds() throws {
        let units = [Unit(id: "V1", overdue: 1, due: 10), Unit(id: "V2", overdue: 1, due: 10), Unit(id: "W1", overdue: 1, due: 1, kind: "university")]
        try run(units + [Unit(id: "V3", overdue: 0, due: 0)]) { _, standings, _ in
            #expect(standings.map(\.unitID) == ["V1", "V2", "W1"])
            #expect(standings.map(\.units) == [2, 2, 1])
            #expect(standings.last?.rankBest == 1 && standings.last?.rankWorst == 1 && standings.last?.value == 1)
        }
    }

    /// Adds task T1 as an adverse row that counted once in each of some measures.
    private static func add(
        _ counted: [(measure: String, month: Month)], of cadre: String, on day: CalendarDate?, reform: String? = nil, to transaction: Transaction
    ) throws {
        let row = EvidenceRecord(
            source: "tasks_export", role: .tasks, fileID: (SourceRole.allCases.firstIndex(of: .tasks) ?? 0) + 1, line: 2, recordID: "T1", cadreID: cadre,
            eventDate: day, reform: reform)
        try transaction.replaceEvidence { builder in
            try builder.add(row, counted.map { EvidenceIncrement(measure: $0.measure, month: $0.month, count: 1, sum: 0, sumOfSquares: 0) })
        }
    }

    /// One overdue task of June 2025, and what is decided or filed about it.
    private struct Task: CustomTestStringConvertible {
        let testDescription: String
        /// Who answers for it; of the county unit V1, V2 where it says so.
        var cadre = "C-V1"
        var ruling: (source: String, cadre: String, decision: String, decided: String?)?
        var reform: String?
        /// The unit that filed the reform, and the filing's outcome.
        var filing: (unit: String, outcome: String)?
        var isCleared = false

        static let all = [
            Task(testDescription: "no case"),
            Task(testDescription: "approved, named by role", ruling: ("tasks", "C-V1", "approved", "2025-08-01"), isCleared: true),
            Task(testDescription: "approved, named by contract", ruling: ("tasks_export", "C-V1", "approved", "2025-08-01"), isCleared: true),
            Task(testDescription: "approved, of another source", ruling: ("petitions", "C-V1", "approved", "2025-08-01")),
            Task(testDescription: "approved, about another cadre", ruling: ("tasks", "C-V2", "approved", "2025-08-01")),
            Task(testDescription: "approved after tonight", ruling: ("tasks", "C-V1", "approved", "2025-12-01")),
            Task(testDescription: "rejected", ruling: ("tasks", "C-V1", "rejected", "2025-08-01")),
            Task(testDescription: "mitigated: it still happened", ruling: ("tasks", "C-V1", "mitigated", "2025-08-01")),
            Task(testDescription: "inside an accepted reform risk", reform: "GG-1", filing: ("V1", "accepted"), isCleared: true),
            Task(testDescription: "inside a rejected one", reform: "GG-1", filing: ("V1", "rejected")),
            Task(testDescription: "inside another unit's", reform: "GG-1", filing: ("V2", "accepted")),
            Task(
                testDescription: "inside one, and its case rejected", ruling: ("tasks", "C-V1", "rejected", "2025-08-01"), reform: "GG-1",
                filing: ("V1", "accepted")),
            Task(testDescription: "of a cadre without a unit", cadre: "X", ruling: ("tasks", "X", "approved", "2025-08-01")),
        ]
    }

    @Test("what fault tolerance or a filed risk took out of a member's score is taken out of the unit's sums", arguments: Task.all)
    private func clearedEvents(_ task: Task) throws {
        let units = (1...3).map { Unit(id: "V\($0)", overdue: 12, due: 60) }
        let june = try #require(Month(iso: "2025-06"))
        try run(
            units,
            rows: { night in
                if let ruling = task.ruling {
                    var values = [
                        "case_id": "F1", "cadre_id": ruling.cadre, "event_source": ruling.source, "event_record_id": "T1", "decision": ruling.decision,
                    ]
                    values["decided_date"] = ruling.decided
                    try night.add(.faultTolerance, values)
                }
                guard let filing = task.filing else { return }
                try night.add(
                    .riskFilings,
                    [
                        "filing_id": "R1", "unit": filing.unit, "subject": "GG-1", "filed_date": "2025-01-10", "assessed_date": "2025-01-20",
                        "outcome": filing.outcome,
                    ])
            },
            given: { transaction in
                try transaction.insert(["tasks.late", "tasks.started"].map { MeasureRecord(measure: $0, decimals: 0) })
                // One more measure than the contest asks for, and one month before its window.
                let before = try #require(Month(iso: "2024-11"))
                try Self.add(
                    [("tasks.due", june), ("tasks.late", june), ("tasks.overdue", june), ("tasks.started", before)], of: task.cadre,
                    on: CalendarDate(iso: "2025-06-15"), reform: task.reform, to: transaction)
            }
        ) { _, standings, transaction in
            let counts = Dictionary(uniqueKeysWithValues: standings.map { ($0.unitID, "\($0.events ?? -1)/\($0.trials)") })
            #expect(counts == ["V1": task.isCleared ? "11/59" : "12/60", "V2": "12/60", "V3": "12/60"])
            let measure = try transaction.measure("contest_projects")
            #expect(measure["V1"] == counts["V1"])
        }
    }

    @Test("a unit whose only task was taken out has no row: nothing was asked of it")
    func allCleared() throws {
        let units = [Unit(id: "V1", overdue: 1, due: 1), Unit(id: "V2", overdue: 2, due: 40), Unit(id: "V3", overdue: 3, due: 40)]
        try run(
            units,
            rows: { night in
                try night.add(
                    .faultTolerance,
                    ["case_id": "F1", "cadre_id": "C-V1", "event_source": "tasks", "event_record_id": "T1", "decision": "approved"])
            },
            given: { transaction in
                let month = Night.asOf.month
                try Self.add([("tasks.due", month), ("tasks.overdue", month)], of: "C-V1", on: Night.asOf, to: transaction)
            }
        ) { _, standings, transaction in
            #expect(standings.map(\.unitID).sorted() == ["V2", "V3"])
            let measure = try transaction.measure("contest_projects")
            #expect(measure["V1"] == nil && measure[""] == "5/80")
        }
    }

    @Test("a mean is compared by its values; fewer than two that differ anywhere give no standing")
    func means() throws {
        let units = (1...3).map { Unit(id: "V\($0)", overdue: 0, due: 0) }
        let month = Night.asOf.month
        try run(
            units, measures: [Self.mean],
            given: { transaction in
                try transaction.insert([MeasureRecord(measure: "tasks.quality", decimals: 2)])
                // Ten values each: half a mark more, and one less; 60, 80 and 90 on the average.
                try transaction.replaceFacts { facts in
                    for (unit, mean) in [("V1", 60), ("V2", 80), ("V3", 90)] {
                        let (high, low) = (mean * 100 + 100, mean * 100 - 100)
                        try facts.add(
                            MonthlyFact(
                                cadreID: "C-\(unit)", measure: "tasks.quality", month: month, count: 10, sum: mean * 1000,
                                sumOfSquares: 5 * high * high + 5 * low * low))
                    }
                }
            }
        ) { _, standings, _ in
            #expect(standings.map(\.value) == [60, 80, 90] && standings.map(\.events) == [nil, nil, nil] && standings.map(\.trials) == [10, 10, 10])
            #expect(standings.map(\.rank) == [3, 2, 1])
            let adjusted = try #require(standings[0].adjusted)
            #expect(abs(adjusted - 60) < 0.1)
        }
    }

    @Test("without rules or sources the table is empty and a finding says so")
    func empty() throws {
        try run([]) { findings, standings, _ in
            #expect(standings.isEmpty && findings.contains { $0.check == "EmptySource" && $0.value == "tasks" })
        }
        try run([], rules: false) { findings, standings, _ in
            #expect(standings.isEmpty && findings.contains { $0.check == "NoRules" && $0.value == "contest" })
        }
    }
}
