/// What one cadre comes to: sums by month and measure, in memory that is used for one cadre after the other.
struct MonthlySums {
    private let measures: Int
    private var months: [Int32] = []
    /// A row of all measures for each month, in the order in which the months came.
    private var sums: [Sums] = []
    private var last = -1

    /// - Parameter measures: How many columns there are.
    init(measures: Int) { self.measures = measures }

    mutating func removeAll() {
        months.removeAll(keepingCapacity: true)
        sums.removeAll(keepingCapacity: true)
        last = -1
    }

    /// The row of a month. Rows mostly come month by month, and a cadre has a dozen or two of months.
    @inline(__always)
    mutating func row(of month: Int32) -> Int {
        if last >= 0, months[last] == month { return last }
        last = months.firstIndex(of: month) ?? append(month)
        return last
    }

    private mutating func append(_ month: Int32) -> Int {
        months.append(month)
        sums.append(contentsOf: repeatElement(Sums(), count: measures))
        return months.count - 1
    }

    @inline(__always)
    mutating func add(_ more: Sums, _ row: Int, _ measure: Int) { sums[row * measures + measure] += more }

    /// The rows by month.
    var rowsByMonth: [(month: Int32, row: Int)] { zip(months, months.indices).map { ($0, $1) }.sorted { $0.month < $1.month } }

    subscript(row: Int, measure: Int) -> Sums { sums[row * measures + measure] }
}
