/// The way to the R that one more step of EM leaves as it is.
struct CorrelationSearch {
    var step: CorrelationStep
    let tolerance: Double
    let threads: Int
    var iterations = 0
    /// The largest change of an element that the last step made.
    var residual = Double.infinity
    /// What the step led to that changed least.
    private var best: (residual: Double, image: SquareMatrix)

    init(step: CorrelationStep, tolerance: Double, threads: Int) {
        (self.step, self.tolerance, self.threads) = (step, tolerance, threads)
        best = (.infinity, SquareMatrix(identity: step.dimension))
    }

    /// One step of EM.
    private mutating func image(of current: SquareMatrix) throws(StatisticsError) -> SquareMatrix {
        let image = try step.next(current, threads: threads)
        count(image, from: current)
        return image
    }

    private mutating func count(_ image: SquareMatrix, from current: SquareMatrix) {
        iterations += 1
        residual = image.largestDifference(to: current)
    }

    /// Newton's method, with how EM answers to R first as the model expects it, then as it was seen, then learnt from the steps; `nil`, and everything
    /// forgotten, where it does not end within so many steps, or keeps running into the edge of what is positive definite.
    ///
    /// - Source: Broyden's steps on the step of EM, from a Jacobian that is known beforehand: Jamshidian & Jennrich 1997, JRSS B 59:569, algorithm QN1.
    mutating func differentiate(atMost limit: Int) throws(StatisticsError) -> SquareMatrix? {
        var current = best.image
        var steps: SecantSteps?
        // How often R was looked at closely, how many steps ago, and how often a step had to be cut.
        var (looks, age, cuts) = (0, 0, 0)
        while iterations < limit, cuts <= Self.cutsAtMost {
            let isFresh = steps == nil
            let image: SquareMatrix
            if isFresh {
                let answer = try step.next(current, response: looks < Self.expectedLooks ? .expected : .observed, threads: threads)
                count(answer.image, from: current)
                image = answer.image
                steps = try? SecantSteps(columns: damped(answer.changes))
                (looks, age) = (looks + 1, 0)
            } else {
                image = try self.image(of: current)
                age += 1
            }
            // EM moves by much less than what it is off: the last steps, which gain a digit each, are worth their while.
            if residual <= 0.1 * tolerance { return image }
            if best.residual <= tolerance, residual >= best.residual { break }
            // How EM answers is looked at again, where it was nearest.
            if !isFresh, residual > 10 * best.residual || age > Self.oldest {
                if residual < best.residual { best = (residual, image) }
                (current, steps) = (best.image, nil)
                continue
            }
            if residual < best.residual { best = (residual, image) }
            guard let target = steps?.next(from: current.correlations, to: image.correlations),
                let (inside, share) = image.nearestPositiveDefinite(to: target, reach: Self.reach)
            else {
                (current, steps) = (image, nil)
                cuts += 1
                continue
            }
            if share < 1 { cuts += 1 }
            current = inside
            if looks <= Self.expectedLooks { steps = nil }
        }
        if best.residual <= tolerance {
            residual = best.residual
            return best.image
        }
        best = (.infinity, SquareMatrix(identity: step.dimension))
        return nil
    }

    /// The first guesses are far off, and what follows from them is soon out of date.
    private static let expectedLooks = 2
    /// Steps on one look at how EM answers.
    private static let oldest = 12
    private static let cutsAtMost = 8
    /// A step is cut where one so many times as long would leave what is positive definite: near the edge EM hardly moves, and shows nothing.
    private static let reach = 1.5

    /// Makes the steps shorter the less is known of their direction, by the more the farther it is to go.
    ///
    /// - Source: Levenberg's and Marquardt's damping, in proportion to the residual as in Fan & Yuan 2005, Computing 74:23.
    private func damped(_ changes: [[Double]]) -> [[Double]] {
        var changes = changes
        for index in changes.indices { changes[index][index] -= max(0.03 * residual, 1e-9) }
        return changes
    }

