#if canImport(Glibc)
    import Glibc
#else
    import Foundation
#endif

/// The marginal likelihood of a group in (μ, log σ), and its maximum. Counts and shares only.
struct MarginalLikelihood {
    /// Distinct observations and how many units have each.
    private var terms: [LikelihoodTerm] = []
    private var multiplicities: [Double] = []
    private var units = 0

    /// - Parameter sorted: At least one, equal ones next to each other.
    init(sorted: [LikelihoodTerm]) {
        units = sorted.count
        for term in sorted {
            if term == terms.last {
                multiplicities[multiplicities.count - 1] += 1
            } else {
                terms.append(term)
                multiplicities.append(1)
            }
        }
    }

    /// A point with the log-likelihood, its gradient and its second derivatives in (μ, log σ).
    private struct Point {
        var location: Double
        var logSpread: Double
        var value = 0.0
        var gradient = (0.0, 0.0)
        var hessian = (0.0, 0.0, 0.0)
    }

    /// All events, and all exposure or trials.
    private var totals: (events: Double, size: Double) {
        var (events, size) = (0.0, 0.0)
        for (term, multiplicity) in zip(terms, multiplicities) {
            events += multiplicity * term.value
            size += multiplicity * term.size
        }
        return (events, size)
    }

    /// The μ of highest likelihood where σ is 0, and neither no event nor every trial one: it has a closed form.
    var locationWithoutSpread: Double {
        let (events, size) = totals
        return terms[0].family == .share ? log(events / (size - events)) : log(events / size)
    }

    /// The log-likelihood there.
    var valueWithoutSpread: Double { without(locationWithoutSpread).value }

    /// The maximum of likelihood times prior, from a point near it, with value and derivatives of the likelihood alone in log σ, at the best μ.
    func maximise(
        prior: SpreadPrior, from start: (location: Double, logSpread: Double), rule: GaussHermite
    ) throws(StatisticsError) -> (location: Double, logSpread: Double, value: Double, score: Double, information: Double) {
        var modes = [Double](repeating: 0, count: terms.count)
        var iterations = 0
        let top = try climb(
            from: Point(location: start.location, logSpread: start.logSpread), prior: prior, rule: rule, tolerance: 1e-7, stall: 1e-2, modes: &modes,
            iterations: &iterations)
        let offset = top.logSpread - prior.logMean
        let (a, b, c) = (-top.hessian.0, -top.hessian.1, -top.hessian.2 - prior.precision)
        return (
            top.location, top.logSpread, top.value + 0.5 * prior.precision * offset * offset, prior.precision * offset, a > 0 ? c - b * b / a : c
        )
    }

    func maximise(rule: GaussHermite) throws(StatisticsError) -> RandomInterceptFit {
        let (events, size) = totals
        let isShare = terms[0].family == .share
        if events == 0 || (isShare && events == size) {
            let location = isShare ? log((events + 0.5) / (size - events + 0.5)) : log(0.5 / size)
            return fit(location, 0, without(location).value, gain: 0, iterations: 0, place: .allAtOneEnd)
        }
        let commonLocation = locationWithoutSpread
        let common = without(commonLocation)
        // The score of σ² at 0 over its information: how much the observations vary beyond chance, on the link scale.
        let excess = log1p(max(common.excess, 0.04))
        let start = Point(location: commonLocation - (isShare ? 0 : excess / 2), logSpread: 0.5 * log(min(excess, 4)))

        var modes = [Double](repeating: 0, count: terms.count)
        let coarseRule = rule.nodes.count > 9 ? try GaussHermite(count: 7) : rule
        var iterations = 0
        // Where the coarse rule leads astray, the fine one starts afresh.
        let coarse = (try? climb(from: start, rule: coarseRule, tolerance: 1e-4, stall: 1e-1, modes: &modes, iterations: &iterations)) ?? start
        // Less variation than chance, and no other summit: towards σ = 0 the climb would only creep on.
        if common.excess <= 0, coarse.logSpread < start.logSpread, coarse.value - common.value < 1e-3 {
            return fit(commonLocation, 0, common.value, gain: 0, iterations: iterations, place: .noSpread)
        }
        let best = try climb(from: coarse, rule: rule, tolerance: 2e-9, stall: 1e-3, modes: &modes, iterations: &iterations)
        let gain = best.value - common.value
        guard gain > 1e-6 else { return fit(commonLocation, 0, common.value, gain: 0, iterations: iterations, place: .noSpread) }
        return fit(best.location, exp(best.logSpread), best.value, gain: gain, iterations: iterations, place: .interior)
    }

