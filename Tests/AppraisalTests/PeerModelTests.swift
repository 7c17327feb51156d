import Foundation
import Statistics
import Testing
import Warehouse

@testable import Appraisal

/// A small world with known parameters: a count, a share and a mean, whose standings are correlated.
struct PeerWorld {
    static let weights = [0.4, 0.35, 0.25]
    static let correlation = [1, 0.5, 0.3, 0.5, 1, 0.2, 0.3, 0.2, 1]
    static let locations = [-0.4, -1.2, 80]
    static let spreads = [0.7, 0.8, 5]

    var input: PeerModelInput
    /// N: the true composites.
    var truth: [Double] = []

    init(people: Int, groups: Int, seed: UInt64, missing: Double = 0) {
        var generator = SeededGenerator(seed: seed)
        func normal() -> Double { normalQuantile(generator.uniform()) ?? 0 }
        // Cholesky's factor of R, by hand.
        let l21 = 0.5
        let l22 = (1 - l21 * l21).squareRoot()
        let l31 = 0.3
        let l32 = (0.2 - l31 * l21) / l22
        let l33 = (1 - l31 * l31 - l32 * l32).squareRoot()
        var group: [Int] = []
        var observations: [Observation?] = []
        for person in 0..<people {
            let (a, b, c) = (normal(), normal(), normal())
            let theta = [a, l21 * a + l22 * b, l31 * a + l32 * b + l33 * c]
            group.append(person % groups)
            truth.append(zip(PeerWorld.weights, theta).reduce(0) { $0 + $1.0 * $1.1 })
            let shift = Double(person % groups) * 0.1
            let rate = exp(PeerWorld.locations[0] + shift - PeerWorld.spreads[0] * theta[0])
            let share = logistic(PeerWorld.locations[1] + shift - PeerWorld.spreads[1] * theta[1])
            let value = PeerWorld.locations[2] + shift + PeerWorld.spreads[2] * theta[2] + 3 * normal()
            observations.append(.count(events: generator.poisson(12 * rate), exposure: 12))
            observations.append(.share(events: generator.binomial(30, share), trials: 30))
            observations.append(.mean(value: value, variance: 9))
        }
        for place in observations.indices where generator.uniform() < missing { observations[place] = nil }
        input = PeerModelInput(
            directions: [.lowerIsBetter, .lowerIsBetter, .higherIsBetter], weights: PeerWorld.weights, group: group, groups: groups,
            observations: observations, dispersion: [Double](repeating: 1, count: groups * 3))
    }
}

