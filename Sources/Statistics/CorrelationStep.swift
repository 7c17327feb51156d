/// One step of EM, which starts each unit's search from where the last step found it.
struct CorrelationStep {
    /// K.
    let dimension: Int
    /// Those that have an observation.
    let units: Int
    private let independentUnits: Double
    private let terms: LaneTerms
    /// One array of modes per block.
    private var modes: [[Lanes]] = []

    /// Fours in a block.
    private static let blockSize = Blocks.size / Lanes.scalarCount

    init(_ units: UnitTerms, independentUnits: Double) {
        let dimension = units.dimension
        let informative = (0..<units.count).filter { unit in
            (0..<dimension).contains { units.terms[unit * dimension + $0].weight > 0 }
        }
        (self.dimension, self.units, self.independentUnits) = (dimension, informative.count, independentUnits)
        terms = LaneTerms(units, places: informative)
    }

    /// The next R.
    mutating func next(_ correlation: SquareMatrix, threads: Int) throws(StatisticsError) -> SquareMatrix {
        try moments(correlation, response: .none, threads: threads).correlation
    }

    /// The next R, and about how the way there changes with each element of R under the diagonal: columns of elements under the diagonal.
    mutating func next(
        _ correlation: SquareMatrix, response: MomentSums.Response, threads: Int
    ) throws(StatisticsError) -> (image: SquareMatrix, changes: [[Double]]) {
        let moments = try moments(correlation, response: response, threads: threads)
        var changes = moments.response
        if response == .observed { for index in changes.indices { changes[index][index] -= 1 } }
        return (moments.correlation, changes)
    }

    private mutating func moments(_ correlation: SquareMatrix, response: MomentSums.Response, threads: Int) throws(StatisticsError) -> StandingMoments {
        let precision = try correlation.inverseOfPositiveDefinite().elements
        let (terms, count, modes) = (terms, units, modes)
        let blocks = Blocks.map(terms.count, size: Self.blockSize, threads: threads) { range in
            Result { () throws(StatisticsError) in
                try Self.block(
                    terms, range, units: count, precision: precision, modes: modes.isEmpty ? [] : modes[range.lowerBound / Self.blockSize],
                    response: response)
            }
        }
        self.modes.removeAll(keepingCapacity: true)
        var sums: [Double] = []
        for block in blocks {
            let (own, modes) = try block.get()
            if sums.isEmpty { sums = own } else { for index in sums.indices { sums[index] += own[index] } }
            self.modes.append(modes)
        }
        return StandingMoments(sums, independentUnits: independentUnits, dimension: correlation.size)
    }

    /// The sums over a block of fours; and the modes, from where the next step searches.
    ///
    /// - Parameter units: How many there are in all: what fills up the last four counts for nothing.
    private static func block(
        _ terms: LaneTerms, _ range: Range<Int>, units: Int, precision: [Double], modes: [Lanes], response: MomentSums.Response
    ) throws(StatisticsError) -> (sums: [Double], modes: [Lanes]) {
        let dimension = terms.dimension
        let workspace = PosteriorWorkspace(precision: precision, dimension: dimension)
        let sums = MomentSums(dimension: dimension, response: response)
        var modes = modes.isEmpty ? [Lanes](repeating: Lanes(), count: range.count * dimension) : modes
        try terms.withPointers { (terms) throws(StatisticsError) in
            var offset = 0
            for four in range {
                for index in 0..<dimension { workspace.mode[index] = modes[offset + index] }
                // The covariance is good to the length of the last step, and so are the derivatives that the next R is found by.
                try workspace.solve(terms[four], tolerance: 1e-6)
                for index in 0..<dimension { modes[offset + index] = workspace.mode[index] }
                offset += dimension
                workspace.moveToMean()
                var weights = Lanes(repeating: 1)
                for lane in 0..<Lanes.scalarCount where four * Lanes.scalarCount + lane >= units { weights[lane] = 0 }
                sums.add(workspace, weights: weights)
            }
        }
        return (sums.totals(), modes)
    }
}

/// Σ(m mᵀ + V) over all units, and how it answers to R.
private struct StandingMoments {
    private let dimension: Int
    private let sums: [Double]
    let correlation: SquareMatrix

    init(_ sums: [Double], independentUnits: Double, dimension: Int) {
        var sums = sums
        for row in 0..<dimension { sums[halfRow(row) + row] += independentUnits }
        var result = SquareMatrix(identity: dimension)
        for row in 0..<dimension {
            for column in 0..<row {
                let scale = (sums[halfRow(row) + row] * sums[halfRow(column) + column]).squareRoot()
                result[row, column] = sums[halfRow(row) + column] / scale
                result[column, row] = result[row, column]
            }
        }
        (self.sums, self.dimension, correlation) = (sums, dimension, result)
    }

    /// The same answers after scaling to unit diagonal.
    var response: [[Double]] {
        let half = halfRow(dimension)
        return (0..<halfRow(dimension - 1)).map { pair in
            let start = half * (pair + 1)
            return (0..<dimension).flatMap { row in
                (0..<row).map { column in
                    let (first, second) = (sums[halfRow(row) + row], sums[halfRow(column) + column])
                    return sums[start + halfRow(row) + column] / (first * second).squareRoot()
                        - 0.5 * correlation[row, column]
                        * (sums[start + halfRow(row) + row] / first + sums[start + halfRow(column) + column] / second)
                }
            }
        }
    }
}
