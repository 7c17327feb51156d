import Foundation
import Testing

@testable import Statistics

@Suite struct SingleStandingTests {
    /// The moments by the trapezoidal rule, which for what falls off like a normal density is exact to rounding.
    private func moments(_ term: LikelihoodTerm) -> [Double] {
        var sums = [0.0, 0, 0, 0]
        let top = stride(from: -12.0, through: 12, by: 0.002).map { term.expansion(at: $0).logLikelihood - $0 * $0 / 2 }.max() ?? 0
        for theta in stride(from: -12.0, through: 12, by: 0.002) {
            let density = exp(term.expansion(at: theta).logLikelihood - theta * theta / 2 - top)
            for (place, power) in [0, 1, 2, 4].enumerated() { sums[place] += density * pow(theta, Double(power)) }
        }
        return sums.dropFirst().map { $0 / sums[0] }
    }

    @Test(
        "moments are those of the posterior: of means to rounding, of counts and shares as good as the quadrature",
        arguments: [
            (Observation.mean(value: 73, variance: 4), 1e-11), (.mean(value: 60, variance: 0.01), 1e-11), (.count(events: 40, exposure: 31), 1e-5),
            (.count(events: 0, exposure: 2), 1e-5), (.share(events: 3, trials: 19), 1e-5), (.share(events: 12, trials: 12), 1e-5),
        ])
    func agreement(observation: Observation, within: Double) throws {
        let isMean = if case .mean = observation { true } else { false }
        for direction in [Direction.higherIsBetter, .lowerIsBetter] {
            let term = try LikelihoodTerm(observation, location: isMean ? 70 : 0.2, spread: isMean ? 3 : 0.5, direction: direction, dispersion: 1.3)
            let (first, second, fourth) = term.standingMoments(rule: try GaussHermite(count: 11))
            for (found, expected) in zip([first, second, fourth], moments(term)) { #expect(abs(found - expected) < within * max(1, expected.magnitude)) }
        }
    }

    @Test("what says nothing leaves the standing as it was")
    func missing() throws {
        let (first, second, fourth) = LikelihoodTerm.missing.standingMoments(rule: try GaussHermite(count: 11))
        #expect(first == 0 && second == 1 && fourth == 3)
    }

    @Test("far from what is expected, the mode is found all the same", arguments: [(0.0, 1e6), (5000, 0.01), (1, 1e-6)])
    func far(events: Double, exposure: Double) throws {
        let term = try LikelihoodTerm(.count(events: events, exposure: exposure), location: 1, spread: 3, direction: .higherIsBetter)
        let (first, second, _) = term.standingMoments(rule: try GaussHermite(count: 41))
        let expected = moments(term)
        #expect(abs(first - expected[0]) < 1e-4 * (1 + expected[0].magnitude) && abs(second - expected[1]) < 1e-4 * (1 + expected[1]))
    }
}
