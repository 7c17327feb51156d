extension ObservationRecord {
    /// So many degrees of freedom the pooled variance counts for beside a person's own: a few own values, by chance, lie close together now and then,
    /// and would pass for certainty. One value has no variance of its own and takes the pooled one whole.
    public static let pooledDegreesOfFreedom = 10.0

    /// What is judged: the mean freed of its raters' severity where it was, else the value as observed.
    public var judgedValue: Double? { adjustedValue ?? value }

    /// The variance of sampling of the judged value of a mean: the adjusted one where raters were told apart, else that of single values, shrunk
    /// towards the group's, over the number of values.
    ///
    /// - Parameter pooled: Variance of single values about their person's mean, pooled over the group with weights n − 1; over 0, `nil` where nobody
    ///   has two that differ.
    /// - Returns: `nil` without a value, and where nothing tells how much values vary by chance.
    public func samplingVariance(pooled: Double?) -> Double? {
        guard exposure > 0, value != nil else { return nil }
        if let adjustedVariance { return adjustedVariance }
        guard let pooled else { return nil }
        let (freedom, prior) = (max(0, exposure - 1), ObservationRecord.pooledDegreesOfFreedom)
        return (prior * pooled + freedom * (withinVariance ?? 0)) / (prior + freedom) / exposure
    }
}

/// Collects, by group and indicator, the variance of single values about their person's mean, pooled with weights n − 1.
///
/// Sums come out the same to the last bit only where the shares come in the same order.
public struct PooledVariances {
    /// What one person adds; of any thread.
    public struct Share: Sendable {
        fileprivate let groupID: String
        fileprivate let indicator: String
        fileprivate let squares: Double
        fileprivate let freedom: Double

        /// `nil` for what is no mean, and without two values.
        public init?(_ record: ObservationRecord) {
            guard record.family == "mean", let variance = record.withinVariance else { return nil }
            (groupID, indicator) = (record.groupID, record.indicator)
            freedom = record.exposure - 1
            squares = freedom * variance
        }
    }

    private struct Sum {
        let indicator: String
        var squares = 0.0
        var freedom = 0.0
    }

    /// A group has few indicators that are means: they are found sooner one after the other than by a hash.
    private var sums: [[Sum]] = []
    private var places: [String: Int] = [:]
    /// The group of the last share: those of a person come together.
    private var last = (groupID: "", place: -1)

    /// Nothing yet.
    public init() {}

    /// Adds what a person adds.
    public mutating func add(_ share: Share) {
        if last.place < 0 || last.groupID != share.groupID {
            last = (share.groupID, places[share.groupID] ?? sums.count)
            if last.place == sums.count {
                places[share.groupID] = last.place
                sums.append([])
            }
        }
        let indicator = sums[last.place].firstIndex { $0.indicator == share.indicator } ?? sums[last.place].count
        if indicator == sums[last.place].count { sums[last.place].append(Sum(indicator: share.indicator)) }
        sums[last.place][indicator].squares += share.squares
        sums[last.place][indicator].freedom += share.freedom
    }

    /// By group and indicator; none where nobody has two values that differ.
    public var values: [String: [String: Double]] {
        places.mapValues { place in
            let known = sums[place].filter { $0.squares > 0 && $0.freedom > 0 }
            return Dictionary(uniqueKeysWithValues: known.map { ($0.indicator, $0.squares / $0.freedom) })
        }
    }
}
