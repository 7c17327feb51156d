/// Where the steps of a slow fixed-point iteration x → g(x) are heading, by Anderson's acceleration.
///
/// The last steps show how g(x) − x changes with x; the next point is the one where, by them, it would vanish. A sequence that creeps along a few directions, as
/// EM does where little is known, so ends after a few dozen steps instead of hundreds.
/// - Source: Walker & Ni 2011, SIAM Journal on Numerical Analysis 49:1715, algorithm AA; for EM: Henderson & Varadhan 2019, Journal of Computational and
///   Graphical Statistics 28:834.
struct AcceleratedSteps {
    /// Steps that are remembered.
    private let depth: Int
    /// From one point to the next: how g(x) and g(x) − x changed, the oldest first.
    private var changes: [(image: [Double], residual: [Double])] = []
    private var last: (image: [Double], residual: [Double])?

    /// Remembers up to `depth` steps, at least 1.
    init(depth: Int) {
        self.depth = depth
    }

    /// Forgets all steps.
    mutating func restart() {
        changes = []
        last = nil
    }

    /// The point to go on from, given that a plain step leads from `point` to `image`; `image` itself where nothing is remembered.
    mutating func next(from point: [Double], to image: [Double]) -> [Double] {
        let residual = zip(image, point).map { $0 - $1 }
        if let last {
            if changes.count == depth { changes.removeFirst() }
            changes.append((zip(image, last.image).map { $0 - $1 }, zip(residual, last.residual).map { $0 - $1 }))
        }
        last = (image, residual)
        // A change of nothing shows nothing.
        changes.removeAll { change in !(change.residual.contains { $0 != 0 }) }
        guard let shares = combination(for: residual) else { return image }
        var target = image
        for (share, change) in zip(shares, changes) {
            for index in target.indices { target[index] -= share * change.image[index] }
        }
        return target
    }

    /// The γ that minimises ‖f − ΔF γ‖ over the remembered changes ΔF; `nil` where there are none, or they tell nothing apart.
    private func combination(for residual: [Double]) -> [Double]? {
        let count = changes.count
        guard count > 0 else { return nil }
        // Columns are brought to length 1: the first changes are thousands of times as long as the last.
        let lengths = changes.map { change in change.residual.reduce(0) { $0 + $1 * $1 }.squareRoot() }
        var normal = [Double](repeating: 0, count: count * count)
        var solution = [Double](repeating: 0, count: count)
        for row in 0..<count {
            for column in 0...row {
                normal[row * count + column] = product(changes[row].residual, changes[column].residual) / (lengths[row] * lengths[column])
            }
            // Enough to tell columns apart that say nearly the same, and to move nothing else.
            normal[row * count + row] += 1e-10
            solution[row] = product(changes[row].residual, residual) / lengths[row]
        }
        let isSolved = normal.withUnsafeMutableBufferPointer { normal in
            solution.withUnsafeMutableBufferPointer { solution -> Bool in
                guard let normal = normal.baseAddress, let solution = solution.baseAddress, Cholesky.factorise(normal, size: count) == nil else { return false }
                Cholesky.solve(normal, solution, size: count)
                return true
            }
        }
        guard isSolved, solution.allSatisfy(\.isFinite) else { return nil }
        return zip(solution, lengths).map { $0 / $1 }
    }

    private func product(_ left: [Double], _ right: [Double]) -> Double { zip(left, right).reduce(0) { $0 + $1.0 * $1.1 } }
}
