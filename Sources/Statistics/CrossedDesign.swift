/// The values that one rater gave one target, as their number, sum and sum of squares.
public struct RatingCell: Hashable, Sendable {
    /// Place of the target, from 0.
    public let target: Int
    /// Place of the rater, from 0.
    public let rater: Int
    /// Values, > 0.
    public let count: Double
    /// Sum of the values.
    public let sum: Double
    /// Sum of their squares.
    public let sumOfSquares: Double

    /// A cell of one target and one rater.
    public init(target: Int, rater: Int, count: Double, sum: Double, sumOfSquares: Double) {
        self.target = target
        self.rater = rater
        self.count = count
        self.sum = sum
        self.sumOfSquares = sumOfSquares
    }
}

/// Who rated whom, with the margins.
struct CrossedDesign {
    let table: RatingTable
    let targets: Int
    let raters: Int
    let targetCounts: [Double]
    let raterCounts: [Double]
    /// Per rater, of its values.
    let raterSums: [Double]
    /// Per target, of its values as they are; `nil` for one without values.
    let means: [Double?]
    /// Per rater, n_r − Σ n_tr²/n_t: what it tells that the means of its targets do not.
    let ownCounts: [Double]
    /// Per rater, Σ (value − its target's mean).
    private let deviations: [Double]
    /// Of all values.
    let count: Double
    let mean: Double
    /// Per rater, the part of the design it belongs to; parts share no target and no rater.
    let partOfRater: [Int]
    /// Per target; `nil` for one without values.
    let partOfTarget: [Int?]
    let parts: Int

    init(_ table: RatingTable, raters: Int) throws(StatisticsError) {
        let targets = table.targets
        guard table.raterBound <= raters else { throw .outsideDomain(parameter: "rater", value: Double(table.raterBound - 1)) }
        guard !table.isEmpty else { throw .degenerate(.noObservations) }
        var targetCounts = [Double](repeating: 0, count: targets)
        var means = [Double?](repeating: nil, count: targets)
        var (count, sum) = (0.0, 0.0)
        var sets = DisjointSets(targets + raters)
        // What is known of a rater lies together: of millions of cells, each asks for another one.
        var margins = [Margin](repeating: Margin(), count: raters)
        margins.withUnsafeMutableBufferPointer { margins in
            table.forEachTarget { target, cells in
                var (own, ownSum) = (0.0, 0.0)
                for cell in cells {
                    own += cell.count
                    ownSum += cell.sum
                    margins[cell.rater].count += cell.count
                    margins[cell.rater].sum += cell.sum
                    sets.join(target, targets + cell.rater)
                }
                guard own > 0 else { return }
                let mean = ownSum / own
                (targetCounts[target], means[target]) = (own, mean)
                count += own
                sum += ownSum
                for cell in cells {
                    margins[cell.rater].shared += cell.count * cell.count / own
                    margins[cell.rater].expected += cell.count * mean
                }
            }
        }
        var numbers: [Int: Int] = [:]
        var partOfTarget: [Int?] = []
        for target in 0..<targets {
            let root = sets.root(of: target)
            partOfTarget.append(targetCounts[target] > 0 ? numbers[root, default: numbers.count] : nil)
            if targetCounts[target] > 0, numbers[root] == nil { numbers[root] = numbers.count }
        }
        // A rater without a value belongs to no part; it is in no cell, so any number will do.
        partOfRater = (0..<raters).map { numbers[sets.root(of: targets + $0)] ?? 0 }
        self.partOfTarget = partOfTarget
        parts = numbers.count
        self.table = table
        self.targets = targets
        self.raters = raters
        (self.targetCounts, self.means) = (targetCounts, means)
        raterCounts = margins.map(\.count)
        raterSums = margins.map(\.sum)
        ownCounts = margins.map { $0.count - $0.shared }
        deviations = margins.map { $0.sum - $0.expected }
        self.count = count
        mean = sum / count
    }

