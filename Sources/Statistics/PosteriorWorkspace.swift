#if canImport(Glibc)
    import Glibc
#else
    import Foundation
#endif

/// Memory for the posteriors of one four of units after another, so that none of them allocates.
///
/// No unit's answer depends on the three that it is computed beside, not by a bit.
struct PosteriorWorkspace: ~Copyable {
    let dimension: Int
    private let storage: UnsafeMutablePointer<Lanes>
    /// K: the mode, also where the next search starts.
    let mode: UnsafeMutablePointer<Lanes>
    /// K: the mean, after `moveToMean`.
    let mean: UnsafeMutablePointer<Lanes>
    /// K × K: the covariance, after `solve`.
    let covariance: UnsafeMutablePointer<Lanes>
    /// K each, of the log-likelihood where `covariance` was taken: the first derivative, and minus the second and third.
    let gradient: UnsafeMutablePointer<Lanes>
    let curvature: UnsafeMutablePointer<Lanes>
    let skewness: UnsafeMutablePointer<Lanes>
    private let factor: UnsafeMutablePointer<Lanes>
    private let step: UnsafeMutablePointer<Lanes>
    /// P, K × K, the same in every lane.
    private let precision: UnsafeMutablePointer<Lanes>

    /// - Parameter precision: P, K × K, the inverse of the prior correlation.
    init(precision elements: [Double], dimension: Int) {
        self.dimension = dimension
        let square = dimension * dimension
        let size = max(1, 3 * square + 6 * dimension)
        storage = .allocate(capacity: size)
        storage.initialize(repeating: Lanes(), count: size)
        covariance = storage
        factor = covariance + square
        precision = factor + square
        mode = precision + square
        mean = mode + dimension
        step = mean + dimension
        gradient = step + dimension
        curvature = gradient + dimension
        skewness = curvature + dimension
        for (index, element) in elements.enumerated() { precision[index] = Lanes(repeating: element) }
    }

    deinit {
        storage.deallocate()
    }

    /// Finds mode and covariance of θ under ℓ(θ) − ½ θᵀ P θ, by damped Newton steps from `mode` on.
    ///
    /// A step that moves no η by more than 1 raises the log-posterior, because no curvature changes by more than a factor of exp(h) where η moves by h; a longer
    /// one is cut to log(1 + h) / h of itself, and then does. So the log-posterior itself is never computed.
    /// - Parameters:
    ///   - units: K terms of each.
    ///   - tolerance: A unit's search ends with the step whose largest element is shorter; what is left is about its square.
    /// - Source: Bach 2010, Electronic Journal of Statistics 4:384, proposition 1; the length as Sun & Tran-Dinh 2019, Mathematical Programming 178:145, for ν = 2.
    func solve(_ units: LaneUnits, tolerance: Double) throws(StatisticsError) {
        let limit = Lanes(repeating: tolerance * tolerance)
        var longest = Lanes()
        for _ in 0..<100 {
            expand(units)
            if let row = LaneFactor.factorise(factor, size: dimension) { throw .notPositiveDefinite(row: row) }
            LaneFactor.solve(factor, step, size: dimension)
            longest = Lanes()
            var farthest = Lanes()
            for index in 0..<dimension {
                let bent = units.slope(index) * step[index]
                longest = longest.orLarger(step[index] * step[index])
                farthest = farthest.orLarger(bent * bent)
            }
            let isShort = longest .< limit
            if isShort == SIMDMask(repeating: true) {
                for index in 0..<dimension { mode[index] += step[index] }
                LaneFactor.invert(factor, into: covariance, size: dimension)
                return
            }
            // Whoever has arrived waits where the last expansion was, and comes to the same step again and again.
            let shares = Self.share(farthest).replacing(with: 0, where: isShort)
            for index in 0..<dimension { mode[index] += shares * step[index] }
        }
        throw .notConverged(iterations: 100, lastStep: longest.max().squareRoot())
    }

    /// The part of a step to take where it would move η by √`farthest`.
    @inline(__always)
    private static func share(_ farthest: Lanes) -> Lanes {
        var shares = Lanes(repeating: 1)
        for lane in 0..<Lanes.scalarCount where farthest[lane] > 1 {
            let far = farthest[lane].squareRoot()
            shares[lane] = log1p(far) / far
        }
        return shares
    }

    /// Writes the mean, to the next order of Laplace's expansion: mean ≈ mode − ½ V (s ∘ diag V), with s the derivative of each curvature.
    ///
    /// The shift of one term alone is at most |slope| / 8, however little is seen.
    /// - Source: Tierney & Kadane 1986, Journal of the American Statistical Association 81:82.
    func moveToMean() {
        for row in 0..<dimension { step[row] = 0.5 * skewness[row] * covariance[row * dimension + row] }
        for row in 0..<dimension {
            var mean = mode[row]
            for column in 0..<dimension { mean -= covariance[row * dimension + column] * step[column] }
            self.mean[row] = mean
        }
    }

    /// Leaves at `mode` the derivatives of ℓ, ∇ of the log-posterior in `step`, and minus its Hessian in the lower half of `factor`.
    @inline(__always)
    private func expand(_ units: LaneUnits) {
        for row in 0..<dimension {
            let expansion = units.expansion(row, at: mode[row])
            gradient[row] = expansion.gradient
            curvature[row] = expansion.curvature
            skewness[row] = expansion.skewness
            let prior = precision + row * dimension
            var sum = expansion.gradient
            for column in 0..<dimension { sum -= prior[column] * mode[column] }
            step[row] = sum
            for column in 0..<row { factor[row * dimension + column] = prior[column] }
            factor[row * dimension + row] = prior[row] + expansion.curvature
        }
    }
}
