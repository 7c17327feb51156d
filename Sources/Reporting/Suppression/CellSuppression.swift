/// Which cells of counts are left blank, so that no count of 1 to 4 people can be read, nor had by adding and subtracting what is left.
///
/// Cells are linked by sums: a line's total, a column's, a kind's total over its units. A small cell is blank; then, in every sum, so many others that what can
/// be subtracted is at least two cells together and not itself a small number; and last no blank cell may follow from all sums together, which is
/// asked of linear algebra. What is blanked in addition is the smallest cell that does, part before total, so that little is lost. Zeros are shown: that there is nobody is not about anybody.
///
/// - Source: Cox 1980, Journal of the American Statistical Association 75:377 (complementary suppression by lines); Willenborg & de Waal 2001, Elements of
///   Statistical Disclosure Control, chapter 5.
struct CellSuppression {
    /// One total and its parts, by the cells' places.
    struct Sum {
        let total: Int
        let parts: [Int]
        var cells: [Int] { [total] + parts }
    }

    private let values: [Int]
    private let sums: [Sum]
    private let published: Set<Int>
    /// By place: whether the cell is blank.
    private(set) var isHidden: [Bool]

    /// - Parameters:
    ///   - values: Counts, ≥ 0.
    ///   - sums: Each total is the sum of its parts.
    ///   - hidden: Cells that are blank elsewhere already.
    ///   - published: Cells that are shown elsewhere, so that blanking them would hide nothing.
    ///   - smallest: Counts from 1 up to one less are small.
    init(values: [Int], sums: [Sum], hidden: Set<Int> = [], published: Set<Int> = [], smallest: Int = SummaryLine.smallestCell) {
        self.values = values
        self.sums = sums
        self.published = published
        isHidden = values.indices.map { hidden.contains($0) || (values[$0] > 0 && values[$0] < smallest && !published.contains($0)) }
        repeat {
            while blankWithinSums(smallest) {}
        } while blankAcrossSums()
    }

    /// Blanks one more cell of each sum in which a blank one, or a small number of people, would follow; whether there was any.
    private mutating func blankWithinSums(_ smallest: Int) -> Bool {
        var hasChanged = false
        for sum in sums {
            let parts = sum.parts.filter { isHidden[$0] }
            let isOpen: Bool
            if isHidden[sum.total] {
                isOpen = parts.isEmpty
            } else {
                // The parts together are known: one alone is given away, and so are few people in several.
                isOpen = !parts.isEmpty && (parts.count == 1 || parts.reduce(0) { $0 + values[$1] } < smallest)
            }
            guard isOpen, let other = candidate(in: sum) else { continue }
            isHidden[other] = true
            hasChanged = true
        }
        return hasChanged
    }

    /// The smallest part that is still shown and not zero, else the total, else a zero; the first of several alike.
    private func candidate(in sum: Sum) -> Int? {
        let shown = sum.parts.filter { !isHidden[$0] && !published.contains($0) }
        if let part = shown.filter({ values[$0] > 0 }).min(by: { (values[$0], $0) < (values[$1], $1) }) { return part }
        if !isHidden[sum.total], !published.contains(sum.total) { return sum.total }
        return shown.first
    }

    /// Blanks one more cell beside a blank one that all sums together give away; whether there was any.
    private mutating func blankAcrossSums() -> Bool {
        let given = LinearDisclosure(sums: sums, isHidden: isHidden).given
        for cell in given {
            for sum in sums where sum.cells.contains(cell) {
                guard let other = candidate(in: sum) else { continue }
                isHidden[other] = true
                return true
            }
        }
        // Where nothing is left to blank, everything that is linked to the cell is blank already, and the cell is a total that stands alone.
        return false
    }
}

/// Which blank cells follow from the shown ones by any adding and subtracting of sums.
struct LinearDisclosure {
    /// Places of the blank cells that follow, ascending.
    let given: [Int]

    /// - Complexity: Sums of few blank cells each, as tables have them, are eliminated in about linear time.
    init(sums: [CellSuppression.Sum], isHidden: [Bool]) {
        // Each row: the blank cells of one sum with their signs; what is shown is known, so only the left side matters.
        var pivots: [Int: [Int: Double]] = [:]
        for sum in sums {
            var row: [Int: Double] = [:]
            if isHidden[sum.total] { row[sum.total, default: 0] -= 1 }
            for part in sum.parts where isHidden[part] { row[part, default: 0] += 1 }
            row = row.filter { $0.value != 0 }
            while let place = row.keys.filter({ pivots[$0] != nil }).min(), let pivot = pivots[place], let factor = row[place] {
                LinearDisclosure.subtract(pivot, times: factor, from: &row)
            }
            guard let place = row.keys.min(), let lead = row[place] else { continue }
            row = row.mapValues { $0 / lead }
            for (other, reduced) in pivots {
                guard let factor = reduced[place] else { continue }
                var reduced = reduced
                LinearDisclosure.subtract(row, times: factor, from: &reduced)
                pivots[other] = reduced
            }
            pivots[place] = row
        }
        given = pivots.filter { $0.value.count == 1 }.keys.sorted()
    }

    private static func subtract(_ row: [Int: Double], times factor: Double, from other: inout [Int: Double]) {
        for (place, coefficient) in row {
            let value = (other[place] ?? 0) - factor * coefficient
            // Signs and small whole numbers: what is left by rounding is nothing.
            other[place] = value.magnitude < 1e-9 ? nil : value
        }
    }
}
