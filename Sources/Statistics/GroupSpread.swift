#if canImport(Glibc)
    import Glibc
#else
    import Foundation
#endif

/// One group while its spread is sought under a prior: its likelihood, and where the last search ended.
struct GroupSpread {
    /// The group's place in the caller's list.
    let place: Int
    /// The fit from the group alone.
    let own: RandomInterceptFit
    private let likelihood: Likelihood
    private var location: Double
    private var logSpread: Double
    private var value: Double

    private enum Likelihood {
        case counts(MarginalLikelihood)
        case means(MetaSample)
    }

    /// - Returns: `nil` for means without sampling error, whose σ is plain to see.
    init?(_ observations: [Observation?], own: RandomInterceptFit, dispersion: Double, place: Int) throws(StatisticsError) {
        let terms = try sortedLinkTerms(observations, dispersion: dispersion)
        guard let family = terms.first?.family else { return nil }
        if family == .mean {
            guard terms.allSatisfy({ $0.size > 0 }) else { return nil }
            likelihood = .means(try MetaSample(values: terms.map(\.value), variances: terms.map(\.size)))
        } else {
            likelihood = .counts(MarginalLikelihood(sorted: terms))
        }
        (self.place, self.own) = (place, own)
        (location, value) = (own.location, own.logLikelihood)
        logSpread = own.spread > 0 ? log(own.spread) : -.infinity
    }

    /// Moves to the maximum of likelihood times prior, and says what the likelihood alone looks like there.
    mutating func maximise(_ prior: SpreadPrior, rule: GaussHermite) throws(StatisticsError) -> SpreadPrior.Evidence {
        // From σ = 0 no path leads back in log σ; and far from the prior there is nothing to look for.
        let start = max(logSpread, prior.logMean - 3 * prior.logDeviation)
        switch likelihood {
        case .counts(let likelihood):
            let top = try likelihood.maximise(prior: prior, from: (location, start), rule: rule)
            (location, logSpread, value) = (top.location, top.logSpread, top.value)
            return SpreadPrior.Evidence(logSpread: logSpread, score: top.score, information: max(0, top.information))
        case .means(let sample):
            let top = try sample.maximise(prior: prior, from: start)
            (location, logSpread, value) = (top.location, top.logSpread, top.value)
            return SpreadPrior.Evidence(logSpread: logSpread, score: top.score, information: max(0, top.information))
        }
    }

    /// The last maximum. Its gain, over σ = 0 and without the prior, is negative where the group alone would rather have no spread.
    var fit: RandomInterceptFit {
        RandomInterceptFit(
            location: location, spread: exp(logSpread), logLikelihood: value, gain: value - valueWithout, units: own.units, iterations: own.iterations,
            place: .interior)
    }

    /// The best fit without a spread.
    var withoutSpread: RandomInterceptFit {
        let location =
            switch likelihood {
            case .counts(let likelihood): likelihood.locationWithoutSpread
            case .means(let sample): sample.sums(tauSquared: 0).mean
            }
        return RandomInterceptFit(
            location: location, spread: 0, logLikelihood: valueWithout, gain: 0, units: own.units, iterations: own.iterations, place: .noSpread)
    }

    private var valueWithout: Double {
        switch likelihood {
        case .counts(let likelihood): likelihood.valueWithoutSpread
        case .means(let sample): sample.sums(tauSquared: 0).restrictedLogLikelihood
        }
    }
}

extension MetaSample {
    /// The maximum of the restricted likelihood times a prior of log τ: Fisher scoring in log τ with step halving.
    ///
    /// - Returns: τ's logarithm, the mean there, and value, score and information of the restricted likelihood alone, in log τ.
    /// - Throws: `StatisticsError.notConverged` after 200 steps.
    func maximise(
        prior: SpreadPrior, from start: Double
    ) throws(StatisticsError) -> (location: Double, logSpread: Double, value: Double, score: Double, information: Double) {
        var logSpread = start
        var current = expansion(logSpread)
        func penalty(_ at: Double) -> Double { -0.5 * prior.precision * (at - prior.logMean) * (at - prior.logMean) }
        var step = 0.0
        for _ in 0..<200 {
            let gradient = current.score - prior.precision * (logSpread - prior.logMean)
            step = max(-1, min(1, gradient / (current.expected + prior.precision)))
            var next = expansion(logSpread + step)
            var halvings = 0
            // Less than rounding leaves of the sums is no fall: near the top it would cut good steps, down to ones that go nowhere.
            let least = current.value + penalty(logSpread) - 1e-12 * (1 + current.value.magnitude)
            while next.value + penalty(logSpread + step) < least, halvings < 60 {
                step /= 2
                next = expansion(logSpread + step)
                halvings += 1
            }
            (logSpread, current) = (logSpread + step, next)
            if step.magnitude < 1e-9 { return (current.mean, logSpread, current.value, current.score, current.expected) }
        }
        throw .notConverged(iterations: 200, lastStep: step)
    }

    /// Value, score and expected information of the restricted likelihood in log τ.
    private func expansion(_ logSpread: Double) -> (mean: Double, value: Double, score: Double, expected: Double) {
        let tauSquared = exp(2 * logSpread)
        let sums = sums(tauSquared: tauSquared)
        let share = sums.weight2 / sums.weight
        let score = 0.5 * (sums.residual2 - sums.weight + share)
        let information = 0.5 * (sums.weight2 - 2 * sums.weight3 / sums.weight + share * share)
        return (sums.mean, sums.restrictedLogLikelihood, 2 * tauSquared * score, 4 * tauSquared * tauSquared * information)
    }
}