@Suite("The model of peers") struct PeerModelTests {
    @Test("recovers spread, correlation and composite, and its probabilities are honest")
    func recovery() throws {
        let world = PeerWorld(people: 3000, groups: 3, seed: 11, missing: 0.05)
        let model = try PeerModel(world.input)
        #expect(model.isConverged)
        for (place, fit) in model.fits.enumerated() {
            let (group, indicator) = (place / 3, place % 3)
            #expect(fit.convergence == .converged)
            #expect(abs(try #require(fit.location) - PeerWorld.locations[indicator] - 0.1 * Double(group)) < 0.12 * PeerWorld.spreads[indicator])
            #expect(abs(try #require(fit.spread) / PeerWorld.spreads[indicator] - 1) < 0.1)
            #expect(try #require(fit.goodness).isFar == false)
        }
        for (estimate, truth) in zip(model.correlation.elements, PeerWorld.correlation) { #expect(abs(estimate - truth) < 0.07) }
        let squares = zip(model.composites, world.truth).reduce(0) { $0 + ($1.0.mean - $1.1) * ($1.0.mean - $1.1) / $1.0.variance }
        #expect(abs(squares / 3000 - 1) < 0.08)
        // Of those named at a promised 10%, few are above the line.
        let prefix = try discoveryPrefix(probabilities: model.concern, rate: 0.10)
        let wrong = prefix.selected.count { world.truth[$0] >= model.line }
        #expect(prefix.selected.count > 50 && Double(wrong) / Double(prefix.selected.count) < 0.16)
        #expect(abs(model.concern.reduce(0, +) / 3000 - 0.10) < 0.02 && abs(model.outstanding.reduce(0, +) / 3000 - 0.10) < 0.02)
    }

    @Test("the number of threads changes no bit")
    func threads() throws {
        var input = PeerWorld(people: 1500, groups: 5, seed: 3, missing: 0.1).input
        let one = try PeerModel(input)
        for threads in [2, 7] {
            input.threads = threads
            let many = try PeerModel(input)
            #expect(many.fits == one.fits && many.correlation == one.correlation && many.composites == one.composites)
            #expect(many.concern == one.concern && many.iterations == one.iterations)
        }
    }

    @Test("names of groups and order of people decide nothing")
    func order() throws {
        let input = PeerWorld(people: 400, groups: 4, seed: 5, missing: 0.1).input
        var other = input
        other.group = input.group.reversed().map { 3 - $0 }
        other.observations = (0..<400).reversed().flatMap { input.observations[($0 * 3)..<($0 * 3 + 3)] }
        let (one, two) = (try PeerModel(input), try PeerModel(other))
        for group in 0..<4 {
            for indicator in 0..<3 { #expect(one.fits[group * 3 + indicator] == two.fits[(3 - group) * 3 + indicator]) }
        }
        for person in 0..<400 {
            #expect(abs(one.composites[person].mean - two.composites[399 - person].mean) < 1e-7)
            #expect(abs(one.concern[person] - two.concern[399 - person]) < 1e-7)
        }
    }

    @Test("missing is not zero: it moves nobody, and leaves the uncertainty where it was")
    func missing() throws {
        var input = PeerWorld(people: 300, groups: 1, seed: 8).input
        for indicator in 0..<3 { input.observations[indicator] = nil }
        input.observations[3] = .count(events: 0, exposure: 12)
        input.observations[6] = nil
        let model = try PeerModel(input)
        #expect(model.composites[0].mean == 0)
        #expect(abs(model.composites[0].variance - model.correlation.quadraticForm(PeerWorld.weights)) < 1e-12)
        #expect(abs(model.concern[0] - 0.10) < 1e-12)
        // Nothing seen of a count in twelve months is good news; nothing known of it is none.
        #expect(model.posteriors.marginal(of: 1, 0).mean > 0.5)
    }

    @Test("an indicator on which peers do not differ moves nobody")
    func noSpread() throws {
        var input = PeerWorld(people: 300, groups: 1, seed: 9).input
        for person in 0..<300 {
            input.observations[person * 3] = .count(events: Double(person % 2), exposure: 12)
            input.observations[person * 3 + 2] = .mean(value: 80, variance: 9)
        }
        let model = try PeerModel(input)
        #expect(model.fits[0].convergence == .noSpread && model.fits[0].spread == 0 && model.fits[0].goodness == nil)
        #expect(model.fits[2].convergence == .noSpread && model.fits[2].location == 80)
        input.observations[0] = .count(events: 1, exposure: 12)
        for person in 0..<300 {
            #expect(model.posteriors.marginal(of: person, 0).mean == 0 && model.posteriors.marginal(of: person, 2).mean == 0)
            #expect(abs(model.posteriors.marginal(of: person, 0).variance - 1) < 1e-12)
        }
    }

    @Test("ordinary poverty: nobody, one person, all missing, all equal, too few observed")
    func poverty() throws {
        func model(_ observations: [Observation?]) throws -> PeerModel {
            try PeerModel(
                PeerModelInput(
                    directions: [.lowerIsBetter], weights: [1], group: [Int](repeating: 0, count: observations.count), groups: 2,
                    observations: observations, dispersion: [1, 1]))
        }
        #expect(try model([]).composites.isEmpty)
        for observations in [[nil], [.count(events: 3, exposure: 2)], [nil, nil, .count(events: 3, exposure: 0)]] as [[Observation?]] {
            let model = try model(observations)
            #expect(model.fits.map(\.convergence) == [.tooFewObserved, .tooFewObserved] && model.fits[0].location == nil)
            #expect(model.composites.allSatisfy { $0 == NormalDistribution(mean: 0, variance: 1) })
        }
        let equal = try model([Observation?](repeating: .count(events: 2, exposure: 4), count: PeerFit.minimumObserved))
        #expect(equal.fits[0].convergence == .noSpread && equal.composites.allSatisfy { $0.mean == 0 })
        #expect(try model([Observation?](repeating: .count(events: 2, exposure: 4), count: PeerFit.minimumObserved - 1)).fits[0].people == 9)
    }

    @Test("a fit that fails is not judged, and does not stop the others")
    func failure() throws {
        var input = PeerWorld(people: 200, groups: 1, seed: 10).input
        // All or nothing, on many trials each: σ grows without end.
        for person in 0..<200 { input.observations[person * 3 + 1] = .share(events: person % 2 == 0 ? 4000 : 0, trials: 4000) }
        let model = try PeerModel(input)
        #expect(model.fits[1].convergence == .failed && model.fits[1].spread == nil && model.fits[1].people == 200)
        #expect(model.fits[0].convergence == .converged && model.fits[2].convergence == .converged)
        #expect((0..<200).allSatisfy { model.correlation[1, 0] == 0 && model.posteriors.marginal(of: $0, 1).mean == 0 })
    }

    @Test("a small scheme with little information keeps its correlations inside", arguments: 0..<6)
    func smallScheme(seed: UInt64) throws {
        var input = PeerWorld(people: 60, groups: 2, seed: 200 + seed, missing: 0.3).input
        // Of the share, hardly anything is seen: three trials each.
        var generator = SeededGenerator(seed: seed)
        for person in 0..<60 { input.observations[person * 3 + 1] = .share(events: generator.binomial(3, 0.3), trials: 3) }
        let model = try PeerModel(input)
        #expect(model.isConverged && model.iterations < 300)
        #expect((0..<3).allSatisfy { row in (0..<row).allSatisfy { model.correlation[row, $0].magnitude < 0.99 } })
    }

    @Test("newcomers are placed as their like within the fit")
    func newcomers() throws {
        let input = PeerWorld(people: 200, groups: 2, seed: 12, missing: 0.1).input
        let model = try PeerModel(input)
        let again = try model.composites(of: Array(input.observations[0..<30]), group: Array(input.group[0..<10]))
        #expect(again == Array(model.composites[0..<10]))
        #expect(throws: StatisticsError.self) { try model.composites(of: [nil], group: [0]) }
    }

    @Test("an input that is not as described is refused")
    func refusals() throws {
        let input = PeerWorld(people: 20, groups: 2, seed: 1).input
        let spoilers: [(inout PeerModelInput) -> Void] = [
            { $0.weights[0] = 0.9 }, { $0.weights = [1] }, { $0.weights = [1.5, -0.5, 0] }, { $0.group[3] = 2 }, { $0.observations.removeLast() },
            { $0.dispersion[0] = 0.5 }, { $0.concernShare = 0.5 }, { $0.observations[0] = .count(events: -1, exposure: 1) },
            { $0.observations[0] = .share(events: 1, trials: 1) }, { $0.observations[2] = .mean(value: 1, variance: 0) },
        ]
        for spoil in spoilers {
            var spoilt = input
            spoil(&spoilt)
            #expect(throws: StatisticsError.self) { try PeerModel(spoilt) }
        }
    }

    @Test("goodness: quiet where the model holds, loud where tails are heavy", arguments: [0, 1, 2])
    func goodness(family: Int) throws {
        for heavy in [false, true] {
            var generator = SeededGenerator(seed: 40 + UInt64(family))
            let observations = (0..<800).map { _ -> Observation? in
                var theta = normalQuantile(generator.uniform()) ?? 0
                // One in twenty is drawn from three times the spread, all together with variance 1.
                if heavy { theta *= (generator.uniform() < 0.05 ? 3 : 1) / 1.4.squareRoot() }
                return switch family {
                case 0: .count(events: generator.poisson(24 * exp(-0.5 - 0.6 * theta)), exposure: 24)
                case 1: .share(events: generator.binomial(60, logistic(-1 - theta)), trials: 60)
                default: .mean(value: 80 + 5 * theta + 2 * (normalQuantile(generator.uniform()) ?? 0), variance: 4)
                }
            }
            let input = PeerModelInput(
                directions: [family == 2 ? .higherIsBetter : .lowerIsBetter], weights: [1], group: [Int](repeating: 0, count: 800), groups: 1,
                observations: observations, dispersion: [1])
            let goodness = try #require(try PeerModel(input).fits[0].goodness)
            #expect(goodness.isFar == heavy, "\(goodness)")
        }
    }
}

/// The inverse of the logit.
private func logistic(_ eta: Double) -> Double { 1 / (1 + exp(-eta)) }

extension SeededGenerator {
    /// A Poisson number by inversion.
    fileprivate mutating func poisson(_ mean: Double) -> Double {
        let u = uniform()
        var (count, mass) = (0.0, exp(-mean))
        var sum = mass
        while u > sum, count < 10_000 {
            count += 1
            mass *= mean / count
            sum += mass
        }
        return count
    }

    /// A binomial number by trials.
    fileprivate mutating func binomial(_ trials: Int, _ share: Double) -> Double {
        Double((0..<trials).count { _ in uniform() < share })
    }
}
