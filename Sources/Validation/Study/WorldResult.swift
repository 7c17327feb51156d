import Appraisal
import Statistics

/// The rates promised.
let promisedRates = [0.05, 0.10, 0.20]

/// What happened in one world.
struct WorldResult: Hashable, Sendable {
    /// One per promised rate.
    let model: [Tally]
    let oracle: [Tally]
    /// One per naive rule.
    let naive: [Tally]
    let checks: Checks
    let recovery: Recovery
    /// Whether EM for R ended as it should.
    let isConverged: Bool

    init(scenario: Scenario, cadres: Int, seed: UInt64, world number: Int) throws(StatisticsError) {
        var generator = WorldGenerator(scenario: scenario, cadres: cadres, seed: seed, world: number)
        let world = try generator.world()
        let fitted = try PeerModel(Self.input(world, scenario: scenario))
        let truth = world.isOfConcern
        let flag = { (concern: [Double]) throws(StatisticsError) -> [Tally] in
            var tallies: [Tally] = []
            for rate in promisedRates {
                tallies.append(Tally(flagged: try discoveryPrefix(probabilities: concern, rate: rate).selected, isOfConcern: truth))
            }
            return tallies
        }
        model = try flag(fitted.concern)
        oracle = try flag(try Oracle(world).concern)
        let scores = RawScores(world)
        naive = NaiveRule.allCases.map { Tally(flagged: $0.flagged(world, scores: scores), isOfConcern: truth) }
        checks = Checks(world, fitted)
        recovery = Recovery(world, fitted)
        isConverged = fitted.isConverged
    }

    static func input(_ world: StudyWorld, scenario: Scenario) -> PeerModelInput {
        PeerModelInput(
            directions: StudyWorld.indicators.map(\.direction), weights: StudyWorld.indicators.map(\.weight), group: world.group, groups: world.groups,
            observations: world.observations,
            dispersion: scenario == .clusteredWithoutDispersion ? world.dispersion.map { _ in 1 } : world.dispersion,
            concernShare: WorldGenerator.concernShare, threads: 1)
    }
}
