/// The mean and spread of a group of peers on the link scale, from one observation of each.
public struct RandomInterceptFit: Hashable, Sendable {
    /// μ: log rate, log odds, or the value itself.
    public let location: Double
    /// σ ≥ 0, the standard deviation among peers on the link scale. 0: no evidence that peers differ.
    public let spread: Double
    /// The marginal log-likelihood at (μ, σ), without constants free of both; restricted for means.
    public let logLikelihood: Double
    /// How much of it the spread brings: the difference to the best fit with σ = 0; 0 where σ = 0.
    public let gain: Double
    /// Units whose observation says something.
    public let units: Int
    /// Steps taken; 0 where the answer needs none.
    public let iterations: Int
    /// Whether the answer lies within the possible, or at which edge.
    public let place: Place

    /// Where an answer lies.
    public enum Place: String, Hashable, Sendable {
        /// σ > 0.
        case interior
        /// σ = 0: the peers differ no more than chance has them differ.
        case noSpread
        /// σ = 0, and every unit is at the same end: no event at all, or every trial an event.
        /// μ would be infinite; it is the mean with half an event added (and half a trial without one).
        case allAtOneEnd
    }
}

/// Fits μ and σ of a group by maximum marginal likelihood: every unit's η is Normal(μ, σ²), its observation follows the family given η.
///
/// Counts and shares: adaptive Gauss–Hermite quadrature, centred at each unit's mode and scaled by its curvature. Fixed nodes would lie 0.4 to 0.5 apart,
/// and a unit with some hundred events has a posterior narrower than that: its likelihood would fall between two nodes. Damped Newton on (μ, log σ) with the
/// exact derivatives, first on a coarse rule, then on the given one; it ends when the next step would raise the log-likelihood by under 1e-9. Where the error of
/// the quadrature itself stops it before (σ of 2 and more among rare events), a step still due of under 0.03 standard errors is accepted.
/// A spread that raises it by under 1e-6 over σ = 0 is no spread. Means: restricted maximum likelihood, exactly.
///
/// The order of the observations changes no bit of the answer: they are sorted first, and equal ones are computed once.
///
/// - Parameters:
///   - observations: All of one family; `nil` and those without exposure or trials add nothing.
///   - dispersion: φ > 0, which divides the log-likelihood.
///   - rule: The quadrature; 21 points ordinarily.
/// - Returns: `nil` where no observation says anything. One unit, or all equal: σ = 0 unless the counts say otherwise.
/// - Throws: `StatisticsError.outsideDomain` (also `family` for mixed families, and a variance of 0 among differing means); `notConverged`, also where
///   σ grows beyond 20, as it does where nearly every unit has all or none.
/// - Source: Pinheiro & Bates 1995, Journal of Computational and Graphical Statistics 4:12; Louis 1982 (JRSS B 44:226) for the second derivatives.
public func fitRandomIntercept(
    _ observations: [Observation?], dispersion: Double = 1, rule: GaussHermite
) throws(StatisticsError) -> RandomInterceptFit? {
    let terms = try sortedLinkTerms(observations, dispersion: dispersion)
    guard let family = terms.first?.family else { return nil }
    if family == .mean { return try fitMeans(terms) }
    return try MarginalLikelihood(sorted: terms).maximise(rule: rule)
}

/// The terms of a group's observations that say something, equal ones next to each other.
///
/// - Throws: `StatisticsError.outsideDomain`, also for families that are mixed.
func sortedLinkTerms(_ observations: [Observation?], dispersion: Double) throws(StatisticsError) -> [LikelihoodTerm] {
    guard dispersion > 0, dispersion.isFinite else { throw .outsideDomain(parameter: "dispersion", value: dispersion) }
    var terms: [LikelihoodTerm] = []
    terms.reserveCapacity(observations.count)
    for observation in observations {
        try observation?.validate()
        guard let observation, observation.isInformative else { continue }
        terms.append(linkTerm(observation, dispersion: dispersion))
    }
    if let family = terms.first?.family {
        for term in terms where term.family != family { throw .outsideDomain(parameter: "family", value: Double(term.family.rawValue)) }
    }
    terms.sort { $0.value != $1.value ? $0.value < $1.value : $0.size < $1.size }
    return terms
}

/// A term whose location and slope are still sought; a mean keeps its variance, so that 0 may be told from the rest.
private func linkTerm(_ observation: Observation, dispersion: Double) -> LikelihoodTerm {
    switch observation {
    case .count(let events, let exposure):
        LikelihoodTerm(family: .count, value: events, size: exposure, location: 0, slope: 1, weight: 1 / dispersion)
    case .share(let events, let trials):
        LikelihoodTerm(family: .share, value: events, size: trials, location: 0, slope: 1, weight: 1 / dispersion)
    case .mean(let value, let variance):
        LikelihoodTerm(family: .mean, value: value, size: variance * dispersion, location: 0, slope: 1, weight: 1)
    }
}

private func fitMeans(_ terms: [LikelihoodTerm]) throws(StatisticsError) -> RandomInterceptFit {
    let values = terms.map(\.value)
    if let first = values.first, values.last == first {
        return RandomInterceptFit(location: first, spread: 0, logLikelihood: 0, gain: 0, units: values.count, iterations: 0, place: .noSpread)
    }
    let sample = try MetaSample(values: values, variances: terms.map(\.size))
    let tauSquared = try sample.tauSquaredREML()
    let (fitted, without) = (sample.sums(tauSquared: tauSquared), sample.sums(tauSquared: 0))
    return RandomInterceptFit(
        location: fitted.mean, spread: tauSquared.squareRoot(), logLikelihood: fitted.restrictedLogLikelihood,
        gain: fitted.restrictedLogLikelihood - without.restrictedLogLikelihood, units: values.count, iterations: 0,
        place: tauSquared > 0 ? .interior : .noSpread)
}
