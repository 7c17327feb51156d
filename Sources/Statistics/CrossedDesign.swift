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

    var mean: Double { sum / count }
}

/// Who rated whom: the sparse cells of a design of targets and raters, and its margins.
struct CrossedDesign {
    let targets: Int
    let raters: Int
    /// Ascending by target and rater, so that no order of the input changes a sum; one per target and rater that met.
    let cells: [RatingCell]
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
    /// Σ (value − its cell's mean)².
    let within: Double

    init(_ given: [RatingCell], targets: Int, raters: Int) throws(StatisticsError) {
        // Millions of cells that come in order, each pair once, are used as they stand and not copied.
        let isAscending = !zip(given, given.dropFirst()).contains { Self.precedes($1, $0) }
        let ordered = isAscending ? given : given.sorted(by: Self.precedes)
        for cell in ordered {
            guard (0..<targets).contains(cell.target) else { throw .outsideDomain(parameter: "target", value: Double(cell.target)) }
            guard (0..<raters).contains(cell.rater) else { throw .outsideDomain(parameter: "rater", value: Double(cell.rater)) }
            guard cell.count > 0, cell.count.isFinite else { throw .outsideDomain(parameter: "count", value: cell.count) }
            guard cell.sum.isFinite else { throw .outsideDomain(parameter: "sum", value: cell.sum) }
            guard cell.sumOfSquares >= 0, cell.sumOfSquares.isFinite else {
                throw .outsideDomain(parameter: "sumOfSquares", value: cell.sumOfSquares)
            }
        }
        let merged = Self.merged(ordered)
        guard !merged.isEmpty else { throw .degenerate(.noObservations) }
        var targetCounts = [Double](repeating: 0, count: targets)
        var raterCounts = [Double](repeating: 0, count: raters)
        var (count, sum, within) = (0.0, 0.0, 0.0)
        var sets = DisjointSets(targets + raters)
        for cell in merged {
            targetCounts[cell.target] += cell.count
            raterCounts[cell.rater] += cell.count
            count += cell.count
            sum += cell.sum
            within += max(0, cell.sumOfSquares - cell.sum * cell.mean)
            sets.join(cell.target, targets + cell.rater)
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
        cells = merged
        self.targets = targets
        self.raters = raters
        self.targetCounts = targetCounts
        self.raterCounts = raterCounts
        self.count = count
        mean = sum / count
        self.within = within
    }

    /// One cell for each target and rater, of cells in order.
    private static func merged(_ ordered: [RatingCell]) -> [RatingCell] {
        guard zip(ordered, ordered.dropFirst()).contains(where: { $0.target == $1.target && $0.rater == $1.rater }) else { return ordered }
        var merged: [RatingCell] = []
        for cell in ordered {
            guard let last = merged.last, last.target == cell.target, last.rater == cell.rater else {
                merged.append(cell)
                continue
            }
            merged[merged.count - 1] = RatingCell(
                target: cell.target, rater: cell.rater, count: last.count + cell.count, sum: last.sum + cell.sum,
                sumOfSquares: last.sumOfSquares + cell.sumOfSquares)
        }
        return merged
    }

    private static func precedes(_ left: RatingCell, _ right: RatingCell) -> Bool {
        if left.target != right.target { return left.target < right.target }
        if left.rater != right.rater { return left.rater < right.rater }
        if left.count != right.count { return left.count < right.count }
        return left.sum != right.sum ? left.sum < right.sum : left.sumOfSquares < right.sumOfSquares
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
        for cell in cells { diagonal[cell.rater] -= cell.count * cell.count / targetCounts[cell.target] }
        for rater in 0..<raters where diagonal[rater] <= 1e-12 * raterCounts[rater] { diagonal[rater] = max(raterCounts[rater], 1) }
        let means = targetMeans(adjustedBy: effects)
        var residual = [Double](repeating: 0, count: raters)
        for cell in cells { residual[cell.rater] += cell.sum - cell.count * (means[cell.target] ?? 0) }
        let scale = residual.reduce(0) { max($0, $1.magnitude) } + 1e-12 * count * mean.magnitude
        var direction = zip(residual, diagonal).map { $0 / $1 }
        var energy = zip(residual, direction).reduce(0) { $0 + $1.0 * $1.1 }
        let rows = DesignRows(cells)
        for _ in 0..<(10 * raters + 100) {
            let largest = residual.reduce(0) { max($0, $1.magnitude) }
            if largest <= 1e-11 * scale { return effects }
            var image = zip(direction, raterCounts).map { $0 * ($1 + ridge) }
            rows.subtractTargetMeans(of: direction, from: &image)
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
        for cell in cells { sums[cell.target] += cell.sum - cell.count * effects[cell.rater] }
        return zip(sums, targetCounts).map { $1 > 0 ? $0 / $1 : nil }
    }
}

/// The cells target by target, in as little memory as multiplying with them needs: of millions of cells it is memory that takes the time.
private struct DesignRows {
    private let raters: [Int32]
    private let counts: [Double]
    /// Where the cells of each target end; they start where those of the one before end.
    private var ends: [Int] = []

    /// - Parameter cells: By target.
    init(_ cells: [RatingCell]) {
        raters = cells.map { Int32(truncatingIfNeeded: $0.rater) }
        counts = cells.map(\.count)
        for place in cells.indices where place + 1 == cells.count || cells[place + 1].target != cells[place].target { ends.append(place + 1) }
    }

    /// image −= N T⁻¹ Nᵀ direction: of each target the mean of its raters' values, taken from each of them as often as it gave one.
    func subtractTargetMeans(of direction: [Double], from image: inout [Double]) {
        raters.withUnsafeBufferPointer { raters in
            counts.withUnsafeBufferPointer { counts in
                image.withUnsafeMutableBufferPointer { image in
                    direction.withUnsafeBufferPointer { direction in
                        var start = 0
                        for end in ends {
                            var (sum, count) = (0.0, 0.0)
                            for place in start..<end {
                                sum += counts[place] * direction[Int(raters[place])]
                                count += counts[place]
                            }
                            for place in start..<end { image[Int(raters[place])] -= counts[place] * (sum / count) }
                            start = end
                        }
                    }
                }
            }
        }
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
