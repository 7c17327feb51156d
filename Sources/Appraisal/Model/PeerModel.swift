public import Statistics

/// The statistical model of one scheme and window: how peers differ on each indicator, and where each person stands, with uncertainty.
///
/// 1. Each group and indicator gets its μ and σ by maximum marginal likelihood, the dispersion φ dividing the likelihood; σ is drawn towards what the groups of
///    the indicator have in common, by as much as the group's own evidence is weak.
/// 2. Standings θ (K each, standard normal among peers, higher is better) have one correlation matrix R for the scheme, estimated by EM over all people.
/// 3. Everybody's posterior is Laplace's approximation; the composite is wᵀθ; the line is the composite under which the lowest `concernShare` lies.
///
/// μ, σ, φ and R are taken as known once estimated. A missing observation, one of a group without a spread, and one of a group whose fit failed or
/// has too few observed add nothing: they are not zero. The number of threads changes no bit of the answer.
public struct PeerModel: Sendable {
    /// How one group differs on one indicator.
    public typealias Fit = PeerFit

    /// R is estimated as if so many people of independent standings had been seen beside the real ones. A scheme of sixty people with two indicators of
    /// hardly any information would otherwise get correlations of ±1; in one of thousands they change R in the third decimal.
    public static let independentPeople = 2.0

    /// groups × K, `fits[group * K + indicator]`.
    public let fits: [Fit]
    /// Indicators whose spreads could not be pooled over the groups: each group's own stands.
    public let unpooled: Set<Int>
    /// R, K × K.
    public let correlation: SquareMatrix
    /// How often EM computed all posteriors.
    public let iterations: Int
    /// Whether EM ended within 1e-6 on every element of R. Where not, R is good to 1e-3 only, and so are the composites.
    public let isConverged: Bool
    /// N posteriors of the standings.
    public let posteriors: JointPosteriors
    /// N posteriors of the composite wᵀθ.
    public let composites: [NormalDistribution]
    /// c, under 0: below it a fair observer would be concerned; over −c somebody is outstanding.
    public let line: Double
    /// N: P(C < c).
    public let concern: [Double]
    /// N: P(C > −c).
    public let outstanding: [Double]
    private let directions: [Direction]
    private let weights: [Double]
    private let dispersion: [Double]

    /// Fits the model.
    ///
    /// - Throws: `StatisticsError.unequalCounts` and `outsideDomain` for an input that is not as described; `notConverged` where even a coarse R
    ///   cannot be found.
    public init(_ input: PeerModelInput) throws(StatisticsError) {
        try input.validate()
        (directions, weights, dispersion) = (input.directions, input.weights, input.dispersion)
        (fits, unpooled) = try PeerFits(input).fitted()
        let terms = try PeerModel.terms(
            input.observations, group: input.group, fits: fits, directions: directions, dispersion: dispersion)
        let estimate: CorrelationEstimate
        do throws(StatisticsError) {
            (estimate, isConverged) = (try estimateCorrelation(terms, independentUnits: PeerModel.independentPeople, threads: input.threads), true)
        } catch .notConverged {
            (estimate, isConverged) = (
                try estimateCorrelation(terms, tolerance: 1e-3, independentUnits: PeerModel.independentPeople, threads: input.threads), false
            )
        }
        (correlation, iterations) = (estimate.correlation, estimate.iterations)
        let posteriors = try JointPosteriors(terms, correlation: correlation, threads: input.threads)
        let composites = (0..<posteriors.count).map { [weights] in posteriors.composite(of: $0, weights: weights) }
        let line = try compositeLine(share: input.concernShare, weights: weights, correlation: correlation)
        concern = composites.map { $0.probability(below: line) }
        outstanding = composites.map { $0.probability(above: -line) }
        (self.posteriors, self.composites, self.line) = (posteriors, composites, line)
    }

    /// The composites of people who were no part of the fit, each compared with one of its groups.
    ///
    /// - Parameters:
    ///   - observations: M × K.
    ///   - group: M groups of the model.
    public func composites(of observations: [Observation?], group: [Int]) throws(StatisticsError) -> [NormalDistribution] {
        guard observations.count == group.count * directions.count else {
            throw .unequalCounts(parameter: "observations", expected: group.count * directions.count, found: observations.count)
        }
        let terms = try PeerModel.terms(observations, group: group, fits: fits, directions: directions, dispersion: dispersion)
        let posteriors = try JointPosteriors(terms, correlation: correlation)
        return (0..<group.count).map { posteriors.composite(of: $0, weights: weights) }
    }

    private static func terms(
        _ observations: [Observation?], group: [Int], fits: [Fit], directions: [Direction], dispersion: [Double]
    ) throws(StatisticsError) -> UnitTerms {
        let indicators = directions.count
        var terms = UnitTerms(dimension: indicators)
        terms.reserveCapacity(group.count)
        var unit = [LikelihoodTerm](repeating: .missing, count: indicators)
        for (person, group) in group.enumerated() {
            for indicator in 0..<indicators {
                let place = group * indicators + indicator
                unit[indicator] = try fits[place].term(
                    observations[person * indicators + indicator], direction: directions[indicator], dispersion: dispersion[place])
            }
            try terms.append(unit)
        }
        return terms
    }
}
