/// Who rated whom, target by target and of each by rater, as columns: of ten million cells it is memory that takes the time.
///
/// A cell takes 12 bytes while each is a single value, and 20 otherwise.
public struct RatingTable: Sendable {
    /// Where the cells of each target end; they start where those of the one before end.
    private(set) var ends: [Int] = []
    /// Of each cell, ascending within a target.
    private(set) var raters: [Int32] = []
    /// Values of each cell; empty while each is one.
    private(set) var counts: [Double] = []
    /// Of the values of each cell.
    private(set) var sums: [Double] = []
    /// Of the values of the last cell, which may still grow.
    private var lastSquares = 0.0
    /// Σ (value − its cell's mean)² of the cells before the last.
    private var withinBefore = 0.0

    /// A table without cells.
    ///
    /// - Parameter cells: How many there will be, where that is known.
    public init(reserving cells: Int = 0) {
        raters.reserveCapacity(cells)
        sums.reserveCapacity(cells)
    }

    /// The table of cells in any order; several cells of one target and rater count as one.
    ///
    /// - Throws: `StatisticsError.outsideDomain` for a target or a rater that is not below their number, and as `append`.
    init(_ cells: [RatingCell], targets: Int, raters: Int) throws(StatisticsError) {
        // Millions of cells that come in order are not copied to be sorted.
        let isAscending = !zip(cells, cells.dropFirst()).contains { Self.precedes($1, $0) }
        self.init(reserving: cells.count)
        for cell in isAscending ? cells : cells.sorted(by: Self.precedes) {
            guard (0..<targets).contains(cell.target) else { throw .outsideDomain(parameter: "target", value: Double(cell.target)) }
            guard (0..<raters).contains(cell.rater) else { throw .outsideDomain(parameter: "rater", value: Double(cell.rater)) }
            while ends.count < cell.target { endTarget() }
            try append(rater: cell.rater, count: cell.count, sum: cell.sum, sumOfSquares: cell.sumOfSquares)
        }
        while ends.count < targets { endTarget() }
    }

    /// One table of several: of each target the cells that any has, those of an earlier table first.
    ///
    /// - Parameters:
    ///   - tables: Each with the place in the new table that each of its targets takes.
    ///   - targets: How many the new table has.
    /// - Precondition: Of one target, raters of a later table come after those of an earlier one.
    public init(joining tables: [(marks: RatingTable, targets: [Int])], targets: Int) {
        self.init(reserving: tables.reduce(0) { $0 + $1.marks.raters.count })
        var parts = [[(table: Int, target: Int)]](repeating: [], count: targets)
        for (table, own) in tables.enumerated() {
            for (target, place) in own.targets.enumerated() { parts[place].append((table, target)) }
        }
        for own in parts {
            for part in own {
                let table = tables[part.table].marks
                for place in table.cells(of: part.target) {
                    let count = table.counts.isEmpty ? 1 : table.counts[place]
                    precondition(raters.count == ends.last ?? 0 || raters[raters.count - 1] < table.raters[place], "raters of two tables overlap")
                    add(table.raters[place], count: count, sum: table.sums[place], sumOfSquares: table.sums[place] * (table.sums[place] / count))
                }
            }
            endTarget()
        }
        // What is lost with the squares of each cell is known of all together.
        (withinBefore, lastSquares) = (tables.reduce(0) { $0 + $1.marks.within }, 0)
    }

    /// So that no order of the input changes a sum.
    private static func precedes(_ left: RatingCell, _ right: RatingCell) -> Bool {
        if left.target != right.target { return left.target < right.target }
        if left.rater != right.rater { return left.rater < right.rater }
        if left.count != right.count { return left.count < right.count }
        return left.sum != right.sum ? left.sum < right.sum : left.sumOfSquares < right.sumOfSquares
    }

    /// Adds what a rater gave the next target; more of the rater before is added to its cell.
    ///
    /// - Parameters:
    ///   - rater: Place of the rater, from 0; of one target ascending.
    ///   - count: Values, > 0.
    /// - Throws: `StatisticsError.outsideDomain`, for a rater that does not ascend too.
    public mutating func append(rater: Int, count: Double, sum: Double, sumOfSquares: Double) throws(StatisticsError) {
        guard let exact = Int32(exactly: rater), exact >= 0 else { throw .outsideDomain(parameter: "rater", value: Double(rater)) }
        guard count > 0, count.isFinite else { throw .outsideDomain(parameter: "count", value: count) }
        guard sum.isFinite else { throw .outsideDomain(parameter: "sum", value: sum) }
        guard sumOfSquares >= 0, sumOfSquares.isFinite else { throw .outsideDomain(parameter: "sumOfSquares", value: sumOfSquares) }
        if raters.count > ends.last ?? 0, let last = raters.last, exact < last { throw .outsideDomain(parameter: "rater", value: Double(rater)) }
        add(exact, count: count, sum: sum, sumOfSquares: sumOfSquares)
    }

