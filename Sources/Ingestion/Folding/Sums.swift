/// Counts, sums and sums of squares: whole numbers, so that adding is exact in any order.
struct Sums: Hashable, Sendable {
    var count: Int64 = 0
    var sum: Int64 = 0
    var sumOfSquares: Int64 = 0

    static func += (left: inout Sums, right: Sums) {
        left.count += right.count
        left.sum += right.sum
        left.sumOfSquares += right.sumOfSquares
    }

    init(count: Int64 = 0, sum: Int64 = 0, sumOfSquares: Int64 = 0) { (self.count, self.sum, self.sumOfSquares) = (count, sum, sumOfSquares) }

    /// What one row adds that has a value: once, or, to take it back, minus once.
    @inline(__always)
    init(of value: Int64, times sign: Int64 = 1) { self.init(count: sign, sum: sign * value, sumOfSquares: sign * value * value) }

    var isZero: Bool { count == 0 && sum == 0 && sumOfSquares == 0 }
}
