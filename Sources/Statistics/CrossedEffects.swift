/// What varies in ratings: value = μ + target + rater + noise.
public struct CrossedVariances: Hashable, Sendable {
    /// Between targets, ≥ 0.
    public let target: Double
    /// Between raters, ≥ 0.
    public let rater: Double
    /// Of a single value, ≥ 0.
    public let noise: Double
}

/// A target's mean, freed of how severe its raters happened to be.
public struct AdjustedMean: Hashable, Sendable {
    /// On the scale of the values. Not shrunk: the target counts as fixed.
    public let mean: Double
    /// Of its sampling: of the noise, and of what is not known about its raters; 0 only where there is no noise.
    public let variance: Double
    /// Values it rests on.
    public let count: Double
}

/// Ratings freed of the severity of raters.
public struct CrossedEffects: Sendable {
    /// The variance components.
    public let variances: CrossedVariances
    /// Per target; `nil` for one without values.
    public let targets: [AdjustedMean?]
    /// Per rater, how much higher than others it rates the same targets, shrunk (BLUP); 0 for one without values, and where raters do not vary.
    public let raters: [Double]
    /// Parts of the design that share neither target nor rater.
    public let parts: Int

    /// Estimates variance components and adjusted means.
    ///
    /// Components by Henderson's method III: the two-way fit by least squares gives the reductions R(targets | raters) and R(raters | targets) and the residual,
    /// and their expectations, whose coefficients are closed sums over cells, are solved for the variances; a negative one is 0. On complete data this is the
    /// analysis of variance. The order of cells changes nothing; several cells of one target and rater count as one.
    ///
    /// The variance of an adjusted mean is noise/n + Σ (share of rater)² · noise/(n_r − Σ n_tr²/n_t + λ): the diagonal of the raters' equations stands for their
    /// inverse, which is close where raters have several targets in common. What errs alike for all targets (the mean severity) is left out, as it shifts all.
    ///
    /// - Parameters:
    ///   - cells: At least one; only pairs that met.
    ///   - targets: How many; cells name them by place.
    ///   - raters: How many; cells name them by place.
    ///   - acrossParts: Whether parts that share no rater may be compared. Then only the assumption that raters of all parts are alike does so,
    ///     and the variance of a part's mean severity, rater variance / raters, is added to that of its targets.
    /// - Throws: `StatisticsError.disconnected`; `degenerate` with one rater, one target, no replication, confounded effects or no variance at all;
    ///   `notConverged` with the last residual relative to the first; `outsideDomain`.
    /// - Source: Searle, Casella & McCulloch 1992, Variance Components, section 5.5; Henderson 1953, Biometrics 9:226.
    public init(_ cells: [RatingCell], targets: Int, raters: Int, acrossParts: Bool = false) throws(StatisticsError) {
        try self.init(RatingTable(cells, targets: targets, raters: raters), raters: raters, acrossParts: acrossParts)
    }

    /// The same of a table that has its cells in order: of millions of cells this takes a third of the memory.
    ///
    /// - Parameter raters: How many; cells name them by place.
    public init(_ table: RatingTable, raters: Int, acrossParts: Bool = false) throws(StatisticsError) {
        let design = try CrossedDesign(table, raters: raters)
        guard design.parts == 1 || acrossParts else { throw .disconnected(parts: design.parts) }
        let (variances, unshrunk) = try Self.variances(design)
        self.variances = variances
        parts = design.parts
        let ridge = variances.rater > 0 ? variances.noise / variances.rater : .infinity
        // Were no rater among others, each would be shrunk by its own count: from there it is not far.
        let start = zip(unshrunk, design.ownCounts).map { $1 > 0 ? $0 * ($1 / ($1 + ridge)) : 0 }
        let effects = ridge < .infinity ? try design.raterEffects(ridge: ridge, from: start) : [Double](repeating: 0, count: raters)
        self.raters = effects

        let diagonal = design.ownCounts.map { $0 + ridge }
        var ratersOfPart = [Double](repeating: 0, count: design.parts)
        for rater in 0..<raters where design.raterCounts[rater] > 0 { ratersOfPart[design.partOfRater[rater]] += 1 }
        // Without noise and with one target the diagonal is 0: such a rater tells nothing, so its whole variance remains.
        let unknown = diagonal.map { $0 > 0 ? min(variances.noise / $0, variances.rater) : variances.rater }
        var spreads = [Double](repeating: 0, count: design.targets)
        if variances.rater > 0 {
            table.forEachCell { target, rater, count, _ in
                let share = count / design.targetCounts[target]
                spreads[target] += share * share * unknown[rater]
            }
        }
        self.targets = design.targetMeans(adjustedBy: effects).enumerated().map { target, mean in
            guard let mean, let part = design.partOfTarget[target] else { return nil }
            let common = design.parts > 1 ? variances.rater / ratersOfPart[part] : 0
            return AdjustedMean(
                mean: mean, variance: variances.noise / design.targetCounts[target] + spreads[target] + common, count: design.targetCounts[target])
        }
    }

    /// The components, and the raters' effects by least squares, in which nothing is shrunk.
    private static func variances(_ design: CrossedDesign) throws(StatisticsError) -> (CrossedVariances, effects: [Double]) {
        let targets = Double(design.targetCounts.count { $0 > 0 })
        let raters = Double(design.raterCounts.count { $0 > 0 })
        let parts = Double(design.parts)
        guard raters > 1 else { throw .degenerate(.oneRater) }
        guard targets > 1 else { throw .degenerate(.oneTarget) }
        let degrees = design.count - targets - raters + parts
        guard degrees > 0 else { throw .degenerate(.noReplication) }

        // Each fit's residual between cells: of raters alone, of targets alone, and of both.
        // Sums of squares are least at these effects, so that what they lack counts squared.
        let effects = try design.raterEffects(ridge: 0, tolerance: 1e-8)
        let adjusted = design.targetMeans(adjustedBy: effects)
        let within = design.table.within
        var (byRaters, byTargets, byBoth, total) = (0.0, 0.0, 0.0, within)
        var (targetCoefficient, raterCoefficient) = (design.count, design.count)
        design.table.forEachCell { target, rater, count, sum in
            let mean = sum / count
            func square(_ fitted: Double) -> Double { count * (mean - fitted) * (mean - fitted) }
            byRaters += square(design.raterSums[rater] / design.raterCounts[rater])
            byTargets += square(design.means[target] ?? 0)
            byBoth += square((adjusted[target] ?? 0) + effects[rater])
            total += square(design.mean)
            targetCoefficient -= count * count / design.raterCounts[rater]
            raterCoefficient -= count * count / design.targetCounts[target]
        }
        // Rounding of sums of squares is no variance.
        guard total > 1e-13 * design.count * design.mean * design.mean else { throw .degenerate(.noVariance) }
        guard targetCoefficient > 1e-9 * design.count, raterCoefficient > 1e-9 * design.count else { throw .degenerate(.confounded) }
        let noise = (within + byBoth) / degrees
        let components = CrossedVariances(
            target: max(0, (byRaters - byBoth - noise * (targets - parts)) / targetCoefficient),
            rater: max(0, (byTargets - byBoth - noise * (raters - parts)) / raterCoefficient), noise: noise)
        return (components, effects)
    }
}