    /// Adds a single value of a rater.
    ///
    /// - Precondition: The rater comes after the one before, or is the same; the value is finite.
    public mutating func append(rater: Int32, value: Double) {
        precondition(value.isFinite && (raters.count == ends.last ?? 0 || raters[raters.count - 1] <= rater), "a rating out of order, or none")
        add(rater, count: 1, sum: value, sumOfSquares: value * value)
    }

    /// Adds the targets of another table after those of this one.
    ///
    /// - Parameters:
    ///   - later: Of which every target has ended, as of this one.
    ///   - first: What is added to the places of its raters,
    ///   - bound: which are below this.
    /// - Throws: `StatisticsError.outsideDomain` where a rater's place becomes too large.
    public mutating func append(_ later: RatingTable, firstRater first: Int, ratersBelow bound: Int) throws(StatisticsError) {
        precondition(raters.count == ends.last ?? 0 && later.raters.count == later.ends.last ?? 0, "a target has not ended")
        guard let exact = Int32(exactly: first), exact >= 0, bound <= Int(Int32.max - exact) else {
            throw .outsideDomain(parameter: "rater", value: Double(first))
        }
        // What is lost with the squares of each cell is known of all together.
        (withinBefore, lastSquares) = (within + later.within, 0)
        if !counts.isEmpty || !later.counts.isEmpty {
            beginCounting()
            counts.append(contentsOf: later.counts.isEmpty ? [Double](repeating: 1, count: later.sums.count) : later.counts)
        }
        let cells = raters.count
        raters.append(contentsOf: later.raters)
        if exact > 0 {
            raters.withUnsafeMutableBufferPointer { raters in
                for place in cells..<raters.count { raters[place] += exact }
            }
        }
        sums.append(contentsOf: later.sums)
        ends.append(contentsOf: later.ends.lazy.map { $0 + cells })
    }

    /// Adds values of a rater who is the last one, or comes after.
    @inline(__always)
    private mutating func add(_ rater: Int32, count: Double, sum: Double, sumOfSquares: Double) {
        if raters.count > ends.last ?? 0, raters.last == rater {
            beginCounting()
            counts[counts.count - 1] += count
            sums[sums.count - 1] += sum
            lastSquares += sumOfSquares
            return
        }
        withinBefore = within
        if count != 1 { beginCounting() }
        if count != 1 || !counts.isEmpty { counts.append(count) }
        raters.append(rater)
        sums.append(sum)
        lastSquares = sumOfSquares
    }

    /// From the first cell on that is no single value, each has its count.
    private mutating func beginCounting() {
        guard counts.isEmpty else { return }
        // As many as the sums have room for: what is not used takes no memory, and growing would take twice as much for a while.
        counts.reserveCapacity(sums.capacity)
        counts.append(contentsOf: repeatElement(1, count: sums.count))
    }

    /// Ends the target that cells were added to, or one without any, and begins the next.
    public mutating func endTarget() { ends.append(raters.count) }

    /// Targets that have ended.
    public var targets: Int { ends.count }

    /// Raters with a cell of a target.
    public func raters(of target: Int) -> Int { cells(of: target).count }

    private func cells(of target: Int) -> Range<Int> { (target == 0 ? 0 : ends[target - 1])..<ends[target] }

    /// Whether there is no cell at all.
    public var isEmpty: Bool { raters.isEmpty }

    /// How many raters there must be at least: one more than the last one's place.
    public var raterBound: Int { raters.max().map { Int($0) + 1 } ?? 0 }

    /// Σ (value − its cell's mean)².
    var within: Double {
        guard let sum = sums.last else { return 0 }
        return withinBefore + max(0, lastSquares - sum * (sum / (counts.last ?? 1)))
    }

    /// A table of groups of targets, each taken as one; of several cells of a rater there the order changes nothing.
    ///
    /// - Parameter groups: Places of targets.
    /// - Precondition: Each cell is a single value, because the squares of several are not kept.
    public func pooled(_ groups: [[Int]]) -> RatingTable {
        precondition(counts.isEmpty, "a cell of several values does not say what their squares are")
        var pooled = RatingTable(reserving: groups.reduce(0) { sum, group in sum + group.reduce(0) { $0 + self.cells(of: $1).count } })
        var cells = SingleCells(raters: raterBound)
        for group in groups {
            cells.removeAll()
            for target in group {
                for place in self.cells(of: target) { cells.append(raters[place], sums[place]) }
            }
            cells.sort()
            for cell in cells.all { pooled.add(cell.rater, count: 1, sum: cell.value, sumOfSquares: cell.value * cell.value) }
            pooled.endTarget()
        }
        return pooled
    }
}
