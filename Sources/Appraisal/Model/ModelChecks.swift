#if canImport(Glibc)
    import Glibc
#else
    import Foundation
#endif
import Statistics

/// What can be seen of a wrong model over all groups of a scheme, indicator by indicator, without knowing the truth.
///
/// What one group of thirty is too small to show, the groups of a scheme show together. Each check has two thresholds: one that chance passes in fewer than
/// one scheme and indicator of a hundred where the model holds, and one under which the difference does not matter to who is named.
struct ModelChecks: Hashable, Sendable {
    /// Whether standings are normal, seen through the observations of all groups.
    struct Tails: Hashable, Sendable {
        /// The fourth moment of the standings over that of a normal distribution.
        let ratio: Double
        let standardError: Double

        var isFar: Bool { (ratio - 1).magnitude > max(Goodness.farAtLeast, ModelChecks.farInErrors * standardError) }
    }

    /// Whether busy posts have better or worse people.
    struct Exposure: Hashable, Sendable {
        /// Within groups, of the logarithm of exposure or trials and the standing.
        let correlation: Double
        /// By how many of its standard errors it differs from 0.
        let errors: Double

        var isFar: Bool { correlation.magnitude > ModelChecks.exposureAtMost && errors.magnitude > ModelChecks.exposedInErrors }
    }

    /// The fourth moment of rare counts errs up to 1.4 times as far as its standard error says, so this is some 3.6 of them there.
    static let farInErrors = 5.0
    static let exposedInErrors = 4.0
    static let exposureAtMost = 0.08
    static let companyAtLeast = 0.1
    /// A correlation that is known less well than this may well be company that is not seen.
    static let companyKnownWithin = 0.05

    /// K; `nil` where no group shows anything.
    let tails: [Tails?]
    /// K; `nil` for a mean, and where exposures do not differ.
    let exposure: [Exposure?]
    /// K: whether every correlation with another indicator is near 0 and well enough known.
    let isAlone: [Bool]

    init(_ model: PeerModel, _ input: PeerModelInput) {
        let count = input.indicators
        let groups = (0..<count).map { k in (0..<input.groups).compactMap { model.fits[$0 * count + k].goodness } }
        tails = groups.map { ModelChecks.tails($0) }
        exposure = (0..<count).map { ModelChecks.exposure($0, model, input) }
        // Of N pairs of standings, each shown in part, a correlation is known within about 1/√(N ρρ′).
        let shown = groups.map { group in group.reduce(0) { $0 + $1.shown.first } }
        let people = groups.map { group in Double(group.reduce(0) { $0 + $1.people }) }
        isAlone = (0..<count).map { k in
            let others = (0..<count).filter { $0 != k && shown[$0] > 0 }
            guard shown[k] > 0, !others.isEmpty else { return false }
            let error = others.map { (max(people[k], people[$0]) / (shown[k] * shown[$0])).squareRoot() }.min() ?? .infinity
            return error < ModelChecks.companyKnownWithin && others.allSatisfy { model.correlation[k, $0].magnitude < ModelChecks.companyAtLeast }
        }
    }

    /// Σ E[H₄ | y] over Σ ρ⁴ estimates E[H₄(θ)], because the mean of E[H₄ | y] is ρ⁴ of it; each group's own μ and σ take 6ρ² from its sum, which is added back.
    private static func tails(_ groups: [Goodness]) -> Tails? {
        let shown = groups.reduce(0) { $0 + $1.shown.fourth }
        guard shown > 0 else { return nil }
        let sum = groups.reduce(0) { $0 + $1.fourth + 6 * $1.shown.second / Double($1.people) }
        return Tails(ratio: 1 + sum / shown / 3, standardError: (24 / shown).squareRoot() / 3)
    }

    private static func exposure(_ k: Int, _ model: PeerModel, _ input: PeerModelInput) -> Exposure? {
        let count = input.indicators
        var pairs: [(group: Int, exposure: Double, standing: Double)] = []
        for (person, group) in input.group.enumerated() where model.fits[group * count + k].goodness != nil {
            switch input.observations[person * count + k] {
            case .count(_, let size) where size > 0, .share(_, let size) where size > 0:
                pairs.append((group, log(size), model.posteriors.marginal(of: person, k).mean))
            default: break
            }
        }
        var means = [(count: Double, exposure: Double, standing: Double)](repeating: (0, 0, 0), count: input.groups)
        for pair in pairs {
            means[pair.group].count += 1
            means[pair.group].exposure += pair.exposure
            means[pair.group].standing += pair.standing
        }
        var (xx, yy, xy, xxyy) = (0.0, 0.0, 0.0, 0.0)
        for pair in pairs {
            let mean = means[pair.group]
            let (x, y) = (pair.exposure - mean.exposure / mean.count, pair.standing - mean.standing / mean.count)
            xx += x * x
            yy += y * y
            xy += x * y
            // Whoever was seen longer has standings farther from 0, so the error is taken from the products themselves.
            xxyy += x * x * y * y
        }
        guard xx > 1e-9 * Double(pairs.count), yy > 0, xxyy > 0 else { return nil }
        return Exposure(correlation: xy / (xx * yy).squareRoot(), errors: xy / xxyy.squareRoot())
    }
}
