/// The likelihood terms of many units on the same K measurements, unit by unit.
public struct UnitTerms: Sendable {
    /// K, 1 to 16 ordinarily.
    public let dimension: Int
    /// count × K, unit by unit.
    private(set) var terms: [LikelihoodTerm] = []

    /// No units yet.
    public init(dimension: Int) {
        self.dimension = dimension
    }

    /// Units so far.
    public var count: Int {
        dimension > 0 ? terms.count / dimension : 0
    }

    /// Adds a unit.
    ///
    /// - Parameter unit: K terms, `missing` where there is no observation: it adds nothing, and is not zero.
    /// - Throws: `StatisticsError.unequalCounts`.
    public mutating func append(_ unit: [LikelihoodTerm]) throws(StatisticsError) {
        guard unit.count == dimension else { throw .unequalCounts(parameter: "unit", expected: dimension, found: unit.count) }
        terms.append(contentsOf: unit)
    }

    /// Makes room for so many units in all.
    public mutating func reserveCapacity(_ units: Int) {
        terms.reserveCapacity(units * dimension)
    }
}

/// The posteriors of many units' standings θ (K each), as normal distributions.
public struct JointPosteriors: Sendable {
    /// K.
    public let dimension: Int
    /// Units.
    public let count: Int
    private let means: [Double]
    /// The lower halves, row by row, unit by unit.
    private let covariances: [Double]

    private var halfSize: Int { dimension * (dimension + 1) / 2 }

    /// The posterior of every unit by Laplace's approximation: θ ~ N(0, R), each term adds its likelihood. The covariance is the inverse of the negative Hessian
    /// at the mode; the mean is the mode moved by the next term of the expansion, for posteriors of counts and shares are skewed and their modes lie off their
    /// means, all to the same side. Tail probabilities taken at the mode break a promised rate even where every parameter is known.
    ///
    /// A unit without any term keeps the prior: mean 0, covariance R. The answer does not depend on the number of threads.
    /// - Parameters:
    ///   - units: N × K terms.
    ///   - correlation: R, K × K, symmetric with unit diagonal, positive definite.
    ///   - threads: At least 1.
    /// - Throws: `StatisticsError.unequalCounts`, `notPositiveDefinite` for R, `notConverged` with the last step's length in standard deviations.
    /// - Source: Rue, Martino & Chopin 2009, JRSS B 71:319, section 2.2; the mean as Tierney & Kadane 1986, JASA 81:82.
    public init(_ units: UnitTerms, correlation: SquareMatrix, threads: Int = 1) throws(StatisticsError) {
        let dimension = units.dimension
        guard correlation.size == dimension else {
            throw .unequalCounts(parameter: "correlation", expected: dimension, found: correlation.size)
        }
        let precision = try correlation.inverseOfPositiveDefinite().elements
        let blocks = Blocks.map(units.count, threads: threads) { range in
            Result { () throws(StatisticsError) in try Self.block(units, range, precision: precision) }
        }
        var means: [Double] = []
        var covariances: [Double] = []
        means.reserveCapacity(units.count * dimension)
        covariances.reserveCapacity(units.count * dimension * (dimension + 1) / 2)
        for block in blocks {
            let (blockMeans, blockCovariances) = try block.get()
            means.append(contentsOf: blockMeans)
            covariances.append(contentsOf: blockCovariances)
        }
        self.dimension = dimension
        count = units.count
        self.means = means
        self.covariances = covariances
    }

    private static func block(
        _ units: UnitTerms, _ range: Range<Int>, precision: [Double]
    ) throws(StatisticsError) -> ([Double], [Double]) {
        let dimension = units.dimension
        let workspace = PosteriorWorkspace(precision: precision, dimension: dimension)
        var means: [Double] = []
        var covariances: [Double] = []
        means.reserveCapacity(range.count * dimension)
        covariances.reserveCapacity(range.count * dimension * (dimension + 1) / 2)
        try LaneTerms(units, places: range).withPointers { (terms) throws(StatisticsError) in
            for (four, first) in stride(from: range.lowerBound, to: range.upperBound, by: Lanes.scalarCount).enumerated() {
                workspace.mode.update(repeating: Lanes(), count: dimension)
                try workspace.solve(terms[four], tolerance: 1e-8)
                workspace.moveToMean()
                for lane in 0..<min(Lanes.scalarCount, range.upperBound - first) {
                    for row in 0..<dimension {
                        means.append(workspace.mean[row][lane])
                        for column in 0...row { covariances.append(workspace.covariance[row * dimension + column][lane]) }
                    }
                }
            }
        }
        return (means, covariances)
    }

    /// The mean standings of a unit, K, in standard deviations among peers; higher is better.
    public func mean(of unit: Int) -> ArraySlice<Double> {
        means[unit * dimension..<(unit + 1) * dimension]
    }

    /// The covariance of a unit's standings at a row and a column.
    public func covariance(of unit: Int, _ row: Int, _ column: Int) -> Double {
        let (larger, smaller) = (max(row, column), min(row, column))
        return covariances[unit * halfSize + larger * (larger + 1) / 2 + smaller]
    }

    /// The posterior of one standing.
    public func marginal(of unit: Int, _ index: Int) -> NormalDistribution {
        NormalDistribution(mean: means[unit * dimension + index], variance: covariance(of: unit, index, index))
    }

    /// The posterior of the composite wᵀθ.
    ///
    /// - Precondition: K weights.
    public func composite(of unit: Int, weights: [Double]) -> NormalDistribution {
        precondition(weights.count == dimension, "as many weights as measurements")
        var (mean, variance) = (0.0, 0.0)
        var place = unit * halfSize
        for row in 0..<dimension {
            mean += weights[row] * means[unit * dimension + row]
            for column in 0...row {
                variance += (row == column ? 1 : 2) * weights[row] * weights[column] * covariances[place]
                place += 1
            }
        }
        return NormalDistribution(mean: mean, variance: max(0, variance))
    }
}

/// The composite below which the lowest `share` of the population lies: c = Φ⁻¹(share) · √(wᵀ R w).
///
/// - Throws: `StatisticsError.outsideDomain` for a share outside (0, 1), `unequalCounts` where the weights are not K.
public func compositeLine(share: Double, weights: [Double], correlation: SquareMatrix) throws(StatisticsError) -> Double {
    guard let z = normalQuantile(share) else { throw .outsideDomain(parameter: "share", value: share) }
    guard weights.count == correlation.size else {
        throw .unequalCounts(parameter: "weights", expected: correlation.size, found: weights.count)
    }
    return z * max(0, correlation.quadraticForm(weights)).squareRoot()
}
