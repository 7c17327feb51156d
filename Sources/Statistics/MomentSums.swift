/// Sums over units of m mᵀ + V, m and V being a unit's posterior mean and covariance, and of how it answers to each element of R.
///
/// With P = R⁻¹, W a unit's curvatures, θ its mode and q = P θ, an R that changes by E, in its elements (a, b) and (b, a), changes V by A E Aᵀ and θ by A E q, where
/// A = V P = I − V W: what the change of the curvatures adds is left out. So m mᵀ + V changes by F_a F_bᵀ + F_b F_aᵀ − 2 q_a q_b m mᵀ, where F_a = A_a + q_a m is a
/// column. Before the data are looked at, m mᵀ + V is expected to be R and m mᵀ to be R − V, and less the change of R itself that is −(B_a B_bᵀ + B_b B_aᵀ), where
/// B = V W: the information that observations give is never negative.
/// - Source: Jamshidian & Jennrich 1997, JRSS B 59:569, on the Jacobian of EM's step; the expectation as in Fisher's scoring.
struct MomentSums: ~Copyable {
    /// Which answer to R is summed.
    enum Response {
        case none
        /// Of m mᵀ + V − R, as the model expects it: right enough from afar, where what was seen misleads.
        case expected
        /// Of m mᵀ + V, as the data have it: nearer at the end.
        case observed
    }

    private let dimension: Int
    private let half: Int
    private let kind: Response
    private let storage: UnsafeMutablePointer<Lanes>
    private let count: Int
    /// K (K + 1) / 2: the lower half of Σ(m mᵀ + V). After it come as many for each element of R under the diagonal.
    private let moments: UnsafeMutablePointer<Lanes>
    /// K × K: the columns F_a or B_a, one after another.
    private let columns: UnsafeMutablePointer<Lanes>

    init(dimension: Int, response kind: Response) {
        (self.dimension, self.kind) = (dimension, kind)
        half = halfRow(dimension)
        count = half * (1 + (kind == .none ? 0 : halfRow(dimension - 1)))
        let size = count + dimension * dimension
        storage = .allocate(capacity: max(1, size))
        storage.initialize(repeating: Lanes(), count: max(1, size))
        moments = storage
        columns = moments + count
    }

    deinit {
        storage.deallocate()
    }

    /// Adds four units, each as often as its weight says.
    func add(_ posterior: borrowing PosteriorWorkspace, weights: Lanes) {
        var place = 0
        for row in 0..<dimension {
            let scaled = weights * posterior.mean[row]
            for column in 0...row {
                moments[place] += weights * posterior.covariance[row * dimension + column] + scaled * posterior.mean[column]
                place += 1
            }
        }
        guard kind != .none else { return }
        let isObserved = kind == .observed
        prepare(posterior, isObserved: isObserved)
        var target = moments + half
        for a in 0..<dimension {
            for b in 0..<a {
                let pull = isObserved ? 2 * weights * posterior.gradient[a] * posterior.gradient[b] : Lanes()
                add(columns + a * dimension, columns + b * dimension, weights: isObserved ? weights : -weights, posterior.mean, pull: pull, to: target)
                target += half
            }
        }
    }

    /// Over the four lanes.
    func totals() -> [Double] { (0..<count).map { moments[$0].sum() } }

    /// The columns that the answers are made of.
    @inline(__always)
    private func prepare(_ posterior: borrowing PosteriorWorkspace, isObserved: Bool) {
        for a in 0..<dimension {
            let column = columns + a * dimension
            for row in 0..<dimension { column[row] = posterior.covariance[a * dimension + row] * posterior.curvature[a] }
            guard isObserved else { continue }
            // At the mode q is the gradient.
            let pull = posterior.gradient[a]
            for row in 0..<dimension { column[row] = pull * posterior.mean[row] - column[row] }
            column[a] += 1
        }
    }

    /// Adds w (x yᵀ + y xᵀ) − pull m mᵀ, the lower half.
    @inline(__always)
    private func add(
        _ x: UnsafeMutablePointer<Lanes>, _ y: UnsafeMutablePointer<Lanes>, weights: Lanes, _ mean: UnsafeMutablePointer<Lanes>, pull: Lanes,
        to target: UnsafeMutablePointer<Lanes>
    ) {
        var place = 0
        for row in 0..<dimension {
            let (first, second, third) = (weights * x[row], weights * y[row], pull * mean[row])
            for column in 0...row {
                target[place] += first * y[column] + second * x[column] - third * mean[column]
                place += 1
            }
        }
    }
}
