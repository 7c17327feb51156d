/// The units named at a Bayesian false discovery rate.
public struct DiscoveryPrefix: Hashable, Sendable {
    /// Places of the named units, the most probable first, equally probable ones in the order given.
    public let selected: [Int]
    /// The lowest probability named; `nil` where nobody is.
    public let threshold: Double?
    /// The expected share of wrong names among the named, mean(1 − p), at most the rate; 0 where nobody is named.
    public let expectedFalseShare: Double
}

/// Names the longest prefix, most probable first, whose mean(1 − p) does not exceed the rate.
///
/// Equal probabilities are treated alike: at the border all of them are named or none, so the order of rows decides nothing. It may be that nobody is named.
/// - Parameters:
///   - probabilities: Per unit, that naming it is right; 0 to 1.
///   - rate: The promised share of wrong names, 0 to 1.
/// - Throws: `StatisticsError.outsideDomain`.
/// - Source: Newton, Noueiry, Sarkar & Ahlquist 2004, Biostatistics 5:155, section 3.3.
public func discoveryPrefix(probabilities: [Double], rate: Double) throws(StatisticsError) -> DiscoveryPrefix {
    guard (0...1).contains(rate) else { throw .outsideDomain(parameter: "rate", value: rate) }
    for probability in probabilities where !(0...1).contains(probability) { throw .outsideDomain(parameter: "probability", value: probability) }
    let order = probabilities.indices.sorted {
        probabilities[$0] != probabilities[$1] ? probabilities[$0] > probabilities[$1] : $0 < $1
    }
    var (named, falseShare, expected) = (0, 0.0, 0.0)
    var start = 0
    while start < order.count {
        let probability = probabilities[order[start]]
        var end = start + 1
        while end < order.count, probabilities[order[end]] == probability { end += 1 }
        falseShare += Double(end - start) * (1 - probability)
        let mean = falseShare / Double(end)
        // 1 − p grows along the order, so a mean once over the rate never comes back.
        guard mean <= rate else { break }
        (named, expected) = (end, mean)
        start = end
    }
    return DiscoveryPrefix(
        selected: Array(order.prefix(named)), threshold: named > 0 ? probabilities[order[named - 1]] : nil, expectedFalseShare: expected)
}
