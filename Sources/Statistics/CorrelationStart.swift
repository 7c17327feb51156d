/// Where the search for the R of many units begins: the R of a few thousand of them, and how a step of EM answers to each element there.
///
/// A sample leaves R uncertain in the second decimal, which costs all units a handful of steps; how slowly EM creeps, and whereto, it shows nearly as well as they do.
struct CorrelationStart {
    /// By how much an element is moved to see what follows: far over what unsettled modes leave, too little to bend.
    private static let shift = 0.01

    /// The R of the sample.
    let correlation: SquareMatrix
    private let sample: CorrelationStep
    private let threads: Int

    /// `nil` where there are too few units, or their sample leads nowhere.
    ///
    /// - Parameter sampled: About so many units are taken of those that have a measurement, for each of the measurements; there must be over twice as many.
    init?(_ whole: CorrelationStep, sampled: Int, threads: Int) {
        guard whole.informative.count > 2 * sampled else { return nil }
        // As many independent units beside a few as beside all: nearer to the edge of what is positive definite a sample is no guide.
        let (places, weights) = Self.sample(sampled, of: whole)
        let step = CorrelationStep(whole.units, places: places, weights: weights, independentUnits: whole.independentUnits)
        var search = CorrelationSearch(step: step, tolerance: 1e-4, threads: threads)
        // Near is good enough: where a sample's search hovers, what follows knows better.
        guard let found = try? search.rememberSteps(atMost: 60) ?? search.nearest(within: 1e-2) else { return nil }
        (correlation, sample, self.threads) = (found, search.step, threads)
    }

    /// Every so many of the units, in an order that says nothing of the order they came in, and for how many each stands.
    ///
    /// Few units may have a measurement, and they alone tell how it goes with others; so the fewer have it, the more of them are taken.
    private static func sample(_ sampled: Int, of step: CorrelationStep) -> (places: [Int], weights: [Double]) {
        let dimension = step.units.dimension
        var (places, weights): ([Int], [Double]) = ([], [])
        step.units.terms.withUnsafeBufferPointer { terms in
            var counts = [Double](repeating: 0, count: dimension)
            for unit in step.informative {
                for index in 0..<dimension where terms[unit * dimension + index].weight > 0 { counts[index] += 1 }
            }
            let sorted = step.informative.sorted { left, right in
                for index in 0..<dimension {
                    let (first, second) = (terms[left * dimension + index], terms[right * dimension + index])
                    if first != second { return first.precedes(second) }
                }
                return false
            }
            var due = 0.5
            for unit in sorted {
                let rarest = (0..<dimension).lazy.filter { terms[unit * dimension + $0].weight > 0 }.map { counts[$0] }.min() ?? .infinity
                let rate = min(1, Double(sampled) / rarest)
                due += rate
                guard due >= 1 else { continue }
                due -= 1
                places.append(unit)
                weights.append(1 / rate)
            }
        }
        return (places, weights)
    }

    /// Steps from `centre` on that know how a step of EM over the sample, less where it began, changes there with each element under the diagonal; `nil`
    /// where an element can be moved neither way, some cannot be told apart, or the sample cannot be placed.
    func steps(at centre: SquareMatrix) -> SecantSteps? {
        var step = sample
        let shift = Self.shift
        guard let base = try? step.next(centre, threads: threads).correlations else { return nil }
        var columns: [[Double]] = []
        for row in 0..<centre.size {
            for column in 0..<row {
                // Towards 0 first, where R is rather positive definite.
                let inwards = centre[row, column] > 0 ? -shift : shift
                guard let (moved, by) = [inwards, -inwards].lazy.map({ (centre.moved(row, column, by: $0), $0) }).first(where: { $0.0.isPositiveDefinite }),
                    let image = try? step.next(moved, threads: threads).correlations
                else { return nil }
                var change = zip(image, base).map { ($0 - $1) / by }
                change[columns.count] -= 1
                columns.append(change)
            }
        }
        return try? SecantSteps(columns: columns)
    }
}

extension SquareMatrix {
    /// The symmetric matrix with one element off the diagonal, and its mirror image, moved.
    fileprivate func moved(_ row: Int, _ column: Int, by shift: Double) -> SquareMatrix {
        var result = self
        result[row, column] += shift
        result[column, row] = result[row, column]
        return result
    }
}

extension LikelihoodTerm {
    /// Some order of terms that differ.
    fileprivate func precedes(_ other: LikelihoodTerm) -> Bool {
        if location != other.location { return location < other.location }
        if slope != other.slope { return slope < other.slope }
        if value != other.value { return value < other.value }
        if size != other.size { return size < other.size }
        if weight != other.weight { return weight < other.weight }
        return family.rawValue < other.family.rawValue
    }
}
