/// Where a value stands among others: the share of them below it, plus half the share equal to it.
///
/// - Parameters:
///   - below: How many of the others are smaller.
///   - equal: How many of the others are equal.
///   - others: How many others there are, the value itself not among them.
/// - Returns: 0 where all others are larger, 1 where all are smaller, 0.5 where all are equal; `nil` where there are no others.
public func midRank(below: Int, equal: Int, of others: Int) -> Double? {
    guard others > 0 else { return nil }
    return (Double(below) + Double(equal) / 2) / Double(others)
}

/// Where each value of a sample stands among the others of the sample.
///
/// - Parameter sorted: The sample in ascending order, without NaN.
/// - Returns: One mid-rank share for each place of `sorted`, equal for equal values; empty for fewer than two values, which have nobody to stand among.
public func midRanks(ofSorted sorted: [Double]) -> [Double] {
    guard sorted.count > 1 else { return [] }
    var ranks: [Double] = []
    ranks.reserveCapacity(sorted.count)
    var start = 0
    while start < sorted.count {
        var end = start + 1
        while end < sorted.count, sorted[end] == sorted[start] { end += 1 }
        let rank = (Double(start) + Double(end - start - 1) / 2) / Double(sorted.count - 1)
        ranks.append(contentsOf: repeatElement(rank, count: end - start))
        start = end
    }
    return ranks
}
