/// Values of raters, sorted by rater and value again and again in the same memory.
///
/// By digits of the rater's number (radix sort): cells come by the ten million, and to compare them takes longer than anything else that is done with them.
struct SingleCells {
    typealias Cell = (rater: Int32, value: Double)

    private static let digitBits = 11

    private(set) var all: [Cell] = []
    private var spare: [Cell] = []
    private var counts = [Int](repeating: 0, count: 1 << digitBits)
    private let raters: Int

    /// - Parameter raters: What every rater's number is below.
    init(raters: Int) { self.raters = raters }

    mutating func removeAll() { all.removeAll(keepingCapacity: true) }

    mutating func append(_ rater: Int32, _ value: Double) { all.append((rater, value)) }

    /// Brings the cells in the order of raters, and those of one rater in that of their values.
    mutating func sort() {
        var shift = 0
        while raters >> shift > 0 {
            sort(byDigitAt: shift)
            shift += SingleCells.digitBits
        }
        // Those of one rater are few.
        for place in all.indices.dropFirst() {
            let cell = all[place]
            var gap = place
            while gap > 0, all[gap - 1].rater == cell.rater, cell.value < all[gap - 1].value {
                all[gap] = all[gap - 1]
                gap -= 1
            }
            all[gap] = cell
        }
    }

    /// Brings the cells in the order of one digit, and leaves those with the same one in theirs.
    private mutating func sort(byDigitAt shift: Int) {
        let mask = counts.count - 1
        for digit in counts.indices { counts[digit] = 0 }
        for cell in all { counts[Int(cell.rater) >> shift & mask] += 1 }
        var start = 0
        for digit in counts.indices { (counts[digit], start) = (start, start + counts[digit]) }
        if spare.count < all.count { spare = all }
        for cell in all {
            let digit = Int(cell.rater) >> shift & mask
            spare[counts[digit]] = cell
            counts[digit] += 1
        }
        spare.removeLast(spare.count - all.count)
        swap(&all, &spare)
    }
}
