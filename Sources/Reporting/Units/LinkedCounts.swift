import PipelineModel
import Tables
import Warehouse

/// Counts of one unit that follow from one another, to be blanked together.
struct LinkedCounts {
    private(set) var values: [Int] = []
    private var sums: [CellSuppression.Sum] = []
    private var hidden: Set<Int> = []

    /// Adds a count and returns its place.
    ///
    /// - Parameter isHidden: Whether it is blank elsewhere, or must be for what it says beside other numbers.
    mutating func add(_ value: Int, isHidden: Bool = false) -> Int {
        values.append(value)
        if isHidden { hidden.insert(values.count - 1) }
        return values.count - 1
    }

    /// Says that one count is the sum of others.
    mutating func link(_ total: Int, to parts: [Int]) { sums.append(CellSuppression.Sum(total: total, parts: parts)) }

    /// Adds what a part leaves of a whole, which whoever sees both can work out, and returns its place.
    mutating func addRest(of whole: Int, without part: Int) -> Int {
        let rest = add(values[whole] - values[part])
        link(whole, to: [part, rest])
        return rest
    }

    /// Links each column of a table's last row to the rows above it.
    mutating func linkColumns(_ rows: [[Int]]) {
        guard let last = rows.last else { return }
        for column in last.indices { link(last[column], to: rows.dropLast().map { $0[column] }) }
    }

    /// The counts at some places, row by row, without those that stay blank.
    func blanked(_ rows: [[Int]]) -> [BlankedCounts] {
        let isHidden = CellSuppression(values: values, sums: sums, hidden: hidden).isHidden
        return rows.map { row in BlankedCounts(counts: row.map { isHidden[$0] ? nil : values[$0] }) }
    }
}

/// Counts of one line of a unit's table; those that stay blank are `nil`.
struct BlankedCounts: Equatable {
    let counts: [Int?]
    var isSuppressed: Bool { counts.contains(nil) }

    func cell(_ place: Int) -> Cell { .integer(optional: counts[place]) }

    /// One count out of another; blank where either is, and where the second is 0.
    func share(_ numerator: Int, of denominator: Int) -> Cell { measured(numerator, of: denominator).cell }

    func measured(_ numerator: Int, of denominator: Int) -> MeasuredCount {
        MeasuredCount(numerator: counts[numerator], denominator: counts[denominator])
    }
}

extension UnitNight {
    /// Whether the unit's table of measures has tonight's numerator and denominator of a measure, and leaves them blank by itself.
    func blanks(_ measure: String) -> (numerator: Bool, denominator: Bool) {
        guard let tonight = progress.first(where: { $0.measure == measure })?.tonight else { return (false, false) }
        let shown = UnitProgress.shown(tonight, beside: line)
        return (tonight.numerator != nil && shown.numerator == nil, tonight.denominator != nil && shown.denominator == nil)
    }
}

extension SummaryLine {
    /// Whether a number may not stand in the unit's tables by itself: of 1 to 4 people, or one that this line leaves blank.
    func mustHide(_ number: Int) -> Bool {
        if SummaryLine.isSmall(number) { return true }
        guard number > 0 else { return false }
        return hidesCadres && number == tally.cadres || hidesJudged && (number == tally.judged || number == tally.notJudged)
            || hidesFlagged && number == tally.flagged
    }

    /// Whether a number of the unit's people leaves out few of those in service, or few of the judged.
    func leavesFewOut(_ number: Int) -> Bool { [tally.cadres, tally.judged].contains { SummaryLine.isSmall($0 - number) } }

    /// 1 to 4.
    static func isSmall(_ number: Int) -> Bool { number > 0 && number < smallestCell }
}