    /// Anderson's acceleration; `nil` where it does not end within so many steps.
    mutating func rememberSteps(atMost limit: Int) throws(StatisticsError) -> SquareMatrix? {
        var steps = AcceleratedSteps(depth: 20)
        var current = best.image
        var isPlain = true
        while iterations < limit {
            let image = try image(of: current)
            if residual <= tolerance { return image }
            if !isPlain, residual > 4 * best.residual {
                // The accelerated step led away: back to the best point, and on from there as if it were the first.
                steps.restart()
                (current, isPlain) = (best.image, true)
                continue
            }
            if residual < best.residual { best = (residual, image) }
            let target = steps.next(from: current.correlations, to: image.correlations)
            if let (inside, _) = image.nearestPositiveDefinite(to: target) {
                (current, isPlain) = (inside, inside == image)
            } else {
                steps.restart()
                (current, isPlain) = (image, true)
            }
        }
        return nil
    }

    /// SQUAREM from the best point on; `nil` where it does not end within so many steps in all.
    mutating func lengthenSteps(atMost limit: Int) throws(StatisticsError) -> SquareMatrix? {
        var current = best.image
        var best = Double.infinity
        while iterations < limit {
            let first = try image(of: current)
            if residual <= tolerance { return first }
            let change = residual
            let second = try image(of: first)
            if residual <= tolerance { return second }
            // A lengthened step that led away is followed by a plain one.
            current = change > 4 * best ? second : current.extrapolated(first, second)
            best = min(best, change)
        }
        return nil
    }
}

extension SquareMatrix {
    func largestDifference(to other: SquareMatrix) -> Double {
        zip(elements, other.elements).reduce(0) { max($0, ($1.0 - $1.1).magnitude) }
    }

    /// Where the sequence self, first, second of EM steps is heading: r − 2αΔ + α²Δ², with the α nearest to −1 taken until the matrix is positive definite.
    fileprivate func extrapolated(_ first: SquareMatrix, _ second: SquareMatrix) -> SquareMatrix {
        var (change, bend) = (0.0, 0.0)
        for ((r0, r1), r2) in zip(zip(elements, first.elements), second.elements) {
            change += (r1 - r0) * (r1 - r0)
            bend += (r2 - 2 * r1 + r0) * (r2 - 2 * r1 + r0)
        }
        guard bend > 0 else { return second }
        var alpha = -(change / bend).squareRoot()
        while alpha < -1.01 {
            var result = second
            for row in 0..<size {
                for column in 0..<size where row != column {
                    let (r0, r1, r2) = (self[row, column], first[row, column], second[row, column])
                    result[row, column] = r0 - 2 * alpha * (r1 - r0) + alpha * alpha * (r2 - 2 * r1 + r0)
                }
            }
            if result.isPositiveDefinite { return result }
            alpha = (alpha - 1) / 2
        }
        return second
    }

    /// The elements under the diagonal, row by row.
    var correlations: [Double] { (0..<size).flatMap { row in (0..<row).map { self[row, $0] } } }

    /// The matrix on the way from this one to `target`, the elements under the diagonal, that is positive definite after at most five halvings, and what share of
    /// the way that is; `nil` for none.
    ///
    /// - Parameter reach: ≥ 1. So many times as far it must still be positive definite.
    fileprivate func nearestPositiveDefinite(to target: [Double], reach: Double = 1) -> (SquareMatrix, share: Double)? {
        var share = 1.0
        for _ in 0..<6 {
            let result = moved(towards: target, by: share)
            if result.isPositiveDefinite, reach == 1 || moved(towards: target, by: reach * share).isPositiveDefinite { return (result, share) }
            share /= 2
        }
        return nil
    }

    private func moved(towards target: [Double], by share: Double) -> SquareMatrix {
        var result = self
        var index = 0
        for row in 0..<size {
            for column in 0..<row {
                let value = self[row, column] + share * (target[index] - self[row, column])
                (result[row, column], result[column, row]) = (value, value)
                index += 1
            }
        }
        return result
    }
}
