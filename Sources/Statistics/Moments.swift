/// Count, sum and sum of squares of whole numbers, and what follows from them, without a rounding before the last division.
///
/// Every observation may be split in `parts`, so that one that counts by half is exact too: with 100 parts, a whole observation adds 100 to the count.
public struct Moments: Hashable, Sendable {
    /// Observations, in parts.
    public var count: Int
    /// Sum of values, in parts.
    public var sum: Int
    /// Sum of squared values, in parts.
    public var sumOfSquares: Int
    /// What a whole observation adds to `count`; at least 1.
    public var parts: Int

    /// Moments of a sample; without arguments, of the empty one.
    public init(count: Int = 0, sum: Int = 0, sumOfSquares: Int = 0, parts: Int = 1) {
        self.count = count
        self.sum = sum
        self.sumOfSquares = sumOfSquares
        self.parts = parts
    }

    /// The mean of the values; `nil` without observations.
    public var mean: Double? {
        count > 0 ? Double(sum) / Double(count) : nil
    }

    /// The sample variance (denominator n − 1) of the values; `nil` for one observation or fewer.
    ///
    /// n·Σx² − (Σx)² is formed in 128 bits, so that values that are large against their spread lose nothing. Moments that no sample can have give 0.
    public var variance: Double? {
        guard count > parts else { return nil }
        let spread = Int128(count) * Int128(sumOfSquares) - Int128(sum) * Int128(sum)
        if spread <= 0 { return 0 }
        // Of 128 bits a number is made bit by bit; nearly all are of 64.
        let numerator = spread <= Int128(Int64.max) ? Double(Int64(truncatingIfNeeded: spread)) : Double(spread)
        return numerator / (Double(count) * Double(count - parts))
    }

    /// Adds the observations of another sample in the same parts.
    ///
    /// - Returns: Whether all three fitted; where not, nothing is added.
    public mutating func add(_ other: Moments) -> Bool {
        combine(other, { $0.addingReportingOverflow($1) })
    }

    /// Takes observations out again.
    ///
    /// - Returns: Whether all three fitted; where not, nothing is taken out.
    public mutating func subtract(_ other: Moments) -> Bool {
        combine(other, { $0.subtractingReportingOverflow($1) })
    }

    /// The moments of the sample repeated `factor` times, in the same parts; `nil` where that does not fit.
    public func repeated(_ factor: Int) -> Moments? {
        var moments = Moments(parts: parts)
        let part = self
        return moments.combine(part) { $1.multipliedReportingOverflow(by: factor) } ? moments : nil
    }

    /// The same sample with every observation split in `factor` times as many parts; `nil` where that does not fit.
    public func split(by factor: Int) -> Moments? {
        guard var moments = repeated(factor) else { return nil }
        moments.parts = parts * factor
        return moments
    }

    private mutating func combine(_ other: Moments, _ operation: (Int, Int) -> (partialValue: Int, overflow: Bool)) -> Bool {
        let results = (operation(count, other.count), operation(sum, other.sum), operation(sumOfSquares, other.sumOfSquares))
        guard !results.0.overflow, !results.1.overflow, !results.2.overflow else { return false }
        (count, sum, sumOfSquares) = (results.0.partialValue, results.1.partialValue, results.2.partialValue)
        return true
    }
}
