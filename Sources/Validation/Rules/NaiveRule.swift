import Statistics

/// What is done where nobody models chance.
public enum NaiveRule: CaseIterable, Sendable {
    /// The tenth of all people with the worst raw score.
    case worstTenth
    /// Three or more substantiated petitions in the year.
    case threeOrMore
    /// A raw score more than two standard deviations under the mean of the peers.
    case zScoreUnderMinus2

    /// The people whom the rule names, in no particular order.
    func flagged(_ world: StudyWorld, scores: RawScores) -> [Int] {
        switch self {
        case .worstTenth:
            let order = scores.scores.indices.sorted { (scores.scores[$0], $0) < (scores.scores[$1], $1) }
            return Array(order.prefix(world.people / 10))
        case .threeOrMore:
            return (0..<world.people).filter { person in
                if case .count(let events, _) = world.observations[person * StudyWorld.dimension] { events >= 3 } else { false }
            }
        case .zScoreUnderMinus2:
            return scores.standardised.indices.filter { scores.standardised[$0] < -2 }
        }
    }
}

/// The weighted sum of everybody's raw rates, shares and means, each in standard deviations from the mean of the peers: the kindest form of a raw score, as it
/// already compares like with like. A missing observation gives its weight to the others.
struct RawScores {
    /// N; higher is better.
    let scores: [Double]
    /// N: the scores in standard deviations from the mean of the peers.
    let standardised: [Double]

    init(_ world: StudyWorld) {
        let dimension = StudyWorld.dimension
        var sums = [Double](repeating: 0, count: world.people)
        var weights = [Double](repeating: 0, count: world.people)
        for (k, indicator) in StudyWorld.indicators.enumerated() {
            let raw = (0..<world.people).map { Self.raw(world.observations[$0 * dimension + k]) }
            for (person, value) in Self.standardised(raw, world).enumerated() {
                guard let value else { continue }
                sums[person] += indicator.weight * indicator.direction.rawValue * value
                weights[person] += indicator.weight
            }
        }
        scores = zip(sums, weights).map { $1 > 0 ? $0 / $1 : 0 }
        standardised = Self.standardised(scores, world).map { $0 ?? 0 }
    }

    private static func raw(_ observation: Observation?) -> Double? {
        guard let observation, observation.isInformative else { return nil }
        return switch observation {
        case .count(let events, let exposure): events / exposure
        case .share(let events, let trials): events / trials
        case .mean(let value, _): value
        }
    }

    /// In standard deviations from the mean of the group; 0 where all of a group are equal.
    private static func standardised(_ values: [Double?], _ world: StudyWorld) -> [Double?] {
        var (counts, sums, squares) = (
            [Double](repeating: 0, count: world.groups), [Double](repeating: 0, count: world.groups), [Double](repeating: 0, count: world.groups)
        )
        for (value, group) in zip(values, world.group) {
            guard let value else { continue }
            counts[group] += 1
            sums[group] += value
        }
        for (value, group) in zip(values, world.group) {
            guard let value else { continue }
            let residual = value - sums[group] / counts[group]
            squares[group] += residual * residual
        }
        return zip(values, world.group).map { value, group in
            guard let value else { return nil }
            let deviation = counts[group] > 1 ? (squares[group] / (counts[group] - 1)).squareRoot() : 0
            return deviation > 0 ? (value - sums[group] / counts[group]) / deviation : 0
        }
    }
}
