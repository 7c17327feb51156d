import Statistics
public import Warehouse

/// What the peers of one group have in common on one indicator, and how they differ.
public struct PeerFit: Hashable, Sendable {
    /// μ on the link scale; `nil` where it could not be fitted.
    public var location: Double?
    /// σ on the link scale; 0: no evidence that peers differ; `nil` where it could not be fitted.
    public var spread: Double?
    /// Members whose observation says something.
    public var people: Int
    /// Whether and how the fit ended.
    public var convergence: FitConvergence
    /// The tails of the standings against those of the normal distribution; `nil` without a spread.
    public var goodness: Goodness?

    /// Fewer observed peers than this give no σ worth the name (its relative standard error is a quarter at best), and so no judgement.
    public static let minimumObserved = 10

    /// Fits μ and σ of one group and indicator.
    ///
    /// Under `minimumObserved` observed peers nothing is fitted; a fit that fails says `.failed`, and neither puts a default in its place.
    /// - Throws: `StatisticsError.outsideDomain` for observations that no fit may be asked about.
    init(_ observations: [Observation?], direction: Direction, dispersion: Double, rules: QuadratureRules) throws(StatisticsError) {
        people = observations.count { $0?.isInformative ?? false }
        convergence = .tooFewObserved
        guard people >= PeerFit.minimumObserved else { return }
        do throws(StatisticsError) {
            guard let fit = try fitRandomIntercept(observations, dispersion: dispersion, rule: rules.fit) else { return }
            (location, spread) = (fit.location, fit.spread)
            convergence = fit.spread > 0 ? .converged : .noSpread
        } catch {
            if case .outsideDomain = error { throw error }
            convergence = .failed
            return
        }
        let terms = try observations.map { (observation) throws(StatisticsError) in
            try term(observation, direction: direction, dispersion: dispersion)
        }
        goodness = Goodness(terms, rule: rules.goodness)
    }

    /// What an observation says of the standing of whoever is compared with this group: nothing where the group has no spread.
    func term(_ observation: Observation?, direction: Direction, dispersion: Double) throws(StatisticsError) -> LikelihoodTerm {
        guard let location, let spread else { return .missing }
        return try LikelihoodTerm(observation, location: location, spread: spread, direction: direction, dispersion: dispersion)
    }
}

/// The quadratures of a fit: nodes are computed once.
struct QuadratureRules: Sendable {
    let fit: GaussHermite
    let goodness: GaussHermite

    init() throws(StatisticsError) {
        fit = try GaussHermite(count: 21)
        goodness = try GaussHermite(count: 11)
    }
}
