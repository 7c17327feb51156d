import Foundation
import Statistics
import Testing

@Suite struct JointPosteriorTests {
    private func equicorrelated(_ size: Int, _ r: Double) -> SquareMatrix {
        var matrix = SquareMatrix(identity: size)
        for row in 0..<size { for column in 0..<size where row != column { matrix[row, column] = r } }
        return matrix
    }

    private func posterior(_ terms: [LikelihoodTerm], _ correlation: SquareMatrix) throws -> JointPosteriors {
        var units = UnitTerms(dimension: terms.count)
        try units.append(terms)
        return try JointPosteriors(units, correlation: correlation)
    }

    @Test("gradient and curvature are the derivatives of the log-likelihood", arguments: [-2.0, 0, 1.5])
    func derivatives(theta: Double) throws {
        let observations: [Observation] = [.count(events: 3, exposure: 10), .share(events: 2, trials: 9), .mean(value: 71, variance: 4)]
        for (observation, location) in zip(observations, [-1, 0.5, 70]) {
            for direction in [Direction.higherIsBetter, .lowerIsBetter] {
                let term = try LikelihoodTerm(observation, location: location, spread: 0.7, direction: direction, dispersion: 1.6)
                let (at, h) = (term.expansion(at: theta), 1e-5)
                let (right, left) = (term.expansion(at: theta + h), term.expansion(at: theta - h))
                #expect(abs((right.logLikelihood - left.logLikelihood) / (2 * h) - at.gradient) < 1e-6)
                #expect(abs((right.gradient - left.gradient) / (2 * h) + at.curvature) < 1e-6)
                #expect(at.curvature > 0)
            }
        }
    }

    @Test("extreme standings overflow nothing but a hopeless count")
    func extremes() throws {
        let term = try LikelihoodTerm(.share(events: 3, trials: 7), location: 0, spread: 1, direction: .higherIsBetter)
        for theta in [-800.0, 800] {
            let at = term.expansion(at: theta)
            #expect(at.logLikelihood.isFinite && at.gradient.isFinite && at.curvature >= 0)
        }
    }

