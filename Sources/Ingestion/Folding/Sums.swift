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

    var isZero: Bool { count == 0 && sum == 0 && sumOfSquares == 0 }
}
