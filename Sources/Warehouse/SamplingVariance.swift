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

extension Transaction {
    /// By group and indicator: the variance of single values about their person's mean, pooled with weights n − 1. None where nobody has two that differ.
    public func pooledVariances() throws -> [String: [String: Double]] {
        var sums: [String: [String: (squares: Double, freedom: Double)]] = [:]
        try forEach(ObservationRecord.self) { record in
            guard record.family == "mean", let variance = record.withinVariance else { return }
            let freedom = record.exposure - 1
            let sum = sums[record.groupID]?[record.indicator] ?? (0, 0)
            sums[record.groupID, default: [:]][record.indicator] = (sum.squares + freedom * variance, sum.freedom + freedom)
        }
        return sums.mapValues { $0.filter { $1.squares > 0 && $1.freedom > 0 }.mapValues { $0.squares / $0.freedom } }
    }
}
