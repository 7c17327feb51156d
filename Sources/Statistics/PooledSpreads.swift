#if canImport(Glibc)
    import Glibc
#else
    import Foundation
#endif

/// The spreads of all groups of an indicator, each drawn towards what the groups have in common by as much as its own evidence is weak.
public struct PooledSpreads: Sendable {
    /// One per group, in the given order; a group that was left out keeps its own fit.
    public let fits: [RandomInterceptFit?]
    /// How σ lies among the groups; `nil` where nothing was pooled.
    public let prior: SpreadPrior?
    /// Why nothing was pooled; `nil` where it was.
    public let reason: Reason?

    /// Why groups keep their own fits.
    public enum Reason: Hashable, Sendable {
        /// Under `minimumGroups` groups have a fit.
        case fewGroups
        /// The groups together have no evidence that peers differ: σ is 0 in all of them.
        case noSpread
        /// No prior was found in 50 rounds, or no maximum under it.
        case notSettled
    }

    /// Two groups always lie on some normal distribution; three can say how they differ.
    public static let minimumGroups = 3

    /// Fits σ of every group anew, under a prior that the groups themselves give.
    ///
    /// A σ from one group of 250 people has a relative error of a tenth, of 30 people a third, and is often 0 by chance. Who is named depends on σ, so that these
    /// errors name people in the groups where it came out too large, and miss them elsewhere. What the groups have in common makes most of it good.
    /// Each group's (μ, log σ) maximises its likelihood (restricted for means) times the prior of log σ; μ has no prior, for a group is compared with itself.
    /// The prior maximises the likelihood of all groups, each taken as a parabola at its present maximum; the two are found in turn until the prior moves by
    /// less than a thousandth. Groups without an event, or with events only, are left out.
    ///
    /// - Parameters:
    ///   - groups: The observations of each group; all of one family.
    ///   - own: Each group's own fit, by `fitRandomIntercept`; a group with `nil` is left out.
    ///   - dispersion: φ of each group.
    /// - Throws: `StatisticsError.unequalCounts`, and `outsideDomain` for what no fit may be asked about.
    /// - Source: Partial pooling as in Gelman & Hill 2007, chapter 12, applied to log σ; empirical Bayes as in Morris 1983, JASA 78:47.
    public init(
        _ groups: [[Observation?]], own: [RandomInterceptFit?], dispersion: [Double], rule: GaussHermite
    ) throws(StatisticsError) {
        guard own.count == groups.count else { throw .unequalCounts(parameter: "own", expected: groups.count, found: own.count) }
        guard dispersion.count == groups.count else { throw .unequalCounts(parameter: "dispersion", expected: groups.count, found: dispersion.count) }
        var states: [GroupSpread] = []
        for (place, fit) in own.enumerated() {
            guard let fit, fit.place != .allAtOneEnd else { continue }
            if let state = try GroupSpread(groups[place], own: fit, dispersion: dispersion[place], place: place) { states.append(state) }
        }
        // Sums run in an order of the groups' own, so that their names decide nothing.
        states.sort { ($0.own.spread, $0.own.location, $0.own.logLikelihood) < ($1.own.spread, $1.own.location, $1.own.logLikelihood) }
        let differing = states.filter { $0.own.spread > 0 }
        guard states.count >= Self.minimumGroups else {
            (fits, prior, reason) = (own, nil, .fewGroups)
            return
        }
        guard !differing.isEmpty else {
            (fits, prior, reason) = (own, nil, .noSpread)
            return
        }
        guard let (prior, settled) = try Self.settle(states, differing: differing, rule: rule) else {
            (fits, self.prior, reason) = (own, nil, .notSettled)
            return
        }
        var fits = own
        var gain = 0.0
        for state in settled {
            gain += state.fit.gain
            fits[state.place] = state.fit
        }
        guard gain > 0 else {
            for state in settled { fits[state.place] = state.withoutSpread }
            (self.fits, self.prior, reason) = (fits, nil, .noSpread)
            return
        }
        (self.fits, self.prior, reason) = (fits, prior, nil)
    }

    /// Finds prior and groups' maxima in turn; `nil` where they do not settle.
    private static func settle(
        _ start: [GroupSpread], differing: [GroupSpread], rule: GaussHermite
    ) throws(StatisticsError) -> (SpreadPrior, [GroupSpread])? {
        var states = start
        var prior = SpreadPrior(logMean: differing.reduce(0) { $0 + log($1.own.spread) } / Double(differing.count), logDeviation: 0.5)
        let coarse = rule.nodes.count > 9 ? try GaussHermite(count: 7) : rule
        do throws(StatisticsError) {
            for _ in 0..<50 {
                var evidence: [SpreadPrior.Evidence] = []
                for place in states.indices { evidence.append(try states[place].maximise(prior, rule: coarse)) }
                guard let next = SpreadPrior.mostProbable(evidence, from: prior) else { return nil }
                let isSettled = (next.logMean - prior.logMean).magnitude < 1e-3 && (next.logDeviation / prior.logDeviation - 1).magnitude < 1e-2
                prior = next
                guard isSettled else { continue }
                for place in states.indices { _ = try states[place].maximise(prior, rule: rule) }
                return (prior, states)
            }
        } catch {
            guard case .notConverged = error else { throw error }
        }
        return nil
    }
}
