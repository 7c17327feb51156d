/// Where a unit stands among others, with what is not known about it.
public struct RankInterval: Hashable, Sendable {
    /// The middle of the drawn ranks; 1 is the highest value.
    public let median: Int
    /// The best and worst rank of the central interval.
    public let best: Int
    public let worst: Int
}

/// Ranks of units whose values are known with error, by seeded draws from their posteriors: in each draw every unit has a rank, 1 for the highest.
///
/// Units with the same mean and variance share their draws' ranks, so they get the same interval: a tie looks like a tie. Equal draws share the better rank.
/// The order of the units changes nothing: draws go by mean and variance.
/// - Parameters:
///   - posteriors: One per unit, independent.
///   - level: Of the central interval, strictly between 0 and 1: 0.9.
///   - draws: At least 1; 4,000 ordinarily. Memory and time grow with draws × units.
///   - seed: Any.
/// - Returns: One per unit, in the order given; empty for no units.
/// - Throws: `StatisticsError.outsideDomain`.
public func rankIntervals(
    _ posteriors: [NormalDistribution], level: Double, draws: Int = 4000, seed: UInt64
) throws(StatisticsError) -> [RankInterval] {
    let tail = try tailProbability(level)
    guard draws >= 1 else { throw .outsideDomain(parameter: "draws", value: Double(draws)) }
    for posterior in posteriors {
        guard posterior.mean.isFinite else { throw .outsideDomain(parameter: "mean", value: posterior.mean) }
        guard posterior.variance >= 0, posterior.variance.isFinite else { throw .outsideDomain(parameter: "variance", value: posterior.variance) }
    }
    let count = posteriors.count
    let order = posteriors.indices.sorted {
        let (left, right) = (posteriors[$0], posteriors[$1])
        return left.mean != right.mean ? left.mean > right.mean : left.variance < right.variance
    }
    let sorted = order.map { posteriors[$0] }
    let deviations = sorted.map(\.standardDeviation)
    var generator = SeededGenerator(seed: seed)
    // Of each unit in sorted order, how often it had each rank.
    var ranks = [Int32](repeating: 0, count: count * draws)
    var values = [Double](repeating: 0, count: count)
    var places = Array(0..<count)
    for draw in 0..<draws {
        for unit in 0..<count { values[unit] = sorted[unit].mean + deviations[unit] * generator.normal() }
        // Started from the last draw's order, in which much is already in place.
        places.sort { values[$0] > values[$1] }
        var rank = 0
        for (place, unit) in places.enumerated() {
            if place == 0 || values[unit] < values[places[place - 1]] { rank = place + 1 }
            ranks[unit * draws + draw] = Int32(rank)
        }
    }
    var result = [RankInterval](repeating: RankInterval(median: 1, best: 1, worst: 1), count: count)
    var start = 0
    while start < count {
        var end = start + 1
        while end < count, sorted[end] == sorted[start] { end += 1 }
        let drawn = DrawnRanks(ranks[start * draws..<end * draws], units: count)
        let interval = RankInterval(median: drawn.at(0.5), best: drawn.at(tail), worst: drawn.at(1 - tail))
        for unit in start..<end { result[order[unit]] = interval }
        start = end
    }
    return result
}

/// How often each rank was drawn: ranks are few, so that counting them costs less than sorting thousands of draws.
struct DrawnRanks {
    /// By rank: how many draws gave it or a better one.
    private var upTo: [Int]
    private let draws: Int

    init(_ ranks: ArraySlice<Int32>, units: Int) {
        draws = ranks.count
        upTo = [Int](repeating: 0, count: units + 1)
        for rank in ranks { upTo[Int(rank)] += 1 }
        for rank in 1...units { upTo[rank] += upTo[rank - 1] }
    }

    /// The rank below which a share of the draws lies.
    func at(_ share: Double) -> Int {
        let place = min(draws - 1, Int(share * Double(draws)))
        var (low, high) = (1, upTo.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if upTo[middle] > place { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