    private func fit(
        _ location: Double, _ spread: Double, _ value: Double, gain: Double, iterations: Int, place: RandomInterceptFit.Place
    ) -> RandomInterceptFit {
        RandomInterceptFit(location: location, spread: spread, logLikelihood: value, gain: gain, units: units, iterations: iterations, place: place)
    }

    /// The log-likelihood without a spread, and Σ(ℓ′² − curvature) / Σ curvature²: twice the score of σ² at 0 over its rough information.
    private func without(_ location: Double) -> (value: Double, excess: Double) {
        var (value, score, information) = (0.0, 0.0, 0.0)
        for (term, multiplicity) in zip(terms, multiplicities) {
            let at = term.linkExpansion(at: location)
            value += multiplicity * at.logLikelihood
            score += multiplicity * (at.gradient * at.gradient - at.curvature)
            information += multiplicity * at.curvature * at.curvature
        }
        return (value, information > 0 ? score / information : 0)
    }

    /// Damped Newton until the next step promises less than half the tolerance.
    ///
    /// Value and gradient are quadratures of their own: where integrands are skewed (large σ) they disagree by their error, and near the top a step that the
    /// gradient asks for may seem to lead down. There, a step is also good if it brings the gradient nearer to 0.
    private func climb(
        from start: Point, prior: SpreadPrior? = nil, rule: GaussHermite, tolerance: Double, stall: Double, modes: inout [Double], iterations: inout Int
    ) throws(StatisticsError) -> Point {
        var point = try evaluated(start, prior: prior, rule: rule, modes: &modes)
        var step = Self.step(point)
        for _ in 0..<100 {
            // The way σ → 0 flattens for ever in log σ; from here on it is 0 to every purpose.
            if point.logSpread < -9 || step.promise < tolerance { return point }
            guard point.logSpread < log(20) else { throw .notConverged(iterations: iterations, lastStep: step.length) }
            iterations += 1
            var shrink = min(1, 1 / max(step.logSpread.magnitude, 1e-300), 2 / max(step.location.magnitude, 1e-300))
            while true {
                let trial = Point(
                    location: point.location + shrink * step.location, logSpread: point.logSpread + shrink * step.logSpread)
                let next = try evaluated(trial, prior: prior, rule: rule, modes: &modes)
                let following = Self.step(next)
                let rises = next.value >= point.value + 1e-4 * shrink * step.promise
                let settles = step.promise < 0.1 && following.bendsDown && following.promise < 0.9 * step.promise
                if rises || settles {
                    (point, step) = (next, following)
                    break
                }
                shrink /= 2
                guard shrink < 1e-3 else { continue }
                // The error of the quadrature hides the rest of the way. The step still asked for is √promise standard errors long.
                guard step.promise < stall else { throw .notConverged(iterations: iterations, lastStep: step.length) }
                return point
            }
        }
        guard step.promise < stall else { throw .notConverged(iterations: iterations, lastStep: step.length) }
        return point
    }

    /// A step to try.
    private struct Step {
        let location: Double
        let logSpread: Double
        /// Twice what it would raise the log-likelihood by, were that a parabola.
        let promise: Double
        /// Whether the surface bends down in all directions.
        let bendsDown: Bool

        var length: Double { (location * location + logSpread * logSpread).squareRoot() }
    }

