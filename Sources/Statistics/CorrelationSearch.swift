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
        best = (.infinity, SquareMatrix(identity: step.units.dimension))
    }

    /// What the step led to that changed least, if that was little.
    func nearest(within limit: Double) -> SquareMatrix? { best.residual <= limit ? best.image : nil }

    /// One step of EM.
    private mutating func image(of current: SquareMatrix) throws(StatisticsError) -> SquareMatrix {
        let image = try step.next(current, threads: threads)
        iterations += 1
        residual = image.largestDifference(to: current)
        return image
    }

    /// Broyden's method from where a sample of the units ended; `nil`, and everything forgotten, where it does not end within so many steps or leads astray.
    mutating func follow(_ start: CorrelationStart, atMost limit: Int) throws(StatisticsError) -> SquareMatrix? {
        var current = start.correlation
        var steps = start.steps(at: current)
        var guesses = 1
        while iterations < limit {
            let image = try image(of: current)
            if residual <= tolerance { return image }
            let isAstray = residual > 10 * best.residual
            if residual < best.residual { best = (residual, image) }
            if !isAstray, let target = steps?.next(from: current.correlations, to: image.correlations),
                let inside = image.nearestPositiveDefinite(to: target)
            {
                current = inside
                continue
            }
            // How EM answers is looked at again, where it was nearest.
            guard guesses < 3 else { break }
            guesses += 1
            current = best.image
            steps = start.steps(at: current)
        }
        best = (.infinity, SquareMatrix(identity: step.units.dimension))
        return nil
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
            if let inside = image.nearestPositiveDefinite(to: target) {
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

    /// The matrix on the way from this one to `target`, the elements under the diagonal, that is positive definite after at most five halvings; `nil` for none.
    fileprivate func nearestPositiveDefinite(to target: [Double]) -> SquareMatrix? {
        let own = correlations
        var share = 1.0
        for _ in 0..<6 {
            var result = self
            var index = 0
            for row in 0..<size {
                for column in 0..<row {
                    let value = own[index] + share * (target[index] - own[index])
                    (result[row, column], result[column, row]) = (value, value)
                    index += 1
                }
            }
            if result.isPositiveDefinite { return result }
            share /= 2
        }
        return nil
    }
}
