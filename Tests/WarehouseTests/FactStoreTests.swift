import GRDB
import PipelineModel
import Testing

@testable import Warehouse

/// The facts of a warehouse: written in order, read in order, whole or in part, and refused where they are not what was stored.
@Suite struct FactStoreTests {
    private static let measures = ["ballots.score", "petitions.substantiated", "tasks.due"]

    /// Facts of so many cadres over a year: enough for several blocks from some 500 cadres on.
    private static func facts(cadres: Int, seed: UInt64 = 1) -> [MonthlyFact] {
        var generator = Chance(seed: seed)
        return (0..<cadres).flatMap { cadre in
            measures.flatMap { measure in
                (0..<12).compactMap { month in
                    guard Int.random(in: 0...9, using: &generator) > 0 else { return nil }
                    let marks = measure == "ballots.score" ? Int.random(in: 0...10_000, using: &generator) : 0
                    return MonthlyFact(
                        cadreID: "C\(100_000 + cadre)", measure: measure, month: Month(index: 24_300 + Int32(month)),
                        count: Int.random(in: 0...9, using: &generator), sum: marks, sumOfSquares: marks * marks)
                }
            }
        }
    }

    private func warehouse(_ facts: [MonthlyFact]) throws -> Warehouse {
        let warehouse = try Warehouse(path: ":memory:")
        try warehouse.write { transaction in
            try transaction.insert(Self.measures.map { MeasureRecord(measure: $0, decimals: 2) })
            try transaction.replaceFacts { builder in
                for fact in facts { try builder.add(fact) }
            }
        }
        return warehouse
    }

    private func blocks(_ warehouse: Warehouse) throws -> Int {
        try warehouse.read { try Int.fetchOne($0.database, sql: "SELECT COUNT(*) FROM fact_blocks") ?? 0 }
    }

    @Test("facts come back in their order, over as many blocks as they need", arguments: [(0, 0), (1, 1), (300, 1), (2_000, 4)])
    func roundTrip(cadres: Int, expected: Int) throws {
        let facts = Self.facts(cadres: cadres)
        let warehouse = try warehouse(facts)
        #expect(try warehouse.read { try $0.facts() } == facts)
        #expect(try blocks(warehouse) == expected)
    }

    @Test("a second night replaces the first")
    func replaced() throws {
        let warehouse = try warehouse(Self.facts(cadres: 1_200))
        let second = Self.facts(cadres: 3, seed: 2)
        try warehouse.write { transaction in
            try transaction.replaceFacts { builder in
                for fact in second { try builder.add(fact) }
            }
        }
        #expect(try warehouse.read { try $0.facts() } == second)
    }

    @Test("facts made in stretches on several threads are those made in one, whatever the threads", arguments: [1, 2, 5])
    func stretches(threads: Int) throws {
        let facts = Self.facts(cadres: 700)
        let cadres = Array(Set(facts.map(\.cadreID))).sorted()
        let own = Dictionary(grouping: facts, by: \.cadreID)
        let warehouse = try warehouse([])
        try warehouse.write { transaction in
            // The third stretch has nobody.
            let bounds = [0, 300, 301, 301, cadres.count]
            let stretches = Stretches<FactBuilder>(bounds.count - 1) { stretch, builder in
                for cadre in cadres[bounds[stretch]..<bounds[stretch + 1]] { for fact in own[cadre] ?? [] { try builder.add(fact) } }
            }
            try transaction.replaceBlocks(NightBlocks(measures: Set(facts.map(\.measure)), threads: threads, facts: stretches))
        }
        #expect(try warehouse.read { try $0.facts() } == facts)
    }

