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

    func maximise(rule: GaussHermite) throws(StatisticsError) -> RandomInterceptFit {
        var (events, size) = (0.0, 0.0)
        for (term, multiplicity) in zip(terms, multiplicities) {
            events += multiplicity * term.value
            size += multiplicity * term.size
        }
        let isShare = terms[0].family == .share
        if events == 0 || (isShare && events == size) {
            let location = isShare ? log((events + 0.5) / (size - events + 0.5)) : log(0.5 / size)
            return fit(location, 0, without(location).value, gain: 0, iterations: 0, place: .allAtOneEnd)
        }
        // With σ = 0 the maximum has a closed form.
        let commonLocation = isShare ? log(events / (size - events)) : log(events / size)
        let common = without(commonLocation)
        // The score of σ² at 0 over its information: how much the observations vary beyond chance, on the link scale.
        let excess = log1p(max(common.excess, 0.04))
        let start = Point(location: commonLocation - (isShare ? 0 : excess / 2), logSpread: 0.5 * log(min(excess, 4)))

        var modes = [Double](repeating: 0, count: terms.count)
        let coarseRule = rule.nodes.count > 9 ? try GaussHermite(count: 7) : rule
        var iterations = 0
        let coarse = try climb(from: start, rule: coarseRule, tolerance: 1e-4, modes: &modes, iterations: &iterations)
        // Less variation than chance, and no other summit: towards σ = 0 the climb would only creep on.
        if common.excess <= 0, coarse.value - common.value < 1e-3 {
            return fit(commonLocation, 0, common.value, gain: 0, iterations: iterations, place: .noSpread)
        }
        let best = try climb(from: coarse, rule: rule, tolerance: 2e-9, modes: &modes, iterations: &iterations)
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
    private func climb(
        from start: Point, rule: GaussHermite, tolerance: Double, modes: inout [Double], iterations: inout Int
    ) throws(StatisticsError) -> Point {
        var point = try evaluated(start, rule: rule, modes: &modes)
        var length = 0.0
        for _ in 0..<100 {
            // The way σ → 0 flattens for ever in log σ; from here on it is 0 to every purpose.
            if point.logSpread < -9 { return point }
            guard point.logSpread < log(20) else { throw .notConverged(iterations: iterations, lastStep: length) }
            let step = Self.step(point)
            let promise = step.0 * point.gradient.0 + step.1 * point.gradient.1
            if promise < tolerance { return point }
            var shrink = min(1, 1 / max(step.1.magnitude, 1e-300), 2 / max(step.0.magnitude, 1e-300))
            iterations += 1
            while true {
                let trial = Point(location: point.location + shrink * step.0, logSpread: point.logSpread + shrink * step.1)
                let next = try evaluated(trial, rule: rule, modes: &modes)
                // The gradient is that of the integral, the value that of the quadrature: near the top they may disagree by the latter's error.
                if next.value > point.value - 1e-9 * point.value.magnitude {
                    length = shrink * (step.0 * step.0 + step.1 * step.1).squareRoot()
                    point = next
                    break
                }
                shrink /= 2
                guard shrink > 1e-8 else { throw .notConverged(iterations: iterations, lastStep: shrink) }
            }
        }
        throw .notConverged(iterations: iterations, lastStep: length)
    }

    /// Newton's step where the surface bends down; else its eigenvalues are turned or raised until it does.
    private static func step(_ point: Point) -> (Double, Double) {
        let (a, b, c) = (-point.hessian.0, -point.hessian.1, -point.hessian.2)
        let (middle, radius) = ((a + c) / 2, (((a - c) / 2) * ((a - c) / 2) + b * b).squareRoot())
        let smallest = middle - radius
        let floor = 1e-6 * (middle.magnitude + radius) + 1e-300
        let shift = smallest >= floor ? 0 : floor - smallest + smallest.magnitude
        let (p, r) = (a + shift, c + shift)
        let determinant = p * r - b * b
        return ((r * point.gradient.0 - b * point.gradient.1) / determinant, (p * point.gradient.1 - b * point.gradient.0) / determinant)
    }

    /// Value and derivatives at a point. `modes` holds each term's mode from the last point, from where it is soon found again.
    private func evaluated(_ at: Point, rule: GaussHermite, modes: inout [Double]) throws(StatisticsError) -> Point {
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
        return point
    }

    /// The θ of highest ℓ(μ + σθ) − θ²/2, by Newton's method with steps of at most 2 on the link scale, beyond which exponentials run away.
    private static func mode(_ term: LikelihoodTerm, location: Double, spread: Double, from start: Double) throws(StatisticsError) -> Double {
        var theta = start
        var step = 0.0
        let longest = 2 / spread
        for _ in 0..<200 {
            let expansion = term.linkExpansion(at: location + spread * theta)
            step = (spread * expansion.gradient - theta) / (1 + spread * spread * expansion.curvature)
            step = max(-longest, min(longest, step))
            theta += step
            // Quadratic convergence: what is left is about the square of this. The quadrature is centred there, no more.
            if step.magnitude < 1e-4 { return theta }
        }
        throw .notConverged(iterations: 200, lastStep: step)
    }
}
