import PipelineModel
import Testing
import Warehouse

/// The contest over many facts, held to sums that are taken fact by fact.
@Suite("Contest sums") struct ContestSumsTests {
    private static let cadres = 600
    private static let measures = ["tasks.due", "tasks.late", "tasks.overdue"]
    private static let months = MonthWindow(trailing: 13, asOf: Night.asOf).months

    private static func id(_ cadre: Int) -> String { "C\(1000 + cadre)" }

    /// Everybody moves once: cadre n leaves unit n mod 7 in the middle of the month n mod 13, for the next one; those of unit 6 go to one that the unit table lacks.
    private static func unit(_ cadre: Int, _ month: Int) -> Int? {
        guard month >= cadre % 13 else { return cadre % 7 }
        return cadre % 7 == 6 ? nil : cadre % 7 + 1
    }

    private static func count(_ cadre: Int, _ month: Int, _ measure: Int) -> Int { measure == 0 ? 9 + (cadre + month) % 5 : (cadre * month + measure) % 4 }

    private func standings(threads: Int) throws -> [ContestStanding] {
        var night = try Night()
        let label = BilingualText(chinese: "比项目", english: "Projects")
        night.pipeline.contest = ContestRules(
            citation: label, draws: 100,
            measures: [
                ContestMeasure(
                    id: "projects", label: label, field: .projects, observation: .share(events: "tasks.overdue", trials: "tasks.due"), moreIsBetter: false)
            ])
        for unit in 0..<7 { try night.add(.units, ["unit_id": "V\(unit)", "name": "V\(unit)", "kind": "county"]) }
        for cadre in 0..<Self.cadres {
            let moved = Self.months[cadre % 13].firstDay.adding(days: 14)
            try night.addCadre(Self.id(cadre), unit: "V\(cadre % 7)")
            let next = cadre % 7 == 6 ? "V99" : "V\(cadre % 7 + 1)"
            try night.add(.posts, ["cadre_id": Self.id(cadre), "unit": next, "post": "科长", "start_date": moved.description])
        }
        return try night.run(
            threads: threads,
            given: { transaction in
                try transaction.insert(Self.measures.map { MeasureRecord(measure: $0, decimals: 0) })
                try transaction.replaceFacts { facts in
                    for cadre in 0..<Self.cadres {
                        for (place, measure) in Self.measures.enumerated() {
                            for (index, month) in Self.months.enumerated() {
                                let count = Self.count(cadre, index, place)
                                guard count > 0 else { continue }
                                try facts.add(MonthlyFact(cadreID: Self.id(cadre), measure: measure, month: month, count: count, sum: 0, sumOfSquares: 0))
                            }
                        }
                    }
                }
            }
        ) { _, transaction in try transaction.all(ContestStanding.self) }
    }

    @Test("facts of many blocks count for the unit served in on the month's last day, and as many threads as there are change nothing")
    func many() throws {
        var (due, overdue) = ([Int](repeating: 0, count: 7), [Int](repeating: 0, count: 7))
        var facts = 0
        for cadre in 0..<Self.cadres {
            for month in Self.months.indices {
                facts += (0..<3).count { Self.count(cadre, month, $0) > 0 }
                // The first month is before the contest's.
                guard month > 0, let unit = Self.unit(cadre, month) else { continue }
                due[unit] += Self.count(cadre, month, 0)
                overdue[unit] += Self.count(cadre, month, 2)
            }
        }
        #expect(facts > 16_384)
        let rows = try standings(threads: 1)
        #expect(rows.map(\.unitID) == (0..<7).map { "V\($0)" })
        #expect(rows.map(\.trials) == due && rows.map(\.events) == overdue)
        for threads in 2...3 { #expect(try standings(threads: threads) == rows) }
    }
}
