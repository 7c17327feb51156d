/// The correlation of the standings on K measurements, common to all units.
public struct CorrelationEstimate: Sendable {
    /// R: K × K, symmetric, unit diagonal, positive definite.
    public let correlation: SquareMatrix
    /// Units with at least one observation; the others say nothing and are left out.
    public let units: Int
    /// How often the posteriors of all units were computed.
    public let iterations: Int
    /// The largest change of an element that one more step of EM would make.
    public let residual: Double
}

/// Estimates R by EM over all units to convergence: S = mean(m mᵀ + V) over the units' posteriors, with m and V as
/// `JointPosteriors` has them, scaled to unit diagonal, is the next R.
///
/// EM is slow where much is missing or noisy, and stopping it early moves every line that is drawn from R. So its steps are accelerated, and it ends
/// only when one step of plain EM would change no element of R by more than `tolerance`. Where units are many, a sample of them shows where to begin. The
/// answer does not depend on the number of threads.
///
/// A measurement that nobody has, or whose spread is 0 everywhere, keeps correlation 0 with all others; no units at all give the identity.
/// - Parameters:
///   - units: N × K terms.
///   - tolerance: On elements of R.
///   - maximumIterations: Computations of all posteriors.
///   - independentUnits: ≥ 0. So many units with independent standings are counted beside the real ones. With few units or much noise the likelihood may
///     have its maximum at correlations of ±1, which no steps of EM reach and nobody should believe; a few such units keep R inside. 0: plain likelihood.
///   - threads: At least 1.
/// - Throws: `StatisticsError.notConverged` with the last residual, `notPositiveDefinite`.
/// - Source: Dempster, Laird & Rubin 1977; accelerated steps: see `SecantSteps` and `AcceleratedSteps`; lengthened steps: Varadhan & Roland 2008,
///   Scandinavian Journal of Statistics 35:335, scheme S3.
public func estimateCorrelation(
    _ units: UnitTerms, tolerance: Double = 1e-6, maximumIterations: Int = 1000, independentUnits: Double = 0, threads: Int = 1
) throws(StatisticsError) -> CorrelationEstimate {
    let dimension = units.dimension
    guard independentUnits >= 0, independentUnits.isFinite else { throw .outsideDomain(parameter: "independentUnits", value: independentUnits) }
    let step = CorrelationStep(units, independentUnits: independentUnits)
    guard dimension > 1, step.informative.count > 0 else {
        return CorrelationEstimate(
            correlation: SquareMatrix(identity: dimension), units: step.informative.count, iterations: 0, residual: 0)
    }
    var search = CorrelationSearch(step: step, tolerance: tolerance, threads: threads)
    var found: SquareMatrix?
    // One sample in several misleads; another, larger one mostly does not.
    for sampled in [2048, 4096] where found == nil {
        guard let start = CorrelationStart(search.step, sampled: sampled, threads: threads) else { break }
        found = try search.follow(start, atMost: min(search.iterations + 30, maximumIterations))
    }
    if found == nil { found = try search.rememberSteps(atMost: max(search.iterations, maximumIterations / 3)) }
    // Where the remembered steps lead astray, at the edge of what is positive definite, shorter memories do better.
    if found == nil { found = try search.lengthenSteps(atMost: maximumIterations) }
    guard let found else { throw .notConverged(iterations: search.iterations, lastStep: search.residual) }
    return CorrelationEstimate(
        correlation: found, units: search.step.informative.count, iterations: search.iterations, residual: search.residual)
}

/// One step of EM, which starts each unit's search from where the last step found it.
struct CorrelationStep {
    let units: UnitTerms
    let independentUnits: Double
    /// Places of the units that have an observation, or of a sample of them.
    let informative: [Int]
    /// For how many units each of them stands; empty: for itself.
    private let weights: [Double]
    /// One array of modes per block.
    private var modes: [[Double]] = []

    init(_ units: UnitTerms, independentUnits: Double) {
        let informative = (0..<units.count).filter { unit in
            (0..<units.dimension).contains { units.terms[unit * units.dimension + $0].weight > 0 }
        }
        self.init(units, places: informative, weights: [], independentUnits: independentUnits)
    }

    /// Over some of the units only, each with an observation.
    init(_ units: UnitTerms, places: [Int], weights: [Double], independentUnits: Double) {
        (self.units, informative, self.weights, self.independentUnits) = (units, places, weights, independentUnits)
    }

    mutating func next(_ correlation: SquareMatrix, threads: Int) throws(StatisticsError) -> SquareMatrix {
        let dimension = correlation.size
        let precision = try correlation.inverseOfPositiveDefinite().elements
        let (units, informative, weights, modes) = (units, informative, weights, modes)
        let blocks = Blocks.map(informative.count, threads: threads) { range in
            Self.block(
                units, informative[range], weights: weights.isEmpty ? nil : weights[range], precision: precision,
                modes: modes.isEmpty ? [] : modes[range.lowerBound / Blocks.size])
        }
        self.modes.removeAll(keepingCapacity: true)
        var sum = [Double](repeating: 0, count: dimension * dimension)
        for block in blocks {
            let (moments, modes) = try block.get()
            for index in sum.indices { sum[index] += moments[index] }
            self.modes.append(modes)
        }
        for index in 0..<dimension { sum[index * dimension + index] += independentUnits }
        var result = SquareMatrix(identity: dimension)
        for row in 0..<dimension {
            for column in 0..<row {
                let scale = (sum[row * dimension + row] * sum[column * dimension + column]).squareRoot()
                result[row, column] = sum[row * dimension + column] / scale
                result[column, row] = result[row, column]
            }
        }
        return result
    }

    /// Σ(m mᵀ + V) over a block, m being the means; and the modes, from where the next step searches.
    private static func block(
        _ units: UnitTerms, _ places: ArraySlice<Int>, weights: ArraySlice<Double>?, precision: [Double], modes: [Double]
    ) -> Result<(moments: [Double], modes: [Double]), StatisticsError> {
        let dimension = units.dimension
        let workspace = PosteriorWorkspace(dimension: dimension)
        var moments = [Double](repeating: 0, count: dimension * dimension)
        var modes = modes.isEmpty ? [Double](repeating: 0, count: places.count * dimension) : modes
        var failure: StatisticsError?
        units.terms.withUnsafeBufferPointer { terms in
            precision.withUnsafeBufferPointer { precision in
                guard let terms = terms.baseAddress, let precision = precision.baseAddress else { return }
                var offset = 0
                for (place, unit) in zip(places.indices, places) {
                    let weight = weights?[place] ?? 1
                    for index in 0..<dimension { workspace.mode[index] = modes[offset + index] }
                    do throws(StatisticsError) {
                        // A step under 1e-3 is taken and leaves an error of its square; as R settles, so do the modes, and nothing is left of it.
                        try workspace.solve(terms + unit * dimension, precision: precision, tolerance: 1e-3)
                    } catch {
                        failure = error
                        return
                    }
                    for row in 0..<dimension { modes[offset + row] = workspace.mode[row] }
                    workspace.moveToMean(terms + unit * dimension)
                    for row in 0..<dimension {
                        for column in 0...row {
                            moments[row * dimension + column] +=
                                weight * (workspace.covariance[row * dimension + column] + workspace.mode[row] * workspace.mode[column])
                        }
                    }
                    offset += dimension
                }
            }
        }
        if let failure { return .failure(failure) }
        return .success((moments, modes))
    }
}