    /// Newton's step where the surface bends down; else its eigenvalues are turned or raised until it does.
    private static func step(_ point: Point) -> Step {
        let (a, b, c) = (-point.hessian.0, -point.hessian.1, -point.hessian.2)
        let (middle, radius) = ((a + c) / 2, (((a - c) / 2) * ((a - c) / 2) + b * b).squareRoot())
        let smallest = middle - radius
        let floor = 1e-6 * (middle.magnitude + radius) + 1e-300
        let shift = smallest >= floor ? 0 : floor - smallest + smallest.magnitude
        let (p, r) = (a + shift, c + shift)
        let determinant = p * r - b * b
        let location = (r * point.gradient.0 - b * point.gradient.1) / determinant
        let logSpread = (p * point.gradient.1 - b * point.gradient.0) / determinant
        return Step(
            location: location, logSpread: logSpread, promise: location * point.gradient.0 + logSpread * point.gradient.1, bendsDown: shift == 0)
    }

    /// Value and derivatives at a point. `modes` holds each term's mode from the last point, from where it is soon found again.
    private func evaluated(_ at: Point, prior: SpreadPrior?, rule: GaussHermite, modes: inout [Double]) throws(StatisticsError) -> Point {
        var point = Point(location: at.location, logSpread: at.logSpread)
        let (location, spread) = (at.location, exp(at.logSpread))
        var gradient = (0.0, 0.0)
        var hessian = (0.0, 0.0, 0.0)
        for index in terms.indices {
            let term = terms[index]
            let multiplicity = multiplicities[index]
            let mode = try Self.mode(term, location: location, spread: spread, from: modes[index])
            modes[index] = mode
            let top = term.linkExpansion(at: location + spread * mode)
            let scale = (1 / (1 + spread * spread * top.curvature)).squareRoot()
            let height = top.logLikelihood - mode * mode / 2
            // Σ over nodes of weight × (1, g, gθ, g² − c, (g² − c)θ, (g² − c)θ²), with g and c the gradient and curvature in η.
            var (s0, s1, s2, s3, s4, s5) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
            for k in rule.nodes.indices {
                let node = rule.nodes[k]
                let theta = mode + scale * node
                let expansion = term.linkExpansion(at: location + spread * theta)
                let weight = rule.weights[k] * exp(expansion.logLikelihood - theta * theta / 2 - height + node * node / 2)
                let bend = expansion.gradient * expansion.gradient - expansion.curvature
                s0 += weight
                s1 += weight * expansion.gradient
                s2 += weight * expansion.gradient * theta
                s3 += weight * bend
                s4 += weight * bend * theta
                s5 += weight * bend * theta * theta
            }
            let (g, gTheta) = (s1 / s0, s2 / s0)
            point.value += multiplicity * (height + log(scale * s0))
            gradient.0 += multiplicity * g
            gradient.1 += multiplicity * gTheta
            hessian.0 += multiplicity * (s3 / s0 - g * g)
            hessian.1 += multiplicity * (s4 / s0 - g * gTheta)
            hessian.2 += multiplicity * (s5 / s0 - gTheta * gTheta)
        }
        // From σ to log σ.
        point.gradient = (gradient.0, spread * gradient.1)
        point.hessian = (hessian.0, spread * hessian.1, spread * spread * hessian.2 + spread * gradient.1)
        if let prior {
            let offset = at.logSpread - prior.logMean
            point.value -= 0.5 * prior.precision * offset * offset
            point.gradient.1 -= prior.precision * offset
            point.hessian.2 -= prior.precision
        }
        return point
    }

    /// The θ of highest ℓ(μ + σθ) − θ²/2, by Newton's method with steps of at most 2 on the link scale, beyond which exponentials run away.
    private static func mode(_ term: LikelihoodTerm, location: Double, spread: Double, from start: Double) throws(StatisticsError) -> Double {
        var theta = start
        var step = 0.0
        let longest = 2 / spread
        for _ in 0..<200 {
            let (gradient, curvature) = term.linkDerivatives(at: location + spread * theta)
            step = (spread * gradient - theta) / (1 + spread * spread * curvature)
            step = max(-longest, min(longest, step))
            theta += step
            // Quadratic convergence: what is left is about the square of this. The quadrature is centred there, no more.
            if step.magnitude < 1e-4 { return theta }
        }
        throw .notConverged(iterations: 200, lastStep: step)
    }
}
