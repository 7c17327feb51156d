import Statistics

/// Whether the tails of the peers' standings are those of a normal distribution, seen through what was observed.
///
/// If the model holds, E[H₄(θ)] = 0 with H₄(θ) = θ⁴ − 6θ² + 3, and the mean over the peers of E[H₄(θ) | y] has that expectation too, for counts, shares and
/// means alike. (Second moments would show nothing: the fit of σ makes them right.) The flagged are in the tails, so it is there that the model must hold.
public struct Goodness: Hashable, Sendable {
    /// 1 + mean E[H₄ | y] / 3: the fourth moment of the standings over that of a normal distribution. 1 where the model fits; over 1 where tails are
    /// heavier, under 1 where they are lighter or the peers fall into camps. Where observations are few it stays near 1, for want of sight.
    public var ratio: Double
    /// The standard error of the ratio if the model holds: √(24 Σ ρ⁴) / 3n, with ρ = 1 − Var(θ | y) the part of a standing that its observation shows.
    public var standardError: Double
    /// Peers of whom something was observed.
    var people: Int
    /// Σ E[H₄ | y].
    var fourth: Double
    /// What the observations show of the standings.
    var shown: Shown

    /// Σ ρ, Σ ρ² and Σ ρ⁴.
    struct Shown: Hashable, Sendable {
        var first = 0.0
        var second = 0.0
        var fourth = 0.0

        /// Adds one standing's.
        mutating func add(_ part: Double) {
            first += part
            second += part * part
            fourth += part * part * part * part
        }
    }

    /// More standard errors than this, and the ratio is not chance. A fourth moment is skewed, so chance goes further than a normal would.
    static let farInErrors = 5.0
    /// Nearer to 1 than this, and the difference does not matter to who is flagged, however certain it is.
    static let farAtLeast = 0.25

    /// Whether the model should not be trusted in the tails.
    public var isFar: Bool {
        (ratio - 1).magnitude > max(Goodness.farAtLeast, Goodness.farInErrors * standardError)
    }

    /// - Parameter terms: Of one group and indicator; those that say nothing are left out. `nil` where none says anything.
    init?(_ terms: [LikelihoodTerm], rule: GaussHermite) {
        var moments: [(fourth: Double, shown: Double)] = []
        for term in terms where term != .missing { moments.append(Goodness.moments(term, rule: rule)) }
        guard !moments.isEmpty else { return nil }
        // Summed by size, so that the order of the peers changes no bit.
        moments.sort { ($0.fourth, $0.shown) < ($1.fourth, $1.shown) }
        let count = Double(moments.count)
        people = moments.count
        fourth = moments.reduce(0) { $0 + $1.fourth }
        shown = moments.reduce(into: Shown()) { $0.add($1.shown) }
        ratio = 1 + fourth / count / 3
        standardError = (24 * shown.fourth).squareRoot() / (3 * count)
    }

    /// E[H₄(θ) | y] and 1 − Var(θ | y).
    private static func moments(_ term: LikelihoodTerm, rule: GaussHermite) -> (fourth: Double, shown: Double) {
        let (mean, second, fourth) = term.standingMoments(rule: rule)
        return (fourth - 6 * second + 3, min(1, max(0, 1 - (second - mean * mean))))
    }
}
