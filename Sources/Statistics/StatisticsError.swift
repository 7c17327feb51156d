/// Why a calculation has no answer.
public enum StatisticsError: Error, Hashable, Sendable {
    /// An argument lies outside its domain, or is not a number.
    case outsideDomain(parameter: String, value: Double)
    /// Two arguments that belong together differ in their number of elements.
    case unequalCounts(parameter: String, expected: Int, found: Int)
    /// The iteration ended without meeting its criterion; `lastStep` is the length of its last step, in the unit of what was sought.
    case notConverged(iterations: Int, lastStep: Double)
    /// The matrix has no Cholesky factor: the pivot of this row (counted from 0) is not positive.
    case notPositiveDefinite(row: Int)
    /// The units fall into parts that share no rater, so nothing compares one part with another.
    case disconnected(parts: Int)
    /// The observations cannot tell the effects apart.
    case degenerate(Degeneracy)

    /// In what way observations are too poor for a design.
    public enum Degeneracy: String, Hashable, Sendable {
        /// No observation at all.
        case noObservations
        /// A single rater: his severity cannot be told from the level of all.
        case oneRater
        /// A single target: his level cannot be told from the level of all.
        case oneTarget
        /// As many effects as observations: nothing is left to measure noise with.
        case noReplication
        /// Raters and targets coincide: whatever one explains, the other does too.
        case confounded
        /// No observation differs from another.
        case noVariance
    }
}
