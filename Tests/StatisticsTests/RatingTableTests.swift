import Statistics
import Testing

@Suite("Rating table") struct RatingTableTests {
    /// Marks of raters on targets, some pairs several times; whole and halves, so that no sum is rounded.
    private func marks(targets: Int, raters: Int, seed: UInt64) -> [(target: Int, rater: Int, value: Double)] {
        var generator = SeededGenerator(seed: seed)
        return (0..<(targets * raters)).map { _ in
            let (target, rater) = (Int.random(in: 0..<targets, using: &generator), Int.random(in: 0..<raters, using: &generator))
            return (target, rater, Double(140 + 3 * target + rater + Int.random(in: 0..<9, using: &generator)) / 2)
        }
    }

    private func cell(_ mark: (target: Int, rater: Int, value: Double)) -> RatingCell {
        RatingCell(target: mark.target, rater: mark.rater, count: 1, sum: mark.value, sumOfSquares: mark.value * mark.value)
    }

    @Test("a table in order comes to what its cells in any order come to, whether pairs met once or several times", arguments: [true, false])
    func cells(once: Bool) throws {
        var marks = marks(targets: 20, raters: 12, seed: 61).sorted { ($0.target, $0.rater, $0.value) < ($1.target, $1.rater, $1.value) }
        if once { marks = Dictionary(grouping: marks) { $0.target * 12 + $0.rater }.sorted { $0.key < $1.key }.map { $1[0] } }
        var table = RatingTable(reserving: marks.count)
        for target in 0..<21 {
            for mark in marks where mark.target == target {
                try table.append(rater: mark.rater, count: 1, sum: mark.value, sumOfSquares: mark.value * mark.value)
            }
            table.endTarget()
        }
        let found = try CrossedEffects(table, raters: 13, acrossParts: true)
        let expected = try CrossedEffects(marks.map(cell).reversed(), targets: 21, raters: 13, acrossParts: true)
        #expect(found.targets == expected.targets && found.raters == expected.raters && found.variances == expected.variances)
        #expect(found.targets[20] == nil)
        for target in 0..<21 { #expect(table.raters(of: target) == Set(marks.filter { $0.target == target }.map(\.rater)).count) }
    }

    @Test("targets pooled are one target: a rater of several has one cell there, and whoever is in no group counts nowhere")
    func pooled() throws {
        let marks = marks(targets: 9, raters: 10, seed: 62)
        let single = Dictionary(grouping: marks) { $0.target * 10 + $0.rater }.sorted { $0.key < $1.key }.map { $1[0] }
        var table = RatingTable()
        for target in 0..<9 {
            for mark in single where mark.target == target {
                try table.append(rater: mark.rater, count: 1, sum: mark.value, sumOfSquares: mark.value * mark.value)
            }
            table.endTarget()
        }
        let groups = [[7, 0, 3], [], [1], [8, 2]]
        let pooled = table.pooled(groups)
        let members = groups.enumerated().flatMap { group, targets in
            single.filter { targets.contains($0.target) }.map { cell((group, $0.rater, $0.value)) }
        }
        let found = try CrossedEffects(pooled, raters: 10, acrossParts: true)
        let expected = try CrossedEffects(members, targets: 4, raters: 10, acrossParts: true)
        #expect(found.targets == expected.targets && found.raters == expected.raters && found.variances == expected.variances)
        #expect(pooled.targets == 4 && pooled.raters(of: 1) == 0 && found.targets[1] == nil)
        #expect(pooled.raters(of: 0) == Set(single.filter { [0, 3, 7].contains($0.target) }.map(\.rater)).count)
    }

    @Test("tables that are joined are the table of all their cells", arguments: [true, false])
    func joined(once: Bool) throws {
        // Raters 0 to 5 are in the first table, the others in the second, whose targets stand in another order; one more has none.
        var marks = marks(targets: 8, raters: 12, seed: 63).sorted { ($0.target, $0.rater, $0.value) < ($1.target, $1.rater, $1.value) }
        if once { marks = Dictionary(grouping: marks) { $0.target * 12 + $0.rater }.sorted { $0.key < $1.key }.map { $1[0] } }
        let tables = try [(0..<6, [0, 1, 2, 3, 4, 5, 6, 7]), (6..<12, [5, 0, 7, 6, 2, 1])].map { raters, targets in
            var table = RatingTable()
            for target in targets {
                for mark in marks where mark.target == target && raters.contains(mark.rater) {
                    try table.append(rater: mark.rater, count: 1, sum: mark.value, sumOfSquares: mark.value * mark.value)
                }
                table.endTarget()
            }
            return (marks: table, targets: targets)
        }
        let found = try CrossedEffects(RatingTable(joining: tables, targets: 9), raters: 12, acrossParts: true)
        let both = marks.filter { $0.rater < 6 || ![3, 4].contains($0.target) }
        let expected = try CrossedEffects(both.map(cell), targets: 9, raters: 12, acrossParts: true)
        #expect(found.targets.count == 9 && found.targets[8] == nil)
        for (mine, theirs) in zip(found.targets, expected.targets) {
            #expect(abs((mine?.mean ?? 0) - (theirs?.mean ?? 0)) < 1e-10 && abs((mine?.variance ?? 0) - (theirs?.variance ?? 0)) < 1e-10)
        }
        #expect(abs(found.variances.noise - expected.variances.noise) < 1e-10)
    }

    @Test("a table in pieces, one behind the other, is the table of all their targets", arguments: [true, false])
    func pieces(once: Bool) throws {
        var marks = marks(targets: 12, raters: 7, seed: 64).sorted { ($0.target, $0.rater, $0.value) < ($1.target, $1.rater, $1.value) }
        if once { marks = Dictionary(grouping: marks) { $0.target * 7 + $0.rater }.sorted { $0.key < $1.key }.map { $1[0] } }
        // Targets 5 to 8 are another source's, whose raters are others; there, and in the last piece, nobody met anybody twice.
        func piece(_ targets: Range<Int>) throws -> (table: RatingTable, raters: Int) {
            var table = RatingTable()
            for target in targets {
                var before = -1
                for mark in marks where mark.target == target && (target < 5 || mark.rater != before) {
                    try table.append(rater: mark.rater, count: 1, sum: mark.value, sumOfSquares: mark.value * mark.value)
                    before = mark.rater
                }
                table.endTarget()
            }
            return (table, table.raterBound)
        }
        var table = RatingTable()
        for (targets, first) in [(0..<0, 0), (0..<5, 0), (5..<9, 7), (9..<12, 0)] {
            let own = try piece(targets)
            try table.append(own.table, firstRater: first, ratersBelow: own.raters)
        }
        var seen: Set<[Int]> = []
        let cells = marks.compactMap { mark -> RatingCell? in
            let rater = mark.rater + ((5..<9).contains(mark.target) ? 7 : 0)
            guard mark.target < 5 || seen.insert([mark.target, rater]).inserted else { return nil }
            return cell((mark.target, rater, mark.value))
        }
        let found = try CrossedEffects(table, raters: 14, acrossParts: true)
        let expected = try CrossedEffects(cells, targets: 12, raters: 14, acrossParts: true)
        #expect(table.targets == 12 && found.targets == expected.targets && found.raters == expected.raters)
        #expect(abs(found.variances.noise - expected.variances.noise) < 1e-10)
        #expect(throws: StatisticsError.self) { try table.append(table, firstRater: Int(Int32.max) - 5, ratersBelow: 14) }
    }

    @Test(
        "what is no cell, or comes out of order, is refused",
        arguments: [
            (2, 1, 1, 1, "rater"), (-1, 1, 1, 1, "rater"), (4, 0, 1, 1, "count"), (4, 1, .infinity, 1, "sum"), (4, 1, 1, -1, "sumOfSquares"),
        ] as [(Int, Double, Double, Double, String)])
    func refused(rater: Int, count: Double, sum: Double, squares: Double, parameter: String) throws {
        var table = RatingTable()
        try table.append(rater: 3, count: 1, sum: 5, sumOfSquares: 25)
        let error = #expect(throws: StatisticsError.self) { try table.append(rater: rater, count: count, sum: sum, sumOfSquares: squares) }
        guard case .outsideDomain(parameter, _) = error else { return #expect(Bool(false), "\(String(describing: error))") }
        // Of the next target any rater may come first.
        table.endTarget()
        try table.append(rater: 2, count: 1, sum: 5, sumOfSquares: 25)
        #expect(throws: StatisticsError.outsideDomain(parameter: "rater", value: 3)) { try CrossedEffects(table, raters: 3) }
    }
}
