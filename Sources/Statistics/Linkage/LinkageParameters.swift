import Glibc

/// The parameters of a linkage: how often each level occurs where record and entity belong together (m) and where they do not (u).
public struct LinkageParameters: Hashable, Sendable {
    /// Share of records whose entity is in the file, in (0, 1).
    public var matchedShare: Double
    /// Entities in the file.
    public var population: Int
    /// K × L_k: P(level | match).
    public var m: [[Double]]
    /// K × L_k: P(level | no match).
    public var u: [[Double]]
    /// The comparison with frequencies.
    public var frequencyComparison: Int?

    public init(matchedShare: Double, population: Int, m: [[Double]], u: [[Double]], frequencyComparison: Int? = nil) {
        self.matchedShare = matchedShare
        self.population = population
        self.m = m
        self.u = u
        self.frequencyComparison = frequencyComparison
    }

    /// The odds, in bits, that a record means one given entity rather than nobody in the file, before anything is compared: log₂ of (ρ/N)/(1 − ρ).
    public var priorBits: Double { log2(matchedShare / Double(population) / (1 - matchedShare)) }

    /// The weight of a level in bits: log₂(m/u); 0 where it is missing.
    ///
    /// - Source: Fellegi & Sunter 1969, JASA 64:1183.
    public func bits(comparison: Int, level: Int?) -> Double {
        guard let level else { return 0 }
        return log2(m[comparison][level] / u[comparison][level])
    }

    /// What a candidate's evidence comes to, part by part.
    public func weights(of candidate: LinkageCandidate) -> LinkageWeights {
        let comparisons = candidate.levels.enumerated().map { bits(comparison: $0.offset, level: $0.element) }
        var frequency = 0.0
        if let place = frequencyComparison, let share = candidate.share, let level = candidate.levels[place] { frequency = log2(u[place][level] / share) }
        return LinkageWeights(prior: priorBits, comparisons: comparisons, frequency: frequency)
    }
}

/// One candidate's evidence in bits: prior, comparisons and frequency add up to the total.
public struct LinkageWeights: Hashable, Sendable {
    /// Before anything is compared.
    public let prior: Double
    /// One per comparison; 0 where it is missing.
    public let comparisons: [Double]
    /// What is added because the value that agrees is rarer, or taken away because it is more common, than the average: log₂(u/share).
    ///
    /// - Source: Winkler 2000, "Frequency-based matching in Fellegi–Sunter model of record linkage", US Census Bureau RR2000/06.
    public let frequency: Double

    /// The odds of this entity against nobody in the file, in bits.
    public var total: Double { comparisons.reduce(prior, +) + frequency }
}

/// Probability that a record means each of its candidates; the rest, to 1, is that it means nobody in the file.
///
/// A record means at most one entity, so candidates take from one another: two who agree equally well have at most a half each.
///
/// - Parameters:
///   - totals: Total bits of each candidate.
///   - counts: How many entities each stands for; all 1 where not given.
/// - Returns: One per element of `totals`, of a single entity.
/// - Source: oᵢ/(1 + Σⱼ oⱼ) with odds o = 2^bits: the conditional of a bipartite matching on one record, as in Sadinle 2017, JASA 112:600.
public func linkagePosteriors(totals: [Double], counts: [Int]? = nil) -> [Double] {
    let peak = max(0, totals.max() ?? 0)
    let odds = totals.map { exp2($0 - peak) }
    var sum = exp2(-peak)
    for (place, odd) in odds.enumerated() { sum += odd * Double(counts?[place] ?? 1) }
    return odds.map { $0 / sum }
}
