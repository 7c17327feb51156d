import PipelineModel
import Testing

@testable import Warehouse

/// Adverse rows and ratings of a warehouse: written in order, read whole or in part.
@Suite struct EvidenceAndRatingStoreTests {
    private static func row(_ cadre: String, line: Int, day: String? = nil, file: Int = 1, reform: String? = nil) -> EvidenceRecord {
        EvidenceRecord(
            source: "tasks \(file)", role: .tasks, fileID: file, line: line, recordID: line % 3 == 0 ? nil : "T-\(line)", cadreID: cadre,
            eventDate: day.flatMap { CalendarDate(iso: $0) }, reform: reform)
    }

    private static func increment(_ measure: String, count: Int = 1, sum: Int = 0) -> EvidenceIncrement {
        EvidenceIncrement(measure: measure, month: Month(index: 24_300), count: count, sum: sum, sumOfSquares: sum * sum)
    }

    private func warehouse(_ rows: [(EvidenceRecord, [EvidenceIncrement])], ratings: [MonthlyRating] = []) throws -> Warehouse {
        let warehouse = try Warehouse(path: ":memory:")
        try warehouse.write { transaction in
            try transaction.insert(["a", "b"].map { MeasureRecord(measure: $0, decimals: 0) })
            try transaction.replaceEvidence { builder in for (row, increments) in rows { try builder.add(row, increments) } }
            try transaction.replaceRatings { builder in for rating in ratings { try builder.add(rating) } }
        }
        return warehouse
    }

    @Test("each adverse row comes back with its own increments, over files and blocks")
    func evidence() throws {
        let rows = (1...2).flatMap { file in
            (1...6_000).map { line in
                (
                    Self.row("C\(line % 7)", line: line, day: line % 5 == 0 ? nil : "2025-11-03", file: file, reform: line % 11 == 0 ? "GG-\(line % 4)" : nil),
                    line % 4 == 0 ? [] : [Self.increment("a"), Self.increment("b", count: 2, sum: line)]
                )
            }
        }
        var (read, added): ([EvidenceRecord], [[EvidenceIncrement]]) = ([], [])
        try warehouse(rows).read {
            try $0.forEachEvidence {
                read.append($0)
                added.append($1)
            }
        }
        #expect(read == rows.map(\.0))
        #expect(added == rows.map(\.1))
    }

    @Test("on several threads the same rows are looked at, and those that are wanted come in their order", arguments: [1, 2, 5])
    func wanted(threads: Int) throws {
        let rows = (1...2).flatMap { file in
            (1...90_000).map { line in
                let months = line % 4 == 0 ? [] : [24_300 + Int32(line % 12), 24_300]
                return (
                    Self.row("C\(line % 7)", line: line, day: line % 5 == 0 ? nil : "2025-11-03", file: file, reform: line % 11 == 0 ? "GG-1" : nil),
                    months.map { EvidenceIncrement(measure: $0 == 24_300 ? "a" : "b", month: Month(index: $0), count: 1, sum: 0, sumOfSquares: 0) }
                )
            }
        }
        /// Whether what a glance shows is what the whole row says.
        @Sendable func agrees(_ glance: EvidenceGlance) -> Bool {
            let (row, increments) = rows[(glance.fileID - 1) * 90_000 + glance.line - 1]
            let months = increments.map(\.month)
            return (glance.role, glance.cadreID, glance.recordID, glance.eventDate) == (row.role, row.cadreID, row.recordID, row.eventDate)
                && glance.namesReform == (row.reform != nil) && glance.months?.lowerBound == months.min() && glance.months?.upperBound == months.max()
        }
        var (read, added): ([EvidenceRecord], [[EvidenceIncrement]]) = ([], [])
        try warehouse(rows).read {
            try $0.forEachEvidence(threads: threads, where: { !agrees($0) || $0.line % 1_000 < 3 }) {
                read.append($0)
                added.append($1)
            }
        }
        let expected = rows.filter { $0.0.line % 1_000 < 3 }
        #expect(read == expected.map(\.0))
        #expect(added == expected.map(\.1))
    }

