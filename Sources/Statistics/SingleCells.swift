/// Values of raters, sorted by rater and value again and again in the same memory.
struct SingleCells {
    typealias Cell = (rater: Int32, value: Double)

    private(set) var all: [Cell] = []
    private var sorting = DigitSort<Cell>()
    private let raters: Int

    /// - Parameter raters: What every rater's number is below.
    init(raters: Int) { self.raters = raters }

    mutating func removeAll() { all.removeAll(keepingCapacity: true) }

    mutating func append(_ rater: Int32, _ value: Double) { all.append((rater, value)) }

    /// Brings the cells in the order of raters, and those of one rater in that of their values.
    mutating func sort() {
        sorting.sort(&all, below: raters) { Int($0.rater) }
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
}
