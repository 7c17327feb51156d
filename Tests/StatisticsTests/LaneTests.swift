import Foundation
import Testing

@testable import Statistics

@Suite struct LaneTests {
    /// Symmetric positive definite matrices, one per lane, and their lower halves side by side.
    private func matrices(size: Int, seed: UInt64) throws -> ([SquareMatrix], [Lanes]) {
        var generator = SeededGenerator(seed: seed)
        let matrices = try (0..<4).map { _ in
            let root = (0..<size * size).map { _ in generator.normal() }
            let elements = (0..<size * size).map { place in
                let (row, column) = place.quotientAndRemainder(dividingBy: size)
                return (0..<size).reduce(row == column ? 0.1 : 0) { $0 + root[row * size + $1] * root[column * size + $1] }
            }
            return try SquareMatrix(size: size, elements: elements)
        }
        return (matrices, (0..<size * size).map { place in Lanes(matrices.map { $0.elements[place] }) })
    }

    @Test("four matrices at once have the solutions and inverses of one at a time", arguments: 1...9)
    func factor(size: Int) throws {
        var (matrices, lanes) = try matrices(size: size, seed: UInt64(80 + size))
        var solution = (0..<size).map { Lanes(Double($0) + 1, 2, -1, 0.5) }
        var inverse = [Lanes](repeating: Lanes(), count: size * size)
        lanes.withUnsafeMutableBufferPointer { lanes in
            inverse.withUnsafeMutableBufferPointer { inverse in
                solution.withUnsafeMutableBufferPointer { solution in
                    #expect(LaneFactor.factorise(lanes.baseAddress!, size: size) == nil)
                    LaneFactor.solve(lanes.baseAddress!, solution.baseAddress!, size: size)
                    LaneFactor.invert(lanes.baseAddress!, into: inverse.baseAddress!, size: size)
                }
            }
        }
        for (lane, matrix) in matrices.enumerated() {
            let one = try matrix.inverseOfPositiveDefinite()
            let scale = one.elements.map(\.magnitude).max() ?? 1
            for place in one.elements.indices { #expect(abs(one.elements[place] - inverse[place][lane]) < 1e-10 * scale) }
            for row in 0..<size {
                let product = (0..<size).reduce(0) { $0 + matrix[row, $1] * solution[$1][lane] }
                #expect(abs(product - [Double(row) + 1, 2, -1, 0.5][lane]) < 1e-9)
            }
        }
    }

    @Test("a matrix that is not positive definite is told, whatever stands beside it", arguments: 0..<4)
    func indefinite(lane: Int) {
        var lanes = [Lanes(repeating: 1), Lanes(), Lanes(), Lanes(repeating: 1)]
        lanes[2][lane] = 1
        #expect(lanes.withUnsafeMutableBufferPointer { LaneFactor.factorise($0.baseAddress!, size: 2) } == 1)
    }

    /// Terms of all families, near and far from what is expected, with neighbours of another family.
    private func units(_ count: Int, seed: UInt64) throws -> [[LikelihoodTerm]] {
        var generator = SeededGenerator(seed: seed)
        return try (0..<count).map { unit in
            let observations: [Observation?] = [
                .count(events: generator.poisson(exp(4 * generator.normal())), exposure: 1),
                generator.uniform() < 0.3 ? nil : .share(events: generator.binomial(9, generator.uniform()), trials: 9),
                .mean(value: 8 * generator.normal(), variance: 0.3),
            ]
            return try observations.indices.map {
                let place = unit % 2 == 0 ? $0 : ($0 + 1) % 3
                return try LikelihoodTerm(observations[place], location: -0.5, spread: 1.5, direction: unit % 3 == 0 ? .lowerIsBetter : .higherIsBetter)
            }
        }
    }

    @Test("an expansion has the derivatives of the likelihood, in every lane")
    func expansion() throws {
        let units = try units(7, seed: 91)
        var terms = UnitTerms(dimension: 3)
        for unit in units { try terms.append(unit) }
        try LaneTerms(terms, places: 0..<7).withPointers { (lanes) throws(StatisticsError) in
            for (place, unit) in units.enumerated() {
                for index in 0..<3 {
                    for theta in [-1.5, 0, 0.7] {
                        let (lane, one) = (lanes[place / 4].expansion(index, at: Lanes(repeating: theta)), unit[index].expansion(at: theta))
                        let skewness = (unit[index].expansion(at: theta + 1e-5).curvature - unit[index].expansion(at: theta - 1e-5).curvature) / 2e-5
                        #expect(abs(lane.gradient[place % 4] - one.gradient) <= 1e-12 * max(1, one.gradient.magnitude))
                        #expect(abs(lane.curvature[place % 4] - one.curvature) <= 1e-12 * max(1, one.curvature))
                        #expect(abs(lane.skewness[place % 4] - skewness) <= 1e-5 * max(1, one.curvature))
                    }
                }
            }
        }
    }

    @Test("whoever stands beside a unit, and however many, changes no bit of its posterior")
    func neighbours() throws {
        let units = try units(41, seed: 92)
        let correlation = try SquareMatrix(size: 3, elements: [1, 0.5, 0.2, 0.5, 1, -0.3, 0.2, -0.3, 1])
        var all = UnitTerms(dimension: 3)
        for unit in units { try all.append(unit) }
        let together = try JointPosteriors(all, correlation: correlation)
        for (place, unit) in units.enumerated() {
            var one = UnitTerms(dimension: 3)
            try one.append(unit)
            let alone = try JointPosteriors(one, correlation: correlation)
            #expect(alone.mean(of: 0).elementsEqual(together.mean(of: place)))
            for row in 0..<3 { for column in 0...row { #expect(alone.covariance(of: 0, row, column) == together.covariance(of: place, row, column)) } }
        }
    }

    @Test("the mode is where the gradient of the log-posterior is 0, and the covariance the inverse of its curvature there")
    func stationary() throws {
        let units = try units(60, seed: 93)
        let correlation = try SquareMatrix(size: 3, elements: [1, 0.5, 0.2, 0.5, 1, -0.3, 0.2, -0.3, 1])
        let precision = try correlation.inverseOfPositiveDefinite()
        var terms = UnitTerms(dimension: 3)
        for unit in units { try terms.append(unit) }
        let workspace = PosteriorWorkspace(precision: precision.elements, dimension: 3)
        let lanes = LaneTerms(terms, places: 0..<60)
        for four in 0..<15 {
            workspace.mode.update(repeating: Lanes(), count: 3)
            try lanes.withPointers { (pointers) throws(StatisticsError) in try workspace.solve(pointers[four], tolerance: 1e-8) }
            for lane in 0..<4 {
                let mode = (0..<3).map { workspace.mode[$0][lane] }
                let expansions = (0..<3).map { units[four * 4 + lane][$0].expansion(at: mode[$0]) }
                var curvature = precision
                for row in 0..<3 {
                    let pull = (0..<3).reduce(0) { $0 + precision[row, $1] * mode[$1] }
                    #expect(abs(expansions[row].gradient - pull) < 1e-8 * (1 + expansions[row].curvature))
                    curvature[row, row] += expansions[row].curvature
                }
                let covariance = try curvature.inverseOfPositiveDefinite()
                for place in 0..<9 { #expect(abs(covariance.elements[place] - workspace.covariance[place][lane]) < 1e-7) }
            }
        }
    }
}
