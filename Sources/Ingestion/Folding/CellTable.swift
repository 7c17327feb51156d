/// Counts, sums and sums of squares by target, measure, month and day: one line per target, month and day, one column per measure.
///
/// As a sequence it gives each cell that is not zero, in the order in which the lines came.
struct CellTable: Sendable {
    private struct Column: Sendable {
        /// Of up to two thousand million rows.
        var counts: [Int32] = []
        /// Empty as long as every sum is zero: most measures only count.
        var sums: [Int64] = []
        var squares: [Int64] = []

        mutating func reach(_ lines: Int) {
            if counts.count < lines { counts.append(contentsOf: repeatElement(0, count: lines - counts.count)) }
        }

        @inline(__always)
        mutating func add(_ more: Sums, at line: Int) {
            if counts.count <= line { reach(line + 1) }
            counts[line] &+= Int32(truncatingIfNeeded: more.count)
            if more.sum == 0, more.sumOfSquares == 0 { return }
            if sums.count <= line {
                sums.append(contentsOf: repeatElement(0, count: line + 1 - sums.count))
                squares.append(contentsOf: repeatElement(0, count: line + 1 - squares.count))
            }
            sums[line] += more.sum
            squares[line] += more.sumOfSquares
        }

        func value(at line: Int) -> Sums {
            guard line < counts.count else { return Sums() }
            return line < sums.count ? Sums(count: Int64(counts[line]), sum: sums[line], sumOfSquares: squares[line]) : Sums(count: Int64(counts[line]))
        }
    }

    private var lines = PlaceTable()
    private var columns: [Column] = []

    /// The line of a cell, whatever its measure.
    @inline(__always)
    mutating func line(target: Int32, month: Int32, day: Int32) -> Int {
        lines.place(PlaceTable.Key(first: target, second: month, third: day)).place
    }

    @inline(__always)
    mutating func add(_ sums: Sums, measure: Int, at line: Int) {
        while columns.count <= measure { columns.append(Column()) }
        columns[measure].add(sums, at: line)
    }

    /// Adds another table whose targets have other places.
    ///
    /// - Returns: Where each line of the other one is in this one.
    mutating func merge(_ other: CellTable, targets: [Int32]) -> [Int32] {
        combine(other, targets) { $0 }
    }

    /// Takes another table away, whose targets have other places.
    ///
    /// - Returns: Where each line of the other one is in this one.
    mutating func subtract(_ other: CellTable, targets: [Int32]) -> [Int32] {
        combine(other, targets) { Sums(count: -$0.count, sum: -$0.sum, sumOfSquares: -$0.sumOfSquares) }
    }

    private mutating func combine(_ other: CellTable, _ targets: [Int32], _ meant: (Sums) -> Sums) -> [Int32] {
        var moved: [Int32] = []
        moved.reserveCapacity(other.lines.count)
        for key in other.lines.keys {
            moved.append(Int32(truncatingIfNeeded: line(target: targets[Int(key.first)], month: key.second, day: key.third)))
        }
        for (measure, column) in other.columns.enumerated() {
            for line in column.counts.indices {
                let sums = column.value(at: line)
                if !sums.isZero { add(meant(sums), measure: measure, at: Int(moved[line])) }
            }
        }
        return moved
    }

    /// Whether every cell is zero.
    var isEmpty: Bool { first { _ in true } == nil }

    /// How many lines there are, those of which every cell is zero among them.
    var lineCount: Int { lines.count }

    /// How many measures have a column.
    var measureCount: Int { columns.count }

    /// What a measure comes to in a line; zero where nothing was added.
    func sums(_ line: Int, measure: Int) -> Sums { columns[measure].value(at: line) }

    func month(of line: Int) -> Int32 { lines.keys[line].second }

    func targetDay(of line: Int) -> FactPartial.TargetDay { FactPartial.TargetDay(target: lines.keys[line].first, day: lines.keys[line].third) }

    /// The cell of a line and a measure.
    func cell(_ line: Int, measure: Int) -> FactPartial.Cell {
        let key = lines.keys[line]
        return FactPartial.Cell(target: key.first, measure: Int32(truncatingIfNeeded: measure), month: key.second, day: key.third)
    }
}

extension CellTable: Sequence {
    func makeIterator() -> AnyIterator<(FactPartial.Cell, Sums)> {
        var (line, measure) = (0, 0)
        return AnyIterator {
            while line < lines.count {
                let (here, now) = (line, measure)
                measure += 1
                if measure >= columns.count { (line, measure) = (line + 1, 0) }
                guard now < columns.count else { continue }
                let sums = columns[now].value(at: here)
                if !sums.isZero { return (cell(here, measure: now), sums) }
            }
            return nil
        }
    }
}
