import Statistics

/// The flagging of somebody who knows every parameter of the world and only has to guess the people: nobody can flag better from the same facts.
struct Oracle {
    /// N: P(C < c) at the true μ, σ, φ, R and c.
    let concern: [Double]

    init(_ world: StudyWorld) throws(StatisticsError) {
        let dimension = StudyWorld.dimension
        var terms = UnitTerms(dimension: dimension)
        terms.reserveCapacity(world.people)
        var unit = [LikelihoodTerm](repeating: .missing, count: dimension)
        for person in 0..<world.people {
            for (k, indicator) in StudyWorld.indicators.enumerated() {
                let place = world.group[person] * dimension + k
                unit[k] = try LikelihoodTerm(
                    world.observations[person * dimension + k], location: world.truth.location[place], spread: world.truth.spread[place],
                    direction: indicator.direction, dispersion: world.truth.dispersion[k])
            }
            try terms.append(unit)
        }
        let posteriors = try JointPosteriors(terms, correlation: world.truth.correlation)
        let weights = StudyWorld.indicators.map(\.weight)
        concern = (0..<world.people).map { posteriors.composite(of: $0, weights: weights).probability(below: world.truth.line) }
    }
}
