import Glibc

/// The parameters of a linkage as estimated, and how that went.
public struct LinkageEstimate: Sendable {
    public let parameters: LinkageParameters
    /// Records looked at.
    public let records: Int
    /// K × L_k: how many candidate pairs have the level.
    public let pairs: [[Int]]
    /// Steps of EM.
    public let iterations: Int
    /// The largest change of a parameter in the last step.
    public let lastStep: Double
}

/// Estimates m, u and the share of records whose entity is in the file by EM, without a single known match.
///
/// Every record means one of the N entities, each as likely as the other, or with probability 1 − ρ none of them; levels are independent given whether
/// a pair is a match. E: posterior of every candidate, as `linkagePosteriors` has it. M: m from the posteriors, u from all pairs less the posteriors, pairs
/// outside the candidates included. Smoothing, so that no probability is 0: m and ρ begin with `pseudoRecords` records at their expected values, u with one
/// pair spread evenly over the levels. With no records the answer is what was expected, and u as the pairs outside have it.
///
/// On the comparison with frequencies, a candidate that states its share is scored by that share instead of u; u is then the average share, over all pairs:
/// like the share, it counts the entity itself.
///
/// - Parameters:
///   - records: The candidates of each record; none is an answer too.
///   - tolerance: On every probability.
/// - Throws: `StatisticsError.notConverged` with the last step, `outsideDomain`, `unequalCounts`.
/// - Source: Fellegi & Sunter 1969; EM: Winkler 1988, "Using the EM algorithm for weight computation in the Fellegi–Sunter model"; the form of the weights:
///   Linacre et al. 2022, Splink, International Journal of Population Data Science 7:3.
public func estimateLinkage(
    _ records: [[LinkageCandidate]], _ design: LinkageDesign, tolerance: Double = 1e-8, maximumIterations: Int = 5000
) throws(StatisticsError) -> LinkageEstimate {
    try design.check()
    try design.check(records)
    let step = LinkageStep(records, design)
    var current = step.start
    var iterations = 0
    var lastStep = Double.infinity
    while iterations < maximumIterations {
        let next = step.next(current)
        iterations += 1
        lastStep = next.largestDifference(to: current)
        current = next
        if lastStep <= tolerance {
            return LinkageEstimate(parameters: current, records: records.count, pairs: step.pairs, iterations: iterations, lastStep: lastStep)
        }
    }
    throw .notConverged(iterations: iterations, lastStep: lastStep)
}

/// One step of EM over all records, with patterns of levels interned so that each is weighed once a step.
private struct LinkageStep {
    private struct Entry {
        let pattern: Int
        /// log₂ of the share; `nil`: the pattern's own weight holds.
        let shareBits: Double?
        let count: Int
    }

    private let design: LinkageDesign
    private let patterns: [[Int?]]
    private let records: [[Entry]]
    /// K × L_k candidate pairs of a level.
    let pairs: [[Int]]

    init(_ records: [[LinkageCandidate]], _ design: LinkageDesign) {
        self.design = design
        var places: [[Int?]: Int] = [:]
        var patterns: [[Int?]] = []
        var pairs = design.levels.map { Array(repeating: 0, count: $0) }
        self.records = records.map { candidates in
            candidates.map { candidate in
                let place = places[candidate.levels] ?? patterns.count
                if place == patterns.count {
                    places[candidate.levels] = place
                    patterns.append(candidate.levels)
                }
                for (comparison, level) in candidate.levels.enumerated() { if let level { pairs[comparison][level] += candidate.count } }
                // A share says something only of an agreement that is known.
                let isStated = design.frequencyComparison.map { candidate.levels[$0] != nil } ?? false
                return Entry(pattern: place, shareBits: isStated ? candidate.share.map { log2($0) } : nil, count: candidate.count)
            }
        }
        self.patterns = patterns
        self.pairs = pairs
    }

    /// What was expected, with u as if no pair were a match.
    var start: LinkageParameters {
        let none = design.levels.map { Array(repeating: 0.0, count: $0) }
        return LinkageParameters(
            matchedShare: design.expectedShare, population: design.population, m: design.expectedM, u: smoothedU(matches: none),
            frequencyComparison: design.frequencyComparison)
    }

    func next(_ parameters: LinkageParameters) -> LinkageParameters {
        let bits = patterns.map { parameters.weights(of: LinkageCandidate(levels: $0)).total }
        let averages = averageBits(parameters)
        var byPattern = Array(repeating: 0.0, count: patterns.count)
        var matched = 0.0
        var odds: [Double] = []
        for record in records {
            odds.removeAll(keepingCapacity: true)
            // As `linkagePosteriors`, without lists of its own for every record.
            var peak = 0.0
            for entry in record {
                let total = bits[entry.pattern] + (entry.shareBits.map { averages[entry.pattern] - $0 } ?? 0)
                odds.append(total)
                peak = max(peak, total)
            }
            var sum = exp2(-peak)
            for (place, entry) in record.enumerated() {
                odds[place] = exp2(odds[place] - peak) * Double(entry.count)
                sum += odds[place]
            }
            for (place, entry) in record.enumerated() {
                byPattern[entry.pattern] += odds[place] / sum
                matched += odds[place] / sum
            }
        }
        var matches = design.levels.map { Array(repeating: 0.0, count: $0) }
        for (pattern, mass) in zip(patterns, byPattern) {
            for (comparison, level) in pattern.enumerated() { if let level { matches[comparison][level] += mass } }
        }
        var next = parameters
        next.matchedShare = (matched + design.pseudoRecords * design.expectedShare) / (Double(records.count) + design.pseudoRecords)
        next.m = zip(matches, design.expectedM).map { counts, expected in
            let sum = counts.reduce(0, +) + design.pseudoRecords
            return zip(counts, expected).map { ($0 + design.pseudoRecords * $1) / sum }
        }
        next.u = smoothedU(matches: matches)
        return next
    }

    /// log₂ of the average u of each pattern's level on the comparison with frequencies; 0 where it has none.
    private func averageBits(_ parameters: LinkageParameters) -> [Double] {
        patterns.map { pattern in
            guard let place = design.frequencyComparison, let level = pattern[place] else { return 0 }
            return log2(parameters.u[place][level])
        }
    }

    private func smoothedU(matches: [[Double]]) -> [[Double]] {
        design.levels.indices.map { comparison in
            let count = design.levels[comparison]
            let isShared = comparison == design.frequencyComparison
            // Rounding may leave a hair less than nothing where every pair of a level is a match.
            let counts = (0..<count).map { level in
                max(0, Double(pairs[comparison][level]) + design.outside[comparison][level] - (isShared ? 0 : matches[comparison][level]))
            }
            let sum = counts.reduce(1, +)
            return counts.map { ($0 + 1 / Double(count)) / sum }
        }
    }
}

extension LinkageParameters {
    fileprivate func largestDifference(to other: LinkageParameters) -> Double {
        var largest = (matchedShare - other.matchedShare).magnitude
        for (mine, theirs) in zip(m.joined(), other.m.joined()) { largest = max(largest, (mine - theirs).magnitude) }
        for (mine, theirs) in zip(u.joined(), other.u.joined()) { largest = max(largest, (mine - theirs).magnitude) }
        return largest
    }
}
