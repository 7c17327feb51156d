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
/// EM is slow where much is missing or noisy, and stopping it early moves every line that is drawn from R. So its fixed point is sought by Newton's method,
/// for a unit's posterior also shows how the next step answers to R; and the search ends only when one step of plain EM would change no element of R by more
/// than `tolerance`. It aims at a tenth of that, because an element of which little is known may be off by a hundred times what a step changes it. The answer
/// does not depend on the number of threads.
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
/// - Source: Dempster, Laird & Rubin 1977; Newton's steps: Jamshidian & Jennrich 1997, JRSS B 59:569, with `MomentSums` and `SecantSteps`; where they lead
///   nowhere, accelerated steps: see `AcceleratedSteps`; lengthened steps: Varadhan & Roland 2008, Scandinavian Journal of Statistics 35:335, scheme S3.
public func estimateCorrelation(
    _ units: UnitTerms, tolerance: Double = 1e-6, maximumIterations: Int = 1000, independentUnits: Double = 0, threads: Int = 1
) throws(StatisticsError) -> CorrelationEstimate {
    let dimension = units.dimension
    guard independentUnits >= 0, independentUnits.isFinite else { throw .outsideDomain(parameter: "independentUnits", value: independentUnits) }
    let step = CorrelationStep(units, independentUnits: independentUnits)
    guard dimension > 1, step.units > 0 else {
        return CorrelationEstimate(
            correlation: SquareMatrix(identity: dimension), units: step.units, iterations: 0, residual: 0)
    }
    var search = CorrelationSearch(step: step, tolerance: tolerance, threads: threads)
    var found = try search.differentiate(atMost: min(60, maximumIterations / 3))
    if found == nil { found = try search.rememberSteps(atMost: max(search.iterations, maximumIterations / 3)) }
    // Where the remembered steps lead astray, at the edge of what is positive definite, shorter memories do better.
    if found == nil { found = try search.lengthenSteps(atMost: maximumIterations) }
    guard let found else { throw .notConverged(iterations: search.iterations, lastStep: search.residual) }
    return CorrelationEstimate(
        correlation: found, units: search.step.units, iterations: search.iterations, residual: search.residual)
}