    @Test("rows out of order, or of no known measure, are refused")
    func refusedEvidence() {
        #expect(throws: WarehouseError.self) { try warehouse([(Self.row("A", line: 5), []), (Self.row("A", line: 4), [])]) }
        #expect(throws: WarehouseError.self) { try warehouse([(Self.row("A", line: 5), [Self.increment("unheard")])]) }
    }

    private static func rating(_ measure: String, _ source: String, _ cadre: String, _ month: Int32, _ rater: Int) -> MonthlyRating {
        MonthlyRating(
            measure: measure, source: source, cadreID: cadre, month: Month(index: month), rater: rater, count: 1, sum: rater, sumOfSquares: rater * rater)
    }

    @Test("ratings come back in their order, and a measure's months by themselves")
    func ratings() throws {
        let all = ["a", "b"].flatMap { measure in
            ["s", "t"].flatMap { source in
                (0..<900).flatMap { cadre in (0..<10).map { Self.rating(measure, source, "C\(1_000 + cadre)", 24_300 + Int32($0), $0 * cadre + 1) } }
            }
        }
        let warehouse = try warehouse([], ratings: all)
        #expect(try warehouse.read { try $0.ratings() } == all)
        var read: [MonthlyRating] = []
        let window = MonthWindow(first: Month(index: 24_302), last: Month(index: 24_304))
        try warehouse.read { try $0.forEachRating(of: "b", in: window) { read.append($0) } }
        #expect(read == all.filter { $0.measure == "b" && window.contains($0.month) })
    }

    @Test("ratings and adverse rows made in stretches are those made in one", arguments: [1, 3])
    func stretches(threads: Int) throws {
        let given = (0..<900).flatMap { cadre in (0..<20).map { Self.rating("a", "s", "C\(1_000 + cadre)", 24_300, $0 + 1) } }
        let rows = (1...9_000).map { (Self.row("C\($0 % 7)", line: $0), [Self.increment("a")]) }
        let warehouse = try warehouse([])
        let ratings = Stretches<RatingBuilder>(9) { stretch, builder in
            for rating in given[(stretch * 2_000)..<(stretch * 2_000 + 2_000)] { try builder.add(rating) }
        }
        let evidence = Stretches<EvidenceBuilder>(3) { stretch, builder in
            for (row, increments) in rows[(stretch * 3_000)..<(stretch * 3_000 + 3_000)] { try builder.add(row, increments) }
        }
        try warehouse.write { try $0.replaceBlocks(NightBlocks(measures: ["a"], threads: threads, ahead: 2, ratings: ratings, evidence: evidence)) }
        #expect(try warehouse.read { try $0.ratings() } == given)
        #expect(try warehouse.read { try $0.evidence() } == rows.map(\.0))

        let backwards = Stretches<EvidenceBuilder>(2) { stretch, builder in
            let (row, increments) = rows[stretch == 0 ? 1 : 0]
            try builder.add(row, increments)
        }
        #expect(throws: WarehouseError.self) {
            try warehouse.write { try $0.replaceBlocks(NightBlocks(measures: ["a"], threads: threads, evidence: backwards)) }
        }
        let ofOneCadre = Stretches<RatingBuilder>(2) { stretch, builder in try builder.add(given[stretch]) }
        #expect(throws: WarehouseError.self) {
            try warehouse.write { try $0.replaceBlocks(NightBlocks(measures: ["a"], threads: threads, ratings: ofOneCadre)) }
        }
    }

    @Test(
        "ratings out of order, twice, or of no known measure are refused",
        arguments: [
            [("a", "s", "B", 1, 1), ("a", "s", "A", 1, 1)], [("a", "s", "A", 2, 1), ("a", "s", "A", 1, 1)], [("a", "s", "A", 1, 2), ("a", "s", "A", 1, 1)],
            [("a", "s", "A", 1, 1), ("a", "s", "A", 1, 1)], [("a", "t", "A", 1, 1), ("a", "s", "B", 1, 1)], [("b", "s", "A", 1, 1), ("a", "s", "A", 1, 1)],
            [("unheard", "s", "A", 1, 1)],
        ] as [[(String, String, String, Int32, Int)]])
    func refusedRatings(ratings: [(String, String, String, Int32, Int)]) {
        #expect(throws: WarehouseError.self) { try warehouse([], ratings: ratings.map { Self.rating($0.0, $0.1, $0.2, $0.3, $0.4) }) }
    }
}