    /// The raters' effects b with the targets' means fixed: (D + λ − Nᵀ T⁻¹ N) b = Nᵀ-residuals, by conjugate gradients.
    ///
    /// Given b, each target's best value is a mean, so targets are eliminated exactly. Gauss–Seidel sweeps over raters and targets solve the same equations,
    /// but creep where parts of the design hang together by few raters; conjugate gradients do not. With λ = 0 the equations fix b up to a constant per part,
    /// and the answer starts from 0, so it has none.
    /// - Parameters:
    ///   - ridge: λ = noise / rater variance, ≥ 0.
    ///   - start: Where the search begins: 0 where not given.
    ///   - tolerance: The largest residual at which it ends, as a share of that of no effects at all.
    func raterEffects(ridge: Double, from start: [Double]? = nil, tolerance: Double = 1e-11) throws(StatisticsError) -> [Double] {
        var effects = start ?? [Double](repeating: 0, count: raters)
        var diagonal = zip(ownCounts, raterCounts).map { $1 > 0 ? $0 + ridge : 1 }
        for rater in 0..<raters where diagonal[rater] <= 1e-12 * raterCounts[rater] { diagonal[rater] = max(raterCounts[rater], 1) }
        let scale = deviations.reduce(0) { max($0, $1.magnitude) } + 1e-12 * count * mean.magnitude
        var residual = deviations
        if start != nil {
            let image = image(of: effects, ridge: ridge)
            for rater in 0..<raters { residual[rater] -= image[rater] }
        }
        var direction = zip(residual, diagonal).map { $0 / $1 }
        var energy = zip(residual, direction).reduce(0) { $0 + $1.0 * $1.1 }
        for _ in 0..<(10 * raters + 100) {
            let largest = residual.reduce(0) { max($0, $1.magnitude) }
            if largest <= tolerance * scale { return effects }
            let image = image(of: direction, ridge: ridge)
            let bend = zip(direction, image).reduce(0) { $0 + $1.0 * $1.1 }
            guard bend > 0 else { return effects }
            let length = energy / bend
            for rater in 0..<raters {
                effects[rater] += length * direction[rater]
                residual[rater] -= length * image[rater]
            }
            let preconditioned = zip(residual, diagonal).map { $0 / $1 }
            let next = zip(residual, preconditioned).reduce(0) { $0 + $1.0 * $1.1 }
            for rater in 0..<raters { direction[rater] = preconditioned[rater] + next / energy * direction[rater] }
            energy = next
        }
        throw .notConverged(iterations: 10 * raters + 100, lastStep: residual.reduce(0) { max($0, $1.magnitude) } / scale)
    }

    /// (D + λ − Nᵀ T⁻¹ N) of effects.
    private func image(of effects: [Double], ridge: Double) -> [Double] {
        var image = zip(effects, raterCounts).map { $0 * ($1 + ridge) }
        table.subtractTargetMeans(of: effects, from: &image)
        return image
    }

    /// Per target, the mean of its values less their raters' effects; `nil` for one without values.
    func targetMeans(adjustedBy effects: [Double]) -> [Double?] {
        var sums = [Double](repeating: 0, count: targets)
        table.forEachCell { target, rater, count, sum in sums[target] += sum - count * effects[rater] }
        return zip(sums, targetCounts).map { $1 > 0 ? $0 / $1 : nil }
    }
}

/// Sums over the cells of a rater.
private struct Margin {
    var count = 0.0
    var sum = 0.0
    /// Σ n_tr²/n_t.
    var shared = 0.0
    /// Σ n_tr times the mean of the target.
    var expected = 0.0
}

/// Sets that are joined pair by pair.
private struct DisjointSets {
    private var parent: [Int]

    init(_ count: Int) {
        parent = Array(0..<count)
    }

    mutating func root(of member: Int) -> Int {
        var member = member
        while parent[member] != member {
            parent[member] = parent[parent[member]]
            member = parent[member]
        }
        return member
    }

    mutating func join(_ left: Int, _ right: Int) {
        // Nearly all that meet are in one set already.
        if parent[left] == parent[right] { return }
        let (left, right) = (root(of: left), root(of: right))
        parent[max(left, right)] = min(left, right)
    }
}
