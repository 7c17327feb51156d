import Foundation
import Statistics
import Testing

@Suite struct CrossedEffectsTests {
    private func cell(_ target: Int, _ rater: Int, _ values: [Double]) -> RatingCell {
        RatingCell(
            target: target, rater: rater, count: Double(values.count), sum: values.reduce(0, +), sumOfSquares: values.reduce(0) { $0 + $1 * $1 })
    }

    /// Targets vary by 5, raters by 3, noise is 4; each rater meets `met` random targets, one value each.
    private func drawn(_ targets: Int, _ raters: Int, met: Int, seed: UInt64) -> (cells: [RatingCell], levels: [Double]) {
        var generator = SeededGenerator(seed: seed)
        let levels = (0..<targets).map { _ in 80 + 5 * generator.normal() }
        var cells: [RatingCell] = []
        for rater in 0..<raters {
            let severity = 3 * generator.normal()
            for target in (0..<targets).shuffled(using: &generator).prefix(met) {
                cells.append(cell(target, rater, [levels[target] + severity + 4 * generator.normal()]))
            }
        }
        return (cells, levels)
    }

    @Test("a balanced table by hand: the analysis of variance")
    func byHand() throws {
        let values: [[Double]] = [[1, 4, 7], [3, 5, 10], [2, 6, 7], [8, 9, 13]]
        let cells = values.enumerated().flatMap { target, row in row.enumerated().map { cell(target, $0, [$1]) } }
        let found = try CrossedEffects(cells, targets: 4, raters: 3)
        let all = values.flatMap(\.self).reduce(0, +) / 12
        let rows = values.map { $0.reduce(0, +) / 3 }
        let columns = (0..<3).map { column in values.reduce(0) { $0 + $1[column] } / 4 }
        let (a, b) = (rows.reduce(0) { $0 + 3 * ($1 - all) * ($1 - all) } / 3, columns.reduce(0) { $0 + 4 * ($1 - all) * ($1 - all) } / 2)
        let total = values.flatMap(\.self).reduce(0) { $0 + ($1 - all) * ($1 - all) }
        let noise = (total - 3 * a - 2 * b) / 6
        #expect(abs(found.variances.noise - noise) < 1e-10)
        #expect(abs(found.variances.target - (a - noise) / 3) < 1e-10 && abs(found.variances.rater - (b - noise) / 4) < 1e-10)
        // Everybody had the same raters, so nothing is to be adjusted.
        for (target, row) in zip(found.targets, rows) { #expect(abs(try #require(target).mean - row) < 1e-9) }
        for (rater, column) in zip(found.raters, columns) {
            #expect(abs(rater - (column - all) * 4 / (4 + found.variances.noise / found.variances.rater)) < 1e-9)
        }
    }

    @Test("severe raters are not held against those who met them")
    func severity() throws {
        // Two severe raters, two lenient ones; targets 0 and 1 are alike, but met different pairs.
        var cells: [RatingCell] = []
        for target in 0..<10 {
            for rater in 0..<4 where !(target == 0 && rater > 1) && !(target == 1 && rater < 2) {
                let noise = Double((target * 7 + rater * 5) % 3 - 1) / 2
                cells.append(cell(target, rater, [80 + Double(target / 2) + (rater < 2 ? -6 : 6) + noise]))
            }
        }
        let found = try CrossedEffects(cells, targets: 10, raters: 4)
        let (first, second) = (try #require(found.targets[0]), try #require(found.targets[1]))
        #expect(abs(first.mean - second.mean) < 1.5)
        #expect(found.raters[0] < -4 && found.raters[3] > 4)
        #expect(first.variance > (try #require(found.targets[5])).variance)
    }

    @Test("order, and the splitting of cells, change nothing")
    func order() throws {
        var (cells, _) = drawn(30, 20, met: 8, seed: 51)
        let found = try CrossedEffects(cells, targets: 30, raters: 20)
        var generator = SeededGenerator(seed: 1)
        cells.shuffle(using: &generator)
        let again = try CrossedEffects(cells, targets: 30, raters: 20)
        #expect(found.targets == again.targets && found.variances == again.variances && found.raters == again.raters)
        let joined = try CrossedEffects([cell(0, 0, [3, 5]), cell(0, 1, [4]), cell(1, 0, [9, 8]), cell(1, 1, [7])], targets: 2, raters: 2)
        let split = try CrossedEffects(
            [cell(0, 0, [3]), cell(0, 1, [4]), cell(0, 0, [5]), cell(1, 0, [9]), cell(1, 0, [8]), cell(1, 1, [7])], targets: 2, raters: 2)
        #expect(joined.variances == split.variances)
    }

    @Test("a target and a rater without values have no effect")
    func absent() throws {
        let (cells, _) = drawn(10, 8, met: 6, seed: 52)
        let found = try CrossedEffects(cells, targets: 11, raters: 9)
        #expect(found.targets[10] == nil && found.raters[8] == 0)
        #expect(found.targets.prefix(10).allSatisfy { $0 != nil })
    }

    @Test(
        "designs that cannot tell are told",
        arguments: [
            ([], .degenerate(.noObservations)), ([(0, 0, [1, 2]), (1, 0, [3, 4])], .degenerate(.oneRater)),
            ([(0, 0, [1, 2]), (0, 1, [3, 4])], .degenerate(.oneTarget)), ([(0, 0, [1]), (0, 1, [2]), (1, 0, [3])], .degenerate(.noReplication)),
            ([(0, 0, [5]), (0, 1, [5]), (1, 0, [5]), (1, 1, [5])], .degenerate(.noVariance)),
            ([(0, 0, [1, 2]), (1, 1, [3, 4])], .disconnected(parts: 2)), ([(0, 2, [1])], .outsideDomain(parameter: "rater", value: 2)),
        ] as [([(Int, Int, [Double])], StatisticsError)])
    func degenerate(rows: [(Int, Int, [Double])], expected: StatisticsError) {
        #expect(throws: expected) { try CrossedEffects(rows.map { cell($0.0, $0.1, $0.2) }, targets: 2, raters: 2) }
    }

    @Test("parts that share no rater, taken together on purpose")
    func parts() throws {
        let (one, _) = drawn(15, 12, met: 10, seed: 53)
        let (other, _) = drawn(15, 12, met: 10, seed: 54)
        let cells =
            one + other.map { RatingCell(target: $0.target + 15, rater: $0.rater + 12, count: 1, sum: $0.sum, sumOfSquares: $0.sumOfSquares) }
        #expect(throws: StatisticsError.disconnected(parts: 2)) { try CrossedEffects(cells, targets: 30, raters: 24) }
        let found = try CrossedEffects(cells, targets: 30, raters: 24, acrossParts: true)
        #expect(found.parts == 2)
        let alone = try CrossedEffects(one, targets: 15, raters: 12)
        #expect(try #require(found.targets[0]).variance > (try #require(alone.targets[0])).variance)
        #expect(throws: StatisticsError.degenerate(.confounded)) {
            try CrossedEffects([cell(0, 0, [1, 2]), cell(1, 1, [3, 4])], targets: 2, raters: 2, acrossParts: true)
        }
    }

    @Test("raters that do not differ adjust nobody")
    func noRaterVariance() throws {
        let cells = (0..<6).flatMap { target in (0..<4).map { cell(target, $0, [Double(target), Double(target) + 2]) } }
        let found = try CrossedEffects(cells, targets: 6, raters: 4)
        #expect(found.variances.rater == 0 && found.raters.allSatisfy { $0 == 0 })
        for (place, target) in found.targets.enumerated() {
            #expect(abs(try #require(target).mean - Double(place + 1)) < 1e-12)
            #expect(abs(try #require(target).variance - found.variances.noise / 8) < 1e-12)
        }
    }

    @Test("known variances are recovered, and the stated errors of adjusted means are their errors", arguments: [5, 12])
    func recovery(met: Int) throws {
        var (target, rater, noise) = (0.0, 0.0, 0.0)
        var (errors, stated) = (0.0, 0.0)
        for seed in 0..<20 {
            let (cells, levels) = drawn(40, 60, met: met, seed: 500 + UInt64(seed))
            let found = try CrossedEffects(cells, targets: 40, raters: 60, acrossParts: true)
            target += found.variances.target / 20
            rater += found.variances.rater / 20
            noise += found.variances.noise / 20
            // The mean severity shifts all alike, so errors are taken against their mean. Some target may have met nobody.
            let met = zip(found.targets, levels).compactMap { adjusted, level in adjusted.map { (error: $0.mean - level, variance: $0.variance) } }
            let mean = met.reduce(0) { $0 + $1.error } / Double(met.count)
            errors += met.reduce(0) { $0 + ($1.error - mean) * ($1.error - mean) } / Double(met.count - 1) / 20
            stated += met.reduce(0) { $0 + $1.variance } / Double(met.count) / 20
        }
        #expect(abs(target / 25 - 1) < 0.2 && abs(rater / 9 - 1) < 0.2 && abs(noise / 16 - 1) < 0.1)
        #expect(abs(stated / errors - 1) < 0.15)
    }
}
