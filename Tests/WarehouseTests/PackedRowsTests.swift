import GRDB
import PipelineModel
import Testing

@testable import Warehouse

/// Packed rows of a warehouse: written in order, read in order, whole or in part, and refused where they are not what was stored.
@Suite struct PackedRowsTests {
    private static let indicators = ["awards", "ballots", "tasks_overdue"]

    private static func estimates(_ window: AppraisalWindow, cadres: Int) -> [EstimateRecord] {
        var generator = Chance(seed: UInt64(cadres))
        return (0..<cadres).flatMap { cadre in
            indicators.map { indicator in
                let mean = Double.random(in: -3...3, using: &generator)
                let value = Int.random(in: 0...5, using: &generator) == 0 ? nil : Double.random(in: 0...9, using: &generator)
                return EstimateRecord(
                    window: window, cadreID: "C\(100_000 + cadre)", indicator: indicator, groupID: "county/section \(cadre % 3)", value: value,
                    adjustedValue: indicator == "ballots" ? value : nil, peerMedian: 4.5, mean: mean, deviation: 0.5, lower: mean - 1, upper: mean + 1,
                    weight: 0.25, contribution: mean / 4, isObserved: value != nil)
            }
        }
    }

    private static func observations(cadres: Int) -> [ObservationRecord] {
        (0..<cadres).flatMap { cadre in
            indicators.map { indicator in
                ObservationRecord(
                    cadreID: "C\(100_000 + cadre)", indicator: indicator, groupID: "g", family: indicator == "ballots" ? "mean" : "rate",
                    events: indicator == "ballots" ? nil : Double(cadre), exposure: 12, value: nil, withinVariance: indicator == "ballots" ? 2 : nil,
                    eventsExcluded: 0.5, peersObserved: cadres, peerMedian: nil, percentile: 50)
            }
        }
    }

    private func warehouse(_ estimates: [EstimateRecord]) throws -> Warehouse {
        let warehouse = try Warehouse(path: ":memory:")
        try warehouse.write { try $0.insert(estimates) }
        return warehouse
    }

    private static let night = estimates(.current, cadres: 700) + estimates(.previous, cadres: 500)

    @Test("rows come back as they were, over as many blocks as they need", arguments: [(0, 0), (1, 1), (170, 1), (172, 2), (700, 5)])
    func roundTrip(cadres: Int, blocks: Int) throws {
        let (estimates, observations) = (Self.estimates(.current, cadres: cadres), Self.observations(cadres: cadres))
        let warehouse = try warehouse(estimates)
        try warehouse.write { try $0.insert(observations) }
        #expect(try warehouse.read { try $0.all(EstimateRecord.self) } == estimates)
        #expect(try warehouse.read { try $0.all(ObservationRecord.self) } == observations)
        #expect(try warehouse.read { try Int.fetchOne($0.database, sql: "SELECT COUNT(*) FROM estimate_blocks") } == blocks)
    }

    @Test("the rows of a cadre come by indicator, whatever the order they were given in")
    func order() throws {
        let rows = Self.estimates(.current, cadres: 2)
        #expect(try warehouse([rows[2], rows[0], rows[1], rows[5], rows[4], rows[3]]).read { try $0.all(EstimateRecord.self) } == rows)
    }

    @Test("rows may be added in several turns, and both windows are kept apart")
    func turns() throws {
        let warehouse = try warehouse(Array(Self.night.prefix(3)))
        try warehouse.write { transaction in
            for (start, end) in [(3, 900), (900, 2_100), (2_100, 2_700), (2_700, 3_600)] { try transaction.insert(Self.night[start..<end]) }
        }
        #expect(try warehouse.read { try $0.all(EstimateRecord.self) } == Self.night)
    }

    @Test(
        "only what is asked for is passed: some cadres, one window, both, nobody",
        arguments: [nil, [], ["C100000"], ["C100499", "C100350", "unknown", "", "~"]] as [Set<String>?], [nil, .current, .previous] as [AppraisalWindow?])
    func parts(cadres: Set<String>?, window: AppraisalWindow?) throws {
        var passed: [EstimateRecord] = []
        try warehouse(Self.night).read { transaction in
            if let cadres {
                try transaction.forEach(EstimateRecord.self, of: cadres, window: window ?? .current) { passed.append($0) }
            } else {
                try transaction.forEach(EstimateRecord.self, window: window) { passed.append($0) }
            }
        }
        let expected = Self.night.filter { row in
            cadres.map { $0.contains(row.cadreID) && row.window == window ?? .current } ?? (window == nil || row.window == window)
        }
        #expect(passed == expected)
    }