    @Test("a missing term, no exposure and σ = 0 all leave the prior as it was")
    func missing() throws {
        let none = try [
            LikelihoodTerm.missing, LikelihoodTerm(nil, location: 0, spread: 1, direction: .higherIsBetter),
            LikelihoodTerm(.count(events: 0, exposure: 0), location: 0, spread: 1, direction: .lowerIsBetter),
            LikelihoodTerm(.count(events: 9, exposure: 1), location: 0, spread: 0, direction: .lowerIsBetter),
        ]
        #expect(none.allSatisfy { $0 == .missing })
        let correlation = equicorrelated(4, 0.3)
        let found = try posterior(none, correlation)
        #expect(found.mean(of: 0).allSatisfy { $0 == 0 })
        for row in 0..<4 { for column in 0..<4 { #expect(abs(found.covariance(of: 0, row, column) - correlation[row, column]) < 1e-12) } }
    }

    @Test("with means alone the posterior is exact: the conjugate normal")
    func conjugate() throws {
        let term = try LikelihoodTerm(.mean(value: 76, variance: 8), location: 70, spread: 4, direction: .higherIsBetter)
        let found = try posterior([term], SquareMatrix(identity: 1)).marginal(of: 0, 0)
        // Precision 1 + 16/8, pull 6 · 4/8.
        #expect(abs(found.mean - 1) < 1e-12 && abs(found.variance - 1.0 / 3) < 1e-12)
        // What is seen on one measurement moves the other by their correlation.
        let two = try posterior([term, .missing], equicorrelated(2, 0.5))
        #expect(abs(two.mean(of: 0)[1] - 0.5) < 1e-12)
        #expect(abs(two.covariance(of: 0, 1, 1) - (1 - 0.25 + 0.25 / 3)) < 1e-12)
        let composite = two.composite(of: 0, weights: [0.5, 0.5])
        #expect(abs(composite.mean - 0.75) < 1e-12)
        #expect(abs(composite.variance - 0.25 * (1.0 / 3 + 2 * two.covariance(of: 0, 0, 1) + two.covariance(of: 0, 1, 1))) < 1e-12)
    }

    @Test("for one measurement the approximation comes near the integral", arguments: [0, 2, 6, 40])
    func quadrature(events: Double) throws {
        let term = try LikelihoodTerm(.count(events: events, exposure: 12), location: -1.5, spread: 0.6, direction: .lowerIsBetter)
        let found = try posterior([term], SquareMatrix(identity: 1)).marginal(of: 0, 0)
        var (sum, first, second) = (0.0, 0.0, 0.0)
        for step in -8000...8000 {
            let theta = Double(step) / 1000
            let weight = exp(term.expansion(at: theta).logLikelihood - theta * theta / 2 - term.expansion(at: found.mean).logLikelihood)
            sum += weight
            first += weight * theta
            second += weight * theta * theta
        }
        let mean = first / sum
        #expect(abs(found.mean - mean) < 0.02)
        #expect(abs(found.variance / (second / sum - mean * mean) - 1) < 0.1)
    }

    @Test("shrinkage lies between the unit's own value and its peers' mean, and more of the same evidence never lowers certainty")
    func shrinkage() throws {
        var lastVariance = 1.0
        var lastMean = 0.0
        for size in [1.0, 2, 5, 20, 100, 1000] {
            let term = try LikelihoodTerm(.share(events: 0.2 * size, trials: size), location: 0, spread: 0.8, direction: .higherIsBetter)
            let found = try posterior([term], SquareMatrix(identity: 1)).marginal(of: 0, 0)
            let own = log(0.25) / 0.8
            #expect(own < found.mean && found.mean < lastMean)
            #expect(found.variance < lastVariance)
            (lastMean, lastVariance) = (found.mean, found.variance)
        }
        #expect(abs(lastMean - log(0.25) / 0.8) < 0.02)
    }

    @Test("a dispersion takes evidence away; the direction mirrors")
    func dispersionAndDirection() throws {
        func found(_ direction: Direction, _ dispersion: Double) throws -> NormalDistribution {
            let term = try LikelihoodTerm(
                .count(events: 9, exposure: 12), location: -1.5, spread: 0.6, direction: direction, dispersion: dispersion)
            return try posterior([term], SquareMatrix(identity: 1)).marginal(of: 0, 0)
        }
        let (plain, mirrored, clustered) = (try found(.lowerIsBetter, 1), try found(.higherIsBetter, 1), try found(.lowerIsBetter, 3))
        #expect(plain.mean < 0 && abs(plain.mean + mirrored.mean) < 1e-12 && abs(plain.variance - mirrored.variance) < 1e-12)
        #expect(plain.mean < clustered.mean && clustered.mean < 0 && clustered.variance > plain.variance)
    }

    @Test("thousands of events far from the peers are found nevertheless")
    func far() throws {
        let term = try LikelihoodTerm(.count(events: 5000, exposure: 1), location: -3, spread: 0.5, direction: .lowerIsBetter)
        let found = try posterior([term], SquareMatrix(identity: 1)).marginal(of: 0, 0)
        #expect(abs(found.mean + (log(5000) + 3) / 0.5) < 0.2 && found.variance < 0.001)
    }

    @Test("a matrix that is no correlation, and shapes that do not fit, are told")
    func wrong() throws {
        let units = UnitTerms(dimension: 2)
        #expect(throws: StatisticsError.notPositiveDefinite(row: 1)) { try JointPosteriors(units, correlation: equicorrelated(2, 1)) }
        #expect(throws: StatisticsError.self) { try JointPosteriors(units, correlation: SquareMatrix(identity: 3)) }
        #expect(throws: StatisticsError.self) { try SquareMatrix(size: 2, elements: [1]) }
        var growing = units
        #expect(throws: StatisticsError.self) { try growing.append([.missing]) }
        #expect(throws: StatisticsError.self) {
            try LikelihoodTerm(.mean(value: 1, variance: 0), location: 0, spread: 1, direction: .higherIsBetter)
        }
        #expect(throws: StatisticsError.self) { try compositeLine(share: 0, weights: [1], correlation: SquareMatrix(identity: 1)) }
        #expect(throws: StatisticsError.self) { try compositeLine(share: 0.1, weights: [1, 2], correlation: SquareMatrix(identity: 1)) }
    }

    @Test("inverse of a positive definite matrix", arguments: [1, 2, 5, 16])
    func inverse(size: Int) throws {
        let matrix = equicorrelated(size, 0.4)
        let inverse = try matrix.inverseOfPositiveDefinite()
        for row in 0..<size {
            for column in 0..<size {
                let product = (0..<size).reduce(0) { $0 + matrix[row, $1] * inverse[$1, column] }
                #expect(abs(product - (row == column ? 1 : 0)) < 1e-12)
            }
        }
    }

    @Test("the line under which a tenth of composites lie")
    func line() throws {
        let found = try compositeLine(share: 0.1, weights: [0.5, 0.5], correlation: equicorrelated(2, 0.5))
        #expect(abs(found + 1.2815515655446004 * 0.75.squareRoot()) < 1e-12)
        let sure = NormalDistribution(mean: 1, variance: 0)
        #expect(sure.probability(below: 1) == 0 && sure.probability(below: 1.1) == 1 && sure.probability(above: 0.9) == 1)
        let half = NormalDistribution(mean: 1, variance: 4)
        #expect(half.probability(below: 1) == 0.5 && abs(half.probability(above: 3) - 0.15865525393145705) < 1e-15)
        #expect(half.difference(to: half) == NormalDistribution(mean: 0, variance: 8))
        #expect(half.interval(level: 1) == nil)
        #expect(abs(try #require(half.interval(level: 0.95)).upper - (1 + 2 * 1.959963984540054)) < 1e-12)
    }
}
