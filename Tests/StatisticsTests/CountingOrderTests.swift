import Testing

@testable import Statistics

@Suite("What is put in order by counting") struct CountingOrderTests {
    @Test("cells come by rater and value, as a comparison puts them", arguments: [1, 3, 2_000, 2_048, 70_000])
    func cells(raters: Int) {
        var generator = SeededGenerator(seed: UInt64(raters))
        var sorted = SingleCells(raters: raters)
        // Again and again in the same memory, with more and with fewer.
        for count in [0, 1, 500, 40, 900, 900] {
            sorted.removeAll()
            var expected: [SingleCells.Cell] = []
            for _ in 0..<count {
                let cell = (rater: Int32(generator.next() % UInt64(raters)), value: Double(generator.next() % 5))
                sorted.append(cell.rater, cell.value)
                expected.append(cell)
            }
            sorted.sort()
            expected.sort { ($0.rater, $0.value) < ($1.rater, $1.value) }
            #expect(sorted.all.map(\.rater) == expected.map(\.rater) && sorted.all.map(\.value) == expected.map(\.value))
        }
    }

    @Test("a share of drawn ranks is that of the sorted draws", arguments: [1, 2, 7, 300])
    func ranks(units: Int) {
        var generator = SeededGenerator(seed: 17)
        for draws in [1, 2, 3, 10, 999] {
            let drawn = (0..<draws).map { _ in Int32(generator.next() % UInt64(units)) + 1 }
            let (ranks, sorted) = (DrawnRanks(drawn[...], units: units), drawn.sorted())
            for share in [0, 0.05, 0.5, 0.95, 0.999, 1] {
                #expect(ranks.at(share) == Int(sorted[min(draws - 1, Int(share * Double(draws)))]), "\(draws) draws, \(share)")
            }
        }
    }
}