    @Test("stretches that do not follow one another, or share a cadre, are refused", arguments: [[0..<3, 2..<5], [3..<5, 0..<3]])
    func overlappingStretches(stretches: [Range<Int>]) throws {
        let facts = Self.facts(cadres: 5)
        let cadres = Array(Set(facts.map(\.cadreID))).sorted()
        let warehouse = try warehouse([])
        #expect(throws: WarehouseError.self) {
            try warehouse.write { transaction in
                let made = Stretches<FactBuilder>(stretches.count) { stretch, builder in
                    for cadre in cadres[stretches[stretch]] { for fact in facts where fact.cadreID == cadre { try builder.add(fact) } }
                }
                try transaction.replaceBlocks(NightBlocks(measures: Set(facts.map(\.measure)), threads: 2, facts: made))
            }
        }
    }

    @Test(
        "only what is asked for is passed: some months, some cadres, both, nobody",
        arguments: [nil, MonthWindow(first: Month(index: 24_303), last: Month(index: 24_305)), MonthWindow(first: Month(index: 1), last: Month(index: 2))],
        [nil, [], ["C100000"], ["C100699", "C101500", "unknown", "", "~"]] as [Set<String>?])
    func parts(window: MonthWindow?, cadres: Set<String>?) throws {
        let facts = Self.facts(cadres: 1_600)
        var passed: [MonthlyFact] = []
        try warehouse(facts).read { try $0.forEachFact(in: window, of: cadres) { passed.append($0) } }
        #expect(passed == facts.filter { (window?.contains($0.month) ?? true) && (cadres?.contains($0.cadreID) ?? true) })
    }

    @Test("a block that holds nobody of those asked for is not read")
    func unneededBlocks() throws {
        let facts = Self.facts(cadres: 1_600)
        let warehouse = try warehouse(facts)
        try warehouse.write { try $0.database.execute(sql: "UPDATE fact_blocks SET content = x'00' WHERE number = 2") }
        var passed: [MonthlyFact] = []
        try warehouse.read { try $0.forEachFact(of: ["C100000", "C101599"]) { passed.append($0) } }
        #expect(passed == facts.filter { ["C100000", "C101599"].contains($0.cadreID) })
    }

    @Test(
        "facts out of order, twice, or of no known measure are refused",
        arguments: [
            [("B", "tasks.due", 5), ("A", "tasks.due", 5)], [("A", "tasks.due", 5), ("A", "ballots.score", 5)], [("A", "tasks.due", 5), ("A", "tasks.due", 4)],
            [("A", "tasks.due", 5), ("A", "tasks.due", 5)], [("A", "tasks.due", 5), ("B", "tasks.due", 5), ("A", "tasks.due", 6)], [("A", "tasks.unheard", 5)],
        ] as [[(String, String, Int32)]])
    func order(facts: [(String, String, Int32)]) throws {
        let error = #expect(throws: WarehouseError.self) {
            try warehouse(
                facts.map { MonthlyFact(cadreID: $0.0, measure: $0.1, month: Month(index: $0.2), count: 1, sum: 0, sumOfSquares: 0) })
        }
        guard case .failed? = error else {
            Issue.record("not .failed: \(String(describing: error))")
            return
        }
    }

    @Test(
        "a blob that is not what was stored is refused by the number of its row",
        arguments: [
            ("UPDATE fact_blocks SET content = x'' WHERE number = 2", 2), ("UPDATE fact_blocks SET content = substr(content, 1, 100) WHERE number = 2", 2),
            ("UPDATE fact_blocks SET content = (SELECT content FROM fact_blocks WHERE number = 1) WHERE number = 2", 2),
            ("UPDATE fact_blocks SET content = CAST(x'01' || substr(content, 2, 40) || x'FF' || substr(content, 43) AS BLOB) WHERE number = 1", 1),
            ("UPDATE fact_blocks SET entries = entries + 1 WHERE number = 3", 3), ("UPDATE fact_blocks SET last_cadre = 'Z' WHERE number = 1", 1),
            ("DELETE FROM fact_blocks WHERE number = 1", 2),
        ])
    func corruption(sql: String, row: Int) throws {
        let warehouse = try warehouse(Self.facts(cadres: 1_600))
        try warehouse.write { try $0.database.execute(sql: sql) }
        let error = #expect(throws: WarehouseError.self) { try warehouse.read { try $0.facts() } }
        guard case .corrupt(table: "fact_blocks", row: row, let reason)? = error else {
            Issue.record("not .corrupt in row \(row): \(String(describing: error))")
            return
        }
        #expect(!reason.isEmpty)
        // Blocks that are read side by side are refused alike, the first of several.
        #expect(throws: try #require(error)) { try warehouse.read { try $0.firstMonths(threads: 2) } }
    }

    @Test("the first month of each measure", arguments: [1, 2, 3])
    func firstMonths(threads: Int) throws {
        let facts = Self.facts(cadres: 1_600).filter { $0.measure != "tasks.due" || $0.month.index > 24_304 }
        let expected = Dictionary(grouping: facts, by: \.measure).compactMapValues { $0.map(\.month).min() }
        #expect(try warehouse(facts).read { try $0.firstMonths(threads: threads) } == expected)
        #expect(expected["tasks.due"] == Month(index: 24_305))
    }
}
