#if canImport(Glibc)
    import Glibc
#else
    import Foundation
#endif

/// Nodes and weights of Gauss–Hermite quadrature against the standard normal density: ∫ f(x) φ(x) dx ≈ Σ weights[k] · f(nodes[k]).
///
/// Exact for polynomials up to degree 2n − 1. The weights sum to 1; the nodes ascend and mirror each other exactly.
/// - Source: Newton's method on the orthonormal Hermite recurrence, Abramowitz & Stegun 25.4.46 for the weights.
public struct GaussHermite: Hashable, Sendable {
    /// In standard deviations, ascending.
    public let nodes: [Double]
    /// Positive, one per node.
    public let weights: [Double]

    /// The rule of `count` points.
    ///
    /// - Parameter count: 1 to 64. Beyond, weights of the outer nodes underflow.
    /// - Throws: `StatisticsError.outsideDomain`, or `notConverged` where Newton's method fails to find a root.
    public init(count: Int) throws(StatisticsError) {
        guard (1...64).contains(count) else { throw .outsideDomain(parameter: "count", value: Double(count)) }
        var nodes = [Double](repeating: 0, count: count)
        var weights = [Double](repeating: 0, count: count)
        // Roots of He_n in descending order, each divided out of the polynomial once found (Maehly), so that none is found twice.
        var found: [Double] = []
        let n = Double(count)
        for index in 0..<(count / 2) {
            // Right of all roots that remain, from where Newton's method descends to the next one without passing it.
            var x = found.last.map { $0 - 1e-3 } ?? (4 * n + 2).squareRoot()
            var step = Double.infinity
            var iterations = 0
            while step.magnitude > 1e-11 {
                guard iterations < 200 else { throw .notConverged(iterations: iterations, lastStep: step) }
                let (value, derivative) = Self.hermite(count, at: x)
                var deflation = count % 2 == 1 ? 1 / x : 0
                for root in found { deflation += 1 / (x - root) + 1 / (x + root) }
                step = value / (derivative - value * deflation)
                x -= step
                iterations += 1
            }
            let (value, slope) = Self.hermite(count, at: x)
            x -= value / slope
            found.append(x)
            let (_, derivative) = Self.hermite(count, at: x)
            nodes[index] = -x
            nodes[count - 1 - index] = x
            weights[index] = 1 / (derivative * derivative)
            weights[count - 1 - index] = weights[index]
        }
        if count % 2 == 1 {
            let (_, derivative) = Self.hermite(count, at: 0)
            weights[count / 2] = 1 / (derivative * derivative)
        }
        self.nodes = nodes
        self.weights = weights
    }

    /// The orthonormal Hermite polynomial of a degree and its derivative, at x: h_k = (x h_{k−1} − √(k−1) h_{k−2}) / √k, h_n′ = √n h_{n−1}.
    private static func hermite(_ degree: Int, at x: Double) -> (value: Double, derivative: Double) {
        var (before, value) = (0.0, 1.0)
        for k in 1...degree {
            let next = (x * value - Double(k - 1).squareRoot() * before) / Double(k).squareRoot()
            (before, value) = (value, next)
        }
        return (value, Double(degree).squareRoot() * before)
    }
}
