import Testing

@testable import Reporting

@Suite("Suppression of small cells") struct CellSuppressionTests {
    /// A table with row totals at the right, column totals below, and the sum of all.
    private struct Grid {
        let rows: Int
        let columns: Int
        let values: [Int]

        init(_ cells: [[Int]]) {
            (rows, columns) = (cells.count, cells[0].count)
            var lines = cells.map { $0 + [$0.reduce(0, +)] }
            lines.append((0...columns).map { column in lines.reduce(0) { $0 + $1[column] } })
            values = lines.flatMap { $0 }
        }

        var sums: [CellSuppression.Sum] {
            let width = columns + 1
            let across = (0...rows).map { CellSuppression.Sum(total: $0 * width + columns, parts: Array($0 * width..<$0 * width + columns)) }
            let down = (0...columns).map { column in
                CellSuppression.Sum(total: rows * width + column, parts: (0..<rows).map { $0 * width + column })
            }
            return across + down
        }

        var shown: [[String]] {
            let isHidden = CellSuppression(values: values, sums: sums).isHidden
            return (0...rows).map { row in
                (0...columns).map { isHidden[row * (columns + 1) + $0] ? "" : "\(values[row * (columns + 1) + $0])" }
            }
        }
    }

    @Test(
        "a small cell takes as many others with it as are needed, the smallest first, and zeros stay",
        arguments: [
            ([[9, 8], [7, 6]], [["9", "8", "17"], ["7", "6", "13"], ["16", "14", "30"]]),
            ([[9, 3, 0], [7, 6, 0], [20, 30, 0]], [["", "", "0", "12"], ["", "", "0", "13"], ["20", "30", "0", "50"], ["36", "39", "0", "75"]]),
            // Two small cells together are few people as well.
            ([[2, 1, 9]], [["", "", "", "12"], ["", "", "", "12"]]),
            ([[4, 0], [0, 0]], [["", "0", ""], ["0", "0", "0"], ["", "0", ""]]),
            ([[0, 0]], [["0", "0", "0"], ["0", "0", "0"]]),
        ])
    func examples(cells: [[Int]], shown: [[String]]) {
        #expect(Grid(cells).shown == shown)
    }

    @Test("what is blank elsewhere stays blank here, and what is shown elsewhere is not counted on")
    func elsewhere() {
        let sum = CellSuppression.Sum(total: 0, parts: [1, 2])
        #expect(CellSuppression(values: [20, 12, 8], sums: [sum], hidden: [0]).isHidden == [true, false, true])
        #expect(CellSuppression(values: [20, 12, 8], sums: [sum], hidden: [1], published: [0]).isHidden == [false, true, true])
        #expect(CellSuppression(values: [20, 12, 8], sums: [sum], hidden: [1], published: [2]).isHidden == [true, true, false])
    }

    @Test("no small number of any table can be had by adding and subtracting what is shown", arguments: 1...60)
    func linear(seed: Int) {
        var lot = Lot(state: UInt64(seed))
        for _ in 0..<5 {
            let (rows, columns) = (Int.random(in: 1...5, using: &lot), Int.random(in: 1...5, using: &lot))
            let size = [3, 8, 30].randomElement(using: &lot) ?? 8
            let grid = Grid((0..<rows).map { _ in (0..<columns).map { _ in max(0, Int.random(in: -size / 3...size, using: &lot)) } })
            let isHidden = CellSuppression(values: grid.values, sums: grid.sums).isHidden
            var derivation = Derivation()
            for sum in grid.sums { derivation.add(total: sum.total, parts: sum.parts) }
            let unknown = isHidden.indices.filter { isHidden[$0] }
            #expect(derivation.determined(unknown: unknown) == [], "\(grid)")
            for (place, value) in grid.values.enumerated() { #expect(isHidden[place] || value == 0 || value >= 5) }
            for sum in grid.sums where !isHidden[sum.total] {
                let blank = sum.parts.filter { isHidden[$0] }
                #expect(blank.isEmpty || blank.count > 1 && blank.reduce(0) { $0 + grid.values[$1] } >= 5, "\(grid)")
            }
        }
    }

    @Test("and knowing that counts are not negative pins no small number down either", arguments: 1...40)
    func bounds(seed: Int) {
        var lot = Lot(state: UInt64(seed))
        let cells = (0..<2).map { _ in (0..<2).map { _ in max(0, Int.random(in: -2...7, using: &lot)) } }
        let (grid, shown) = (Grid(cells), Grid(cells).shown.flatMap { $0 })
        var possible = [Set<Int>](repeating: [], count: grid.values.count)
        for a in 0...9 {
            for b in 0...9 {
                for c in 0...9 {
                    for d in 0...9 {
                        let other = Grid([[a, b], [c, d]]).values
                        guard zip(other, shown).allSatisfy({ $1.isEmpty || $1 == "\($0)" }) else { continue }
                        for (place, value) in other.enumerated() { possible[place].insert(value) }
                    }
                }
            }
        }
        for (place, value) in grid.values.enumerated() where value > 0 && value < 5 { #expect(possible[place].count > 1, "\(cells)") }
    }
}
