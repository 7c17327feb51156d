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
        var raterCounts = [Double](repeating: 0, count: raters)
        var (count, sum) = (0.0, 0.0)
        var sets = DisjointSets(targets + raters)
        table.forEachCell { target, rater, own, ownSum in
            targetCounts[target] += own
            raterCounts[rater] += own
            count += own
            sum += ownSum
            sets.join(target, targets + rater)
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
        self.targetCounts = targetCounts
        self.raterCounts = raterCounts
        self.count = count
        mean = sum / count
    }

    /// The raters' effects b with the targets' means fixed: (D + λ − Nᵀ T⁻¹ N) b = Nᵀ-residuals, by conjugate gradients.
    ///
    /// Given b, each target's best value is a mean, so targets are eliminated exactly. Gauss–Seidel sweeps over raters and targets solve the same equations,
    /// but creep where parts of the design hang together by few raters; conjugate gradients do not. With λ = 0 the equations fix b up to a constant per part,
    /// and the answer starts from 0, so it has none.
    /// - Parameter ridge: λ = noise / rater variance, ≥ 0.
    func raterEffects(ridge: Double) throws(StatisticsError) -> [Double] {
        var effects = [Double](repeating: 0, count: raters)
        var diagonal = raterCounts.map { $0 > 0 ? $0 + ridge : 1 }
        table.forEachCell { target, rater, count, _ in diagonal[rater] -= count * count / targetCounts[target] }
        for rater in 0..<raters where diagonal[rater] <= 1e-12 * raterCounts[rater] { diagonal[rater] = max(raterCounts[rater], 1) }
        let means = targetMeans(adjustedBy: effects)
        var residual = [Double](repeating: 0, count: raters)
        table.forEachCell { target, rater, count, sum in residual[rater] += sum - count * (means[target] ?? 0) }
        let scale = residual.reduce(0) { max($0, $1.magnitude) } + 1e-12 * count * mean.magnitude
        var direction = zip(residual, diagonal).map { $0 / $1 }
        var energy = zip(residual, direction).reduce(0) { $0 + $1.0 * $1.1 }
        for _ in 0..<(10 * raters + 100) {
            let largest = residual.reduce(0) { max($0, $1.magnitude) }
            if largest <= 1e-11 * scale { return effects }
            var image = zip(direction, raterCounts).map { $0 * ($1 + ridge) }
            table.subtractTargetMeans(of: direction, from: &image)
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

    /// Per target, the mean of its values less their raters' effects; `nil` for one without values.
    func targetMeans(adjustedBy effects: [Double]) -> [Double?] {
        var sums = [Double](repeating: 0, count: targets)
        table.forEachCell { target, rater, count, sum in sums[target] += sum - count * effects[rater] }
        return zip(sums, targetCounts).map { $1 > 0 ? $0 / $1 : nil }
    }
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
        let (left, right) = (root(of: left), root(of: right))
        parent[max(left, right)] = min(left, right)
    }
}
