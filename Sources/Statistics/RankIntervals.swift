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
///   - normals: What is drawn; one for each draw and unit is asked for.
/// - Returns: One per unit, in the order given; empty for no units.
/// - Throws: `StatisticsError.outsideDomain`.
public func rankIntervals(
    _ posteriors: [NormalDistribution], level: Double, draws: Int = 4000, normals: SeededNormals
) throws(StatisticsError) -> [RankInterval] {
    let tail = try tailProbability(level)
    guard draws >= 1 else { throw .outsideDomain(parameter: "draws", value: Double(draws)) }
    for posterior in posteriors {
        guard posterior.mean.isFinite else { throw .outsideDomain(parameter: "mean", value: posterior.mean) }
        guard posterior.variance >= 0, posterior.variance.isFinite else { throw .outsideDomain(parameter: "variance", value: posterior.variance) }
    }
    let count = posteriors.count
    let turn = posteriors.indices.sorted {
        let (left, right) = (posteriors[$0], posteriors[$1])
        return left.mean != right.mean ? left.mean > right.mean : left.variance < right.variance
    }
    let sorted = turn.map { posteriors[$0] }
    let deviations = sorted.map(\.standardDeviation)
    var normals = normals
    // Of each unit in sorted order, its rank in each draw.
    var ranks = [Int32](repeating: 0, count: count * draws)
    var values = [Double](repeating: 0, count: count)
    var order = DrawOrder()
    for draw in 0..<draws {
        for unit in 0..<count { values[unit] = sorted[unit].mean + deviations[unit] * normals.next() }
        order.sort(values)
        var rank = 0
        for (place, own) in order.units.enumerated() {
            if place == 0 || own.value < order.units[place - 1].value { rank = place + 1 }
            ranks[own.unit * draws + draw] = Int32(rank)
        }
    }
    var result = [RankInterval](repeating: RankInterval(median: 1, best: 1, worst: 1), count: count)
    var start = 0
    while start < count {
        var end = start + 1
        while end < count, sorted[end] == sorted[start] { end += 1 }
        let drawn = DrawnRanks(ranks[start * draws..<end * draws], units: count)
        let interval = RankInterval(median: drawn.at(0.5), best: drawn.at(tail), worst: drawn.at(1 - tail))
        for unit in start..<end { result[turn[unit]] = interval }
        start = end
    }
    return result
}
