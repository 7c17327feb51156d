/// Memory for the posteriors of one unit after another, so that none of them allocates.
struct PosteriorWorkspace: ~Copyable {
    let dimension: Int
    private let storage: UnsafeMutablePointer<Double>
    /// K: the mode, also where the next search starts.
    let mode: UnsafeMutablePointer<Double>
    /// K × K: the covariance, after `solve`.
    let covariance: UnsafeMutablePointer<Double>
    private let factor: UnsafeMutablePointer<Double>
    private let pull: UnsafeMutablePointer<Double>
    private let step: UnsafeMutablePointer<Double>
    private let trial: UnsafeMutablePointer<Double>
    private let gradient: UnsafeMutablePointer<Double>
    private let curvature: UnsafeMutablePointer<Double>

    init(dimension: Int) {
        self.dimension = dimension
        let size = 2 * dimension * dimension + 6 * dimension
        storage = .allocate(capacity: max(size, 1))
        storage.initialize(repeating: 0, count: max(size, 1))
        covariance = storage
        factor = covariance + dimension * dimension
        mode = factor + dimension * dimension
        pull = mode + dimension
        step = pull + dimension
        trial = step + dimension
        gradient = trial + dimension
        curvature = gradient + dimension
    }

    deinit {
        storage.deallocate()
    }

    /// Finds mode and covariance of θ under ℓ(θ) − ½ θᵀ P θ, by Newton's method with step halving, from `mode` on.
    ///
    /// - Parameters:
    ///   - terms: K of them.
    ///   - precision: P, K × K, the inverse of the prior correlation.
    ///   - tolerance: The search ends with the step whose largest element is shorter; what is left is about its square.
    func solve(_ terms: UnsafePointer<LikelihoodTerm>, precision: UnsafePointer<Double>, tolerance: Double) throws(StatisticsError) {
        var value = expand(terms, precision: precision, at: mode)
        var longest = 0.0
        for _ in 0..<100 {
            for row in 0..<dimension {
                for column in 0...row { factor[row * dimension + column] = precision[row * dimension + column] }
                factor[row * dimension + row] += curvature[row]
                step[row] = gradient[row] - pull[row]
            }
            if let row = Cholesky.factorise(factor, size: dimension) { throw .notPositiveDefinite(row: row) }
            Cholesky.solve(factor, step, size: dimension)
            longest = 0
            for index in 0..<dimension { longest = max(longest, step[index].magnitude) }
            if longest < tolerance {
                for index in 0..<dimension { mode[index] += step[index] }
                Cholesky.invert(factor, into: covariance, size: dimension)
                return
            }
            var shrink = 1.0
            while true {
                for index in 0..<dimension { trial[index] = mode[index] + shrink * step[index] }
                let next = expand(terms, precision: precision, at: trial)
                if next >= value - 1e-12 * value.magnitude {
                    for index in 0..<dimension { mode[index] = trial[index] }
                    value = next
                    break
                }
                shrink /= 2
                guard shrink > 1e-10 else { throw .notConverged(iterations: 100, lastStep: longest) }
            }
        }
        throw .notConverged(iterations: 100, lastStep: longest)
    }

    /// Moves `mode` to the mean, to the next order of Laplace's expansion: mean ≈ mode − ½ V (s ∘ diag V), with s the derivative of each curvature.
    ///
    /// The shift of one term alone is at most |slope| / 8, however little is seen.
    /// - Source: Tierney & Kadane 1986, Journal of the American Statistical Association 81:82.
    func moveToMean(_ terms: UnsafePointer<LikelihoodTerm>) {
        for row in 0..<dimension {
            pull[row] = terms[row].skewness(at: mode[row]) * covariance[row * dimension + row] / 2
        }
        for row in 0..<dimension {
            var shift = 0.0
            for column in 0..<dimension { shift += covariance[row * dimension + column] * pull[column] }
            step[row] = shift
        }
        for row in 0..<dimension { mode[row] -= step[row] }
    }

    /// The log-posterior at θ; leaves ℓ′ in `gradient`, −ℓ″ in `curvature` and P θ in `pull`.
    private func expand(
        _ terms: UnsafePointer<LikelihoodTerm>, precision: UnsafePointer<Double>, at theta: UnsafeMutablePointer<Double>
    ) -> Double {
        var value = 0.0
        for row in 0..<dimension {
            let expansion = terms[row].expansion(at: theta[row])
            gradient[row] = expansion.gradient
            curvature[row] = expansion.curvature
            var product = 0.0
            for column in 0..<dimension { product += precision[row * dimension + column] * theta[column] }
            pull[row] = product
            value += expansion.logLikelihood - theta[row] * product / 2
        }
        return value
    }
}
