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
        fileprivate let group: Group
        fileprivate let squares: Double
        fileprivate let freedom: Double

        /// `nil` for what is no mean, and without two values.
        public init?(_ record: ObservationRecord) {
            guard record.family == "mean", let variance = record.withinVariance else { return nil }
            group = Group(groupID: record.groupID, indicator: record.indicator)
            freedom = record.exposure - 1
            squares = freedom * variance
        }
    }

    fileprivate struct Group: Hashable, Sendable {
        let groupID: String
        let indicator: String
    }

    private var sums: [Group: (squares: Double, freedom: Double)] = [:]

    /// Nothing yet.
    public init() {}

    /// Adds what a person adds.
    public mutating func add(_ share: Share) {
        let sum = sums[share.group] ?? (0, 0)
        sums[share.group] = (sum.squares + share.squares, sum.freedom + share.freedom)
    }

    /// By group and indicator; none where nobody has two values that differ.
    public var values: [String: [String: Double]] {
        var values: [String: [String: Double]] = [:]
        for (group, sum) in sums {
            guard sum.squares > 0, sum.freedom > 0 else { continue }
            values[group.groupID, default: [:]][group.indicator] = sum.squares / sum.freedom
        }
        return values
    }
}
