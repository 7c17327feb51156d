/// Steps to the fixed point of x → g(x) where the Jacobian of g(x) − x is about known beforehand, by Broyden's method.
///
/// Each step shows how far the Jacobian was off in the direction it went, and is learnt from. A good guess so ends after a handful of steps, however slowly the
/// plain sequence x, g(x), g(g(x)) creeps.
/// - Source: Broyden 1965, Mathematics of Computation 19:577, method 1, kept as an inverse by the formula of Sherman & Morrison.
struct SecantSteps: Sendable {
    private let size: Int
    /// About the inverse of the Jacobian of g(x) − x, row by row.
    private var inverse: [Double]
    private var last: (point: [Double], residual: [Double])?

    /// - Parameter columns: Of the Jacobian of g(x) − x: how much it changes for each unit of one coordinate.
    /// - Throws: `StatisticsError.notPositiveDefinite` where they are not independent.
    init(columns: [[Double]]) throws(StatisticsError) {
        size = columns.count
        var normal = SquareMatrix(identity: size)
        for row in 0..<size {
            for column in 0..<size { normal[row, column] = SecantSteps.product(columns[row], columns[column]) }
        }
        let weights = try normal.inverseOfPositiveDefinite()
        inverse = [Double](repeating: 0, count: size * size)
        for row in 0..<size {
            for column in 0..<size {
                for index in 0..<size { inverse[row * size + index] += weights[row, column] * columns[column][index] }
            }
        }
    }

    /// The point to go on from, given that a plain step leads from `point` to `image`.
    mutating func next(from point: [Double], to image: [Double]) -> [Double] {
        let residual = zip(image, point).map { $0 - $1 }
        if let last { learn(moved: zip(point, last.point).map { $0 - $1 }, changed: zip(residual, last.residual).map { $0 - $1 }) }
        last = (point, residual)
        return zip(point, applied(to: residual)).map { $0 - $1 }
    }

    /// Makes the inverse lead from what the residual changed to the step that changed it.
    private mutating func learn(moved: [Double], changed: [Double]) {
        let expected = applied(to: changed)
        let agreement = SecantSteps.product(moved, expected)
        // A step that is all but unlike what was expected would make the inverse singular.
        guard agreement.magnitude > 0.1 * SecantSteps.product(moved, moved) else { return }
        var row = [Double](repeating: 0, count: size)
        for index in 0..<size {
            for column in 0..<size { row[column] += moved[index] * inverse[index * size + column] }
        }
        for index in 0..<size {
            let share = (moved[index] - expected[index]) / agreement
            for column in 0..<size { inverse[index * size + column] += share * row[column] }
        }
    }

    private func applied(to vector: [Double]) -> [Double] {
        (0..<size).map { row in (0..<size).reduce(0) { $0 + inverse[row * size + $1] * vector[$1] } }
    }

    private static func product(_ left: [Double], _ right: [Double]) -> Double { zip(left, right).reduce(0) { $0 + $1.0 * $1.1 } }
}
