import Testing

@testable import Ingestion

/// The table in which a cadre's rows are added up, against a dictionary.
@Suite struct MonthlySumsTests {
    private struct Cell: Hashable {
        let measure: Int
        let month: Int32
    }

    @Test(
        "one cadre after the other comes to what a dictionary says, by measure and month, whatever the order of months, and however many there are",
        arguments: [(1, 3), (40, 12), (63, 40), (64, 40), (65, 33), (130, 200)])
    func againstDictionary(measures: Int, months: Int) {
        var sums = MonthlySums(measures: measures)
        var chance = SplitMix(state: UInt64(measures * 1_000 + months))
        for cadre in 0..<6 {
            var expected: [Cell: Sums] = [:]
            for _ in 0..<(cadre == 3 ? 0 : 300) {
                let cell = Cell(measure: chance.next(below: measures), month: Int32(24_000 + chance.next(below: months)))
                let (value, sign) = (Int64(chance.next(below: 200)) - 100, Int64(chance.next(below: 4) == 0 ? -1 : 1))
                let row = sums.row(of: cell.month)
                if chance.next(below: 2) == 0 {
                    sums.add(count: sign, row, cell.measure)
                    expected[cell, default: Sums()] += Sums(count: sign)
                } else {
                    sums.add(Sums(of: value, times: sign), row, cell.measure)
                    expected[cell, default: Sums()] += Sums(of: value, times: sign)
                }
            }
            var found: [(cell: Cell, sums: Sums)] = []
            sums.drain { found.append((Cell(measure: $0, month: $1), $2)) }
            let wanted = expected.filter { !$1.isZero }.sorted { ($0.key.measure, $0.key.month) < ($1.key.measure, $1.key.month) }
            #expect(found.map(\.cell) == wanted.map(\.key), "cadre \(cadre)")
            #expect(found.map(\.sums) == wanted.map(\.value), "cadre \(cadre)")
        }
    }

    @Test("what was taken back whole is not passed, and leaves nothing to the next cadre")
    func takenBack() {
        var sums = MonthlySums(measures: 3)
        sums.add(Sums(of: 7), sums.row(of: 24_001), 1)
        sums.add(Sums(of: 7, times: -1), sums.row(of: 24_001), 1)
        var passed = 0
        sums.drain { _, _, _ in passed += 1 }
        #expect(passed == 0, "seven less seven is nothing")
        sums.add(count: 2, sums.row(of: 24_001), 1)
        sums.drain { measure, month, own in
            passed += 1
            #expect(measure == 1 && month == 24_001 && own == Sums(count: 2), "only what was added since")
        }
        #expect(passed == 1, "one cell")
    }
}
