import Glibc
import Statistics

/// What each pattern is worth for one target's words: worked out where it first comes up, because thousands of pairs share a few dozen patterns.
struct PatternWeights {
    private let parameters: LinkageParameters
    /// By level of the name.
    private var nameShares: [Double?] = []
    /// By pattern; `nil` where it has not come up.
    private var totals = [Double?](repeating: nil, count: LinkPattern.count)
    private var counts = [Int](repeating: 0, count: LinkPattern.count)
    private var present: [Int] = []
    private var posteriors = [Double](repeating: 0, count: LinkPattern.count)

    init(_ parameters: LinkageParameters) { self.parameters = parameters }

    /// Goes on to other words, whose names have other shares.
    mutating func begin(_ candidates: LinkCandidates) {
        nameShares = candidates.nameShares
        for pattern in totals.indices { totals[pattern] = nil }
    }

    /// A pattern's evidence, part by part.
    func weights(of pattern: LinkPattern) -> LinkageWeights {
        parameters.weights(of: LinkageCandidate(levels: pattern.levels, share: pattern.name.flatMap { nameShares[$0] }))
    }

    /// By pattern: the probability that the target means one given cadre of those pairs, as `linkagePosteriors` has it; 0 for patterns of no pair.
    mutating func posteriors(of pairs: [LinkCandidates.Pair]) -> [Double] {
        for pattern in present { (counts[pattern], posteriors[pattern]) = (0, 0) }
        present.removeAll(keepingCapacity: true)
        for pair in pairs {
            if counts[pair.pattern.number] == 0 { present.append(pair.pattern.number) }
            counts[pair.pattern.number] += 1
        }
        for pattern in present where totals[pattern] == nil { totals[pattern] = weights(of: LinkPattern(number: pattern)).total }
        for (pattern, posterior) in zip(present, linkagePosteriors(totals: present.map { totals[$0] ?? 0 }, counts: present.map { counts[$0] })) {
            posteriors[pattern] = posterior
        }
        return posteriors
    }
}
