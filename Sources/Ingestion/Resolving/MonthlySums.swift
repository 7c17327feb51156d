/// What one cadre comes to: sums by measure and month, in memory that is used for one cadre after the other.
///
/// Of some hundred cells a cadre has a fifth: bits tell which, so that nobody looks at the others, or empties them.
struct MonthlySums: ~Copyable {
    private static let monthsAtFirst = 32

    private let measures: Int
    /// Of the bits of a row.
    private let words: Int
    private let capacity: Int
    private var count = 0
    /// The row that was asked for last; below zero where there is none.
    private var last = -1
    /// By row, in the order in which the months came; so are the others.
    private var months: UnsafeMutablePointer<Int32>
    /// The cells of a row by measure, all zero beyond those that were added to.
    private var cells: UnsafeMutablePointer<Sums>
    /// A bit for each measure of a row to which something was added.
    private var used: UnsafeMutablePointer<UInt64>

    /// - Parameter measures: How many columns there are.
    init(measures: Int) { self.init(measures: measures, capacity: MonthlySums.monthsAtFirst) }

    private init(measures: Int, capacity: Int) {
        (self.measures, self.capacity, words) = (measures, capacity, (measures + 63) / 64)
        months = .allocate(capacity: capacity)
        cells = .allocate(capacity: capacity * measures)
        used = .allocate(capacity: capacity * words)
        cells.initialize(repeating: Sums(), count: capacity * measures)
        used.initialize(repeating: 0, count: capacity * words)
    }

    deinit {
        months.deallocate()
        cells.deallocate()
        used.deallocate()
    }

    /// The row of a month. Rows mostly come month by month, and a cadre has a dozen or two of months.
    @inline(__always)
    mutating func row(of month: Int32) -> Int {
        if last < 0 || months[last] != month { last = find(month) }
        return last
    }

    private mutating func find(_ month: Int32) -> Int {
        for row in 0..<count where months[row] == month { return row }
        if count == capacity { grow() }
        months[count] = month
        count += 1
        return count - 1
    }

    private mutating func grow() {
        var larger = MonthlySums(measures: measures, capacity: 2 * capacity)
        larger.months.update(from: months, count: count)
        larger.cells.update(from: cells, count: count * measures)
        larger.used.update(from: used, count: count * words)
        (larger.count, larger.last) = (count, last)
        self = larger
    }

    @inline(__always)
    mutating func add(_ more: Sums, _ row: Int, _ measure: Int) {
        cells[row * measures + measure] += more
        used[row * words + measure / 64] |= 1 << UInt64(measure % 64)
    }

    /// Adds rows of which there is only a number.
    @inline(__always)
    mutating func add(count more: Int64, _ row: Int, _ measure: Int) {
        cells[row * measures + measure].count += more
        used[row * words + measure / 64] |= 1 << UInt64(measure % 64)
    }

    /// Passes what is not zero, by measure and month, and empties the table; where `body` throws, it is not to be used again.
    @inline(__always)
    mutating func drain(_ body: (_ measure: Int, _ month: Int32, Sums) throws -> Void) rethrows {
        let (months, cells, used) = (months, cells, used)
        let order = (0..<count).sorted { months[$0] < months[$1] }
        for word in 0..<words {
            var left = order.reduce(0) { $0 | used[$1 * words + word] }
            while left != 0 {
                let (bit, measure) = (left & (~left &+ 1), word * 64 + left.trailingZeroBitCount)
                for row in order where used[row * words + word] & bit != 0 {
                    let own = cells[row * measures + measure]
                    cells[row * measures + measure] = Sums()
                    if !own.isZero { try body(measure, months[row], own) }
                }
                left &= left - 1
            }
        }
        used.update(repeating: 0, count: count * words)
        (count, last) = (0, -1)
    }
}
