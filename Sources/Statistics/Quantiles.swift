/// The quantile of a sorted sample at a probability, by linear interpolation between order statistics.
///
/// - Parameters:
///   - sorted: The sample in ascending order, without NaN.
///   - probability: 0 (the smallest) to 1 (the largest); outside it is taken as the nearer end.
/// - Returns: `nil` for an empty sample; the value itself for a sample of one.
/// - Source: Hyndman & Fan 1996, "Sample quantiles in statistical packages", The American Statistician 50:361, definition 7.
public func quantile(ofSorted sorted: some RandomAccessCollection<Double>, at probability: Double) -> Double? {
    guard let first = sorted.first else { return nil }
    let place = Double(sorted.count - 1) * min(max(probability, 0), 1)
    let below = Int(place.rounded(.down))
    let lower = sorted.index(sorted.startIndex, offsetBy: below)
    guard below + 1 < sorted.count else { return sorted.count == 1 ? first : sorted[lower] }
    let (left, right) = (sorted[lower], sorted[sorted.index(after: lower)])
    let share = place - Double(below)
    // Equal neighbours give themselves back exactly, whatever the rounding of the share.
    return left == right ? left : left + share * (right - left)
}

/// The middle of a sorted sample: the mean of the two middle values where their number is even; `nil` for an empty one.
public func median(ofSorted sorted: some RandomAccessCollection<Double>) -> Double? {
    quantile(ofSorted: sorted, at: 0.5)
}
