import Foundation
import Statistics

/// Draws a world, person by person and month by month, from one substream of the study's seed.
struct WorldGenerator {
    /// The share of people that a fair observer would be concerned about.
    static let concernShare = 0.10

    private let scenario: Scenario
    private var generator: SeededGenerator
    private let groups: Int
    private let size: Int
    private var indicators: [StudyIndicator] { StudyWorld.indicators }

    init(scenario: Scenario, cadres: Int, seed: UInt64, world: Int) {
        self.scenario = scenario
        generator = SeededGenerator(seed: substreamSeed(seed, scenario.stream, UInt64(world)))
        (groups, size) = scenario.groups(cadres: cadres)
    }

    mutating func world() throws(StatisticsError) -> StudyWorld {
        let dimension = indicators.count
        let people = groups * size
        let (truth, factor) = try parameters()
        var group: [Int] = []
        var standings: [Double] = []
        var observations: [Observation?] = []
        group.reserveCapacity(people)
        standings.reserveCapacity(people * dimension)
        observations.reserveCapacity(people * dimension)
        var dispersion: [Double] = []
        dispersion.reserveCapacity(groups * dimension)
        for number in 0..<groups {
            var sums = [Dispersion](repeating: Dispersion(), count: dimension)
            for _ in 0..<size {
                let theta = standing(factor)
                group.append(number)
                standings.append(contentsOf: theta)
                for k in 0..<dimension {
                    let observation = try observe(k, group: number, theta: theta, truth: truth, dispersion: &sums[k])
                    observations.append(generator.uniform() < scenario.missingShare ? nil : observation)
                }
            }
            dispersion.append(contentsOf: sums.map(\.phi))
        }
        return StudyWorld(
            scenario: scenario, group: group, groups: groups, standings: standings, observations: observations, dispersion: dispersion, truth: truth)
    }

    /// The truth, and the lower Cholesky factor of R. One common factor with loadings of 0.4 to 0.8 gives every R a different shape and keeps it positive definite.
    private mutating func parameters() throws(StatisticsError) -> (StudyWorld.Truth, [Double]) {
        let dimension = indicators.count
        let loadings = indicators.map { _ in generator.uniform(0.4, 0.8) }
        var correlation = SquareMatrix(identity: dimension)
        for row in 0..<dimension {
            for column in 0..<dimension where row != column { correlation[row, column] = loadings[row] * loadings[column] }
        }
        var location: [Double] = []
        var spread: [Double] = []
        for _ in 0..<groups {
            for (k, indicator) in indicators.enumerated() {
                location.append(indicator.location + 0.3 * generator.normal())
                let sigma = generator.uniform(indicator.spread.lowerBound, indicator.spread.upperBound)
                spread.append(isDeaf(k) ? 0 : sigma)
            }
        }
        // An incident of geometric size with mean m has E[size²] / E[size] = 2m − 1: the variance of the count over its mean.
        let dispersion = indicators.map { $0.isRate ? 2 * scenario.incidentSize - 1 : 1 }
        let line = try compositeLine(share: Self.concernShare, weights: indicators.map(\.weight), correlation: correlation)
        let truth = StudyWorld.Truth(location: location, spread: spread, dispersion: dispersion, correlation: correlation, line: line)
        return (truth, loadings)
    }

    /// Whether an indicator does not hear the standing.
    private func isDeaf(_ k: Int) -> Bool {
        k == indicators.count - 1 && (scenario == .emptyIndicator || scenario == .foreignIndicator)
    }

    private mutating func standing(_ loadings: [Double]) -> [Double] {
        let common = generator.normal()
        var theta = loadings.map { $0 * common + (1 - $0 * $0).squareRoot() * generator.normal() }
        if scenario == .heavyTails {
            // t with ν = 6 is z √(ν/χ²); its variance ν/(ν − 2) is taken out.
            let stretch = (4 / generator.chiSquared(halfDegrees: 3)).squareRoot()
            for k in theta.indices { theta[k] *= stretch }
        }
        return theta
    }

    private mutating func observe(
        _ k: Int, group: Int, theta: [Double], truth: StudyWorld.Truth, dispersion: inout Dispersion
    ) throws(StatisticsError) -> Observation {
        let indicator = indicators[k]
        let place = group * indicators.count + k
        var eta = truth.location[place] + indicator.direction.rawValue * truth.spread[place] * theta[k]
        if scenario == .foreignIndicator, isDeaf(k) {
            let middle = (indicator.spread.lowerBound + indicator.spread.upperBound) / 2
            eta += middle * generator.normal()
        }
        switch indicator.family {
        case .rate:
            var logExposure = generator.normal()
            if scenario == .busiestPosts {
                logExposure = 0.5 * theta[k] + 0.75.squareRoot() * logExposure
                eta += 0.1 * logExposure
            }
            let exposure = exp(0.5 * logExposure)
            let incidents = exposure * exp(eta) / scenario.incidentSize
            return try counts(incidents: incidents, exposure: exposure, dispersion: &dispersion)
        case .share(let trials):
            return try shares(trials: trials * exp(0.3 * generator.normal()), share: 1 / (1 + exp(-eta)), dispersion: &dispersion)
        case .mean(let values, let within):
            let number = 6 + generator.poisson(values * Double(scenario.months) / 12 - 6)
            let variance = within * within / Double(number)
            return .mean(value: eta + variance.squareRoot() * generator.normal(), variance: variance)
        }
    }

    private mutating func counts(incidents: Double, exposure: Double, dispersion: inout Dispersion) throws(StatisticsError) -> Observation {
        var months: [(events: Double, exposure: Double)] = []
        months.reserveCapacity(scenario.months)
        var total = 0
        for _ in 0..<scenario.months {
            var events = generator.poisson(incidents)
            if scenario.incidentSize > 1 { events = (0..<events).reduce(0) { sum, _ in sum + generator.geometric(mean: scenario.incidentSize) } }
            total += events
            months.append((Double(events), exposure))
        }
        try dispersion.addCounts(months)
        return .count(events: Double(total), exposure: exposure * Double(scenario.months))
    }

    private mutating func shares(trials: Double, share: Double, dispersion: inout Dispersion) throws(StatisticsError) -> Observation {
        var months: [(events: Double, trials: Double)] = []
        months.reserveCapacity(scenario.months)
        var (events, all) = (0, 0)
        for _ in 0..<scenario.months {
            let number = generator.poisson(trials)
            let good = generator.binomial(number, share)
            events += good
            all += number
            months.append((Double(good), Double(number)))
        }
        try dispersion.addShares(months)
        return .share(events: Double(events), trials: Double(all))
    }
}
