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

    @Test("ratings come by target and rater, and more of one rater as they came", arguments: [(1, 1), (3, 2_048), (300, 5_000), (5_000, 9)])
    func ratings(targets: Int, raters: Int) {
        var generator = SeededGenerator(seed: UInt64(targets + raters))
        var order = RatingOrder(reserving: 2_000)
        let added = (0..<2_000).map { place in
            (target: Int(generator.next() % UInt64(targets)), rater: Int32(generator.next() % UInt64(raters)), place: place)
        }
        for own in added { order.add(target: own.target, rater: own.rater, place: own.place) }
        order.sort()
        let expected = added.sorted { ($0.target, $0.rater, $0.place) < ($1.target, $1.rater, $1.place) }
        #expect(order.places.map { [Int($0.target), Int($0.rater), Int($0.place)] } == expected.map { [$0.target, Int($0.rater), $0.place] })
    }

    @Test("draws come highest first and equal ones by unit, however they lie")
    func draws() {
        var generator = SeededGenerator(seed: 5)
        let spread = (0..<400).map { _ in generator.normal() }
        let cases: [(String, [Double])] = [
            ("none", []), ("one", [3]), ("spread", spread), ("all alike", [Double](repeating: 2, count: 50)),
            // All but one in one slot.
            ("one far away", spread + [1e9]), ("ties", spread.map { ($0 * 2).rounded() }), ("signed zeros", [0, -0.0, 0]),
            ("farther apart than numbers go", [.greatestFiniteMagnitude, -.greatestFiniteMagnitude, 0]), ("hardly apart", [0, .leastNonzeroMagnitude, 0]),
        ]
        var order = DrawOrder()
        for (name, values) in cases {
            order.sort(values)
            let expected = values.indices.sorted { values[$0] != values[$1] ? values[$0] > values[$1] : $0 < $1 }
            #expect(order.units.map(\.unit) == expected, "\(name)")
            #expect(order.units.map(\.value) == expected.map { values[$0] }, "\(name)")
        }
    }
}
