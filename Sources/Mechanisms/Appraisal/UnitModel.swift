#if canImport(Glibc)
    import Glibc
#else
    import Foundation
#endif
import Statistics

/// Units of one kind on one measure, as the method has people on an indicator: μ and σ among the units, and where each stands, with what is not known.
struct UnitModel: Sendable {
    /// A unit's value drawn towards the others, with its interval and rank.
    struct Standing: Sendable {
        let adjusted: Double
        let interval: Interval
        let rank: RankInterval
    }

    /// One per unit; `nil` for one without an observation.
    let standings: [Standing?]

    /// - Parameters:
    ///   - observations: One per unit, all of one family.
    ///   - dispersion: φ, at least 1.
    /// - Returns: `nil` where no observation says anything.
    /// - Throws: `StatisticsError`, `notConverged` among them.
    init?(
        _ observations: [Observation?], direction: Direction, dispersion: Double, level: Double, draws: Int, normals: SeededNormals
    ) throws(StatisticsError) {
        guard let fit = try fitRandomIntercept(observations, dispersion: dispersion, rule: try GaussHermite(count: 21)) else { return nil }
        let observed = observations.indices.filter { observations[$0]?.isInformative ?? false }
        var units = UnitTerms(dimension: 1)
        for unit in observed {
            try units.append([
                try LikelihoodTerm(observations[unit], location: fit.location, spread: fit.spread, direction: direction, dispersion: dispersion)
            ])
        }
        let posteriors = try JointPosteriors(units, correlation: SquareMatrix(identity: 1))
        // Without a spread every unit keeps the prior: all share one posterior, and the ranks say so.
        let standing = observed.indices.map { posteriors.marginal(of: $0, 0) }
        let ranks = try rankIntervals(standing, level: level, draws: draws, normals: normals)
        let z = normalQuantile(0.5 + level / 2) ?? 0
        let isMean: Bool = if case .mean = observations[observed[0]] { true } else { false }
        func value(_ theta: Double) -> Double {
            let link = fit.location + direction.rawValue * fit.spread * theta
            return isMean ? link : 1 / (1 + exp(-link))
        }
        var standings = [Standing?](repeating: nil, count: observations.count)
        for (place, unit) in observed.enumerated() {
            let reach = z * standing[place].standardDeviation
            let ends = [value(standing[place].mean - reach), value(standing[place].mean + reach)]
            standings[unit] = Standing(
                adjusted: value(standing[place].mean), interval: Interval(lower: min(ends[0], ends[1]), upper: max(ends[0], ends[1])), rank: ranks[place])
        }
        self.standings = standings
    }
}