    @Test("a block that holds nobody of those asked for is not read")
    func unneededBlocks() throws {
        let warehouse = try warehouse(Self.night)
        try warehouse.write { try $0.database.execute(sql: "UPDATE estimate_blocks SET content = x'00' WHERE number = 2") }
        var passed: [String] = []
        try warehouse.read { try $0.forEach(EstimateRecord.self, of: ["C100000", "C100699"]) { passed.append($0.cadreID) } }
        #expect(passed == ["C100000", "C100000", "C100000", "C100699", "C100699", "C100699"])
    }

    @Test(
        "what threads make of each cadre's rows comes in the order of the cadres, however many threads there are",
        arguments: [nil, [], ["C100499", "C100350", "unknown"]] as [Set<String>?], [1, 2, 5])
    func threads(cadres: Set<String>?, threads: Int) throws {
        let rows = Self.estimates(.current, cadres: 12_000)
        var passed: [EstimateRecord] = []
        try warehouse(rows).read { transaction in
            try transaction.forEachCadre(EstimateRecord.self, of: cadres, threads: threads, make: { $0 == "C100007" ? nil : $1 }) { passed += $0 }
        }
        #expect(passed == rows.filter { $0.cadreID != "C100007" && cadres?.contains($0.cadreID) ?? true })
    }

    @Test("rows out of order or twice are refused", arguments: [[3, 0], [0, 3, 1], [0, 1, 0], [0, 0], [2_100, 0]])
    func refused(places: [Int]) throws {
        for isAtOnce in [true, false] {
            let error = #expect(throws: WarehouseError.self) {
                try Warehouse(path: ":memory:").write { transaction in
                    if isAtOnce { return try transaction.insert(places.map { Self.night[$0] }) }
                    for place in places { try transaction.insert([Self.night[place]]) }
                }
            }
            guard case .failed? = error else {
                Issue.record("not .failed: \(String(describing: error))")
                return
            }
        }
    }

    @Test(
        "a blob that is not what was stored is refused by the number of its row",
        arguments: [
            ("UPDATE estimate_blocks SET content = x'' WHERE number = 2", 2),
            ("UPDATE estimate_blocks SET content = substr(content, 1, 100) WHERE number = 2", 2),
            ("UPDATE estimate_blocks SET content = (SELECT content FROM estimate_blocks WHERE number = 1) WHERE number = 2", 2),
            ("UPDATE estimate_blocks SET content = CAST(x'01' || substr(content, 2, 40) || x'FF' || substr(content, 43) AS BLOB) WHERE number = 1", 1),
            ("UPDATE estimate_blocks SET rows = rows + 1 WHERE number = 3", 3), ("UPDATE estimate_blocks SET last_cadre = 'Z' WHERE number = 1", 1),
            ("DELETE FROM estimate_blocks WHERE number = 1", 2), ("DELETE FROM estimate_blocks WHERE number = 7", 8),
        ])
    func corruption(sql: String, row: Int) throws {
        let warehouse = try warehouse(Self.night)
        try warehouse.write { try $0.database.execute(sql: sql) }
        let error = #expect(throws: WarehouseError.self) { try warehouse.read { try $0.all(EstimateRecord.self) } }
        let errorOfThreads = #expect(throws: WarehouseError.self) {
            try warehouse.read { transaction in
                for window in [AppraisalWindow.current, .previous] {
                    try transaction.forEachCadre(EstimateRecord.self, window: window, threads: 2, make: { _, own in own }) { _ in }
                }
            }
        }
        #expect(errorOfThreads == error)
        guard case .corrupt(table: "estimate_blocks", row: row, let reason)? = error else {
            Issue.record("not .corrupt in row \(row): \(String(describing: error))")
            return
        }
        #expect(!reason.isEmpty)
    }

    @Test("variances within people are pooled by group and indicator, with weights n − 1")
    func pooled() throws {
        let warehouse = try Warehouse(path: ":memory:")
        var rows = Self.observations(cadres: 2)
        (rows[1].exposure, rows[1].withinVariance) = (3, 5)
        try warehouse.write { try $0.insert(rows) }
        let expected: Double = (2 * 5 + 11 * 2) / 13
        var pooled = PooledVariances()
        for record in try warehouse.read({ try $0.all(ObservationRecord.self) }) { if let share = PooledVariances.Share(record) { pooled.add(share) } }
        #expect(pooled.values == ["g": ["ballots": expected]])
    }
}
