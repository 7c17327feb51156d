import Statistics
public import Warehouse

/// What the peers of one group have in common on one indicator, and how they differ.
public struct PeerFit: Hashable, Sendable {
    /// μ on the link scale; `nil` where it could not be fitted.
    public var location: Double?
    /// σ on the link scale; 0: no evidence that peers differ; `nil` where it could not be fitted.
    public var spread: Double?
    /// σ from the group alone, before it was drawn towards what the groups have in common; `nil` where it could not be fitted.
    public var ownSpread: Double?
    /// Members whose observation says something.
    public var people: Int
    /// Whether and how the fit ended.
    public var convergence: FitConvergence
    /// The tails of the standings against those of the normal distribution; `nil` without a spread.
    public var goodness: Goodness?

    /// Fewer observed peers than this give no σ worth the name (its relative standard error is a quarter at best), and so no judgement.
    public static let minimumObserved = 10

    /// Fits μ and σ of one group and indicator, from the group alone.
    ///
    /// Under `minimumObserved` observed peers nothing is fitted; a fit that fails says `.failed`, and neither puts a default in its place.
    /// - Returns: With the fit of the mathematics, for pooling.
    /// - Throws: `StatisticsError.outsideDomain` for observations that no fit may be asked about.
    static func own(
        _ observations: [Observation?], dispersion: Double, rules: QuadratureRules
    ) throws(StatisticsError) -> (PeerFit, RandomInterceptFit?) {
        var peers = PeerFit(people: observations.count { $0?.isInformative ?? false }, convergence: .tooFewObserved)
        guard peers.people >= PeerFit.minimumObserved else { return (peers, nil) }
        do throws(StatisticsError) {
            guard let fit = try fitRandomIntercept(observations, dispersion: dispersion, rule: rules.fit) else { return (peers, nil) }
            peers.ownSpread = fit.spread
            peers.set(fit)
            return (peers, fit)
        } catch {
            if case .outsideDomain = error { throw error }
            peers.convergence = .failed
            return (peers, nil)
        }
    }

    init(people: Int, convergence: FitConvergence) {
        (self.people, self.convergence) = (people, convergence)
    }

    /// Takes over what a fit says.
    mutating func set(_ fit: RandomInterceptFit) {
        (location, spread) = (fit.location, fit.spread)
        convergence = fit.spread > 0 ? .converged : .noSpread
    }

    /// Compares the tails of the standings with the model's.
    mutating func check(_ observations: [Observation?], direction: Direction, dispersion: Double, rules: QuadratureRules) throws(StatisticsError) {
        guard spread != nil else { return }
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
