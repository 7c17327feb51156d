#if canImport(Glibc)
    import Glibc
#else
    import Foundation
#endif

extension LikelihoodTerm {
    /// E[θ], E[θ²] and E[θ⁴] of a standing that is standard normal beforehand, given this observation alone: exactly for a mean, else by quadrature about the
    /// mode, scaled by the curvature there.
    ///
    /// - Source: The moments of a normal distribution; Pinheiro & Bates 1995, Journal of Computational and Graphical Statistics 4:12, for the nodes.
    public func standingMoments(rule: GaussHermite) -> (first: Double, second: Double, fourth: Double) {
        guard weight > 0, family != .mean else {
            let (gradient, curvature) = derivatives(at: 0)
            let variance = 1 / (1 + curvature)
            let mean = gradient * variance
            let square = mean * mean
            return (mean, square + variance, square * square + 6 * square * variance + 3 * variance * variance)
        }
        let (mode, curvature) = mode()
        let scale = (1 / (1 + curvature)).squareRoot()
        let height = expansion(at: mode).logLikelihood - mode * mode / 2
        var (s0, s1, s2, s4) = (0.0, 0.0, 0.0, 0.0)
        for index in rule.nodes.indices {
            let node = rule.nodes[index]
            let theta = mode + scale * node
            let share = rule.weights[index] * exp(expansion(at: theta).logLikelihood - theta * theta / 2 - height + node * node / 2)
            let square = theta * theta
            s0 += share
            s1 += share * theta
            s2 += share * square
            s4 += share * square * square
        }
        return (s1 / s0, s2 / s0, s4 / s0)
    }

    /// Where the posterior is highest, within 1e-6, and the curvature of the log-likelihood there; by damped Newton steps, as in `PosteriorWorkspace`.
    private func mode() -> (theta: Double, curvature: Double) {
        var theta = 0.0
        var at = derivatives(at: theta)
        for _ in 0..<100 {
            let step = (at.gradient - theta) / (1 + at.curvature)
            if step.magnitude < 1e-6 { break }
            let far = (slope * step).magnitude
            theta += far > 1 ? step * log1p(far) / far : step
            at = derivatives(at: theta)
        }
        return (theta, at.curvature)
    }

    /// Gradient and curvature in θ.
    private func derivatives(at theta: Double) -> (gradient: Double, curvature: Double) {
        guard weight > 0 else { return (0, 0) }
        let (gradient, curvature) = linkDerivatives(at: location + slope * theta)
        return (slope * gradient, slope * slope * curvature)
    }
}
