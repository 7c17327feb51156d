import PipelineModel
import Statistics
import Warehouse

/// The marks of one measure over the months of a window, as cells of a rater and a target.
///
/// A member is a target in the counted months. The same cadre in other months of the window's span, and whoever is no member, are targets of their own:
/// nothing is judged of them, but the raters who met them show there how severe they are.
struct RatedMarks {
    /// Ascending by target and rater, each pair once, where one source makes the measure.
    private(set) var cells: [RatingCell] = []
    /// Sum of the marks, by target.
    private(set) var sums: [Double] = []
    private(set) var raters = 0
    /// By member; `nil` for one without a mark that names its rater.
    private(set) var targetOfMember: [Int?]
    /// By rater: how many targets it met.
    private var met: [Int] = []

    /// Marks of the cadre that is being read.
    private struct Mark {
        let isCounted: Bool
        let rater: Int
        var count: Int
        var sum: Int
        var squares: Int
    }

    private var marks: [Mark] = []
    /// By a rater's number within the source: the place among all raters.
    private var places: [Int?] = []

    /// Reads the cells in one pass, cadre by cadre.
    ///
    /// - Parameter unit: 10 to the power of the measure's decimals.
    init(of measure: String, unit: Double, members: [Member], in transaction: Transaction) throws {
        targetOfMember = [Int?](repeating: nil, count: members.count)
        let counted = members.map(\.candidate.counted)
        guard let first = counted.map(\.first).min(), let last = counted.map(\.last).max() else { return }
        let slots = Dictionary(uniqueKeysWithValues: members.enumerated().map { ($1.candidate.cadreID, $0) })
        var (source, cadre) = ("", "")
        var slot: Int?
        try transaction.forEachRating(of: measure, in: MonthWindow(first: first, last: last)) { cell in
            if cell.cadreID != cadre || cell.source != source {
                close(slot, unit: unit)
                if cell.source != source { places = [] }
                (source, cadre) = (cell.source, cell.cadreID)
                slot = slots[cadre]
            }
            let isCounted = slot.map { counted[$0].contains(cell.month) } ?? false
            marks.append(Mark(isCounted: isCounted, rater: place(of: cell.rater), count: cell.count, sum: cell.sum, squares: cell.sumOfSquares))
        }
        close(slot, unit: unit)
    }

    /// Raters who met at least two targets: the others tell nothing of how raters differ.
    var comparingRaters: Int { met.count { $0 > 1 } }

    private mutating func place(of number: Int) -> Int {
        while places.count <= number { places.append(nil) }
        if let known = places[number] { return known }
        places[number] = raters
        met.append(0)
        raters += 1
        return raters - 1
    }

    /// Adds the cells of one cadre; those of several months of a rater are one.
    private mutating func close(_ slot: Int?, unit: Double) {
        guard !marks.isEmpty else { return }
        defer { marks.removeAll(keepingCapacity: true) }
        marks.sort { $0.isCounted != $1.isCounted ? $0.isCounted : $0.rater < $1.rater }
        var (target, isCounted): (Int, Bool?) = (0, nil)
        var index = 0
        while index < marks.count {
            var mark = marks[index]
            index += 1
            while index < marks.count, marks[index].isCounted == mark.isCounted, marks[index].rater == mark.rater {
                mark.count += marks[index].count
                mark.sum += marks[index].sum
                mark.squares += marks[index].squares
                index += 1
            }
            if mark.isCounted != isCounted {
                isCounted = mark.isCounted
                let known = slot.flatMap { mark.isCounted ? targetOfMember[$0] : nil }
                target = known ?? sums.count
                if known == nil { sums.append(0) }
                if let slot, mark.isCounted { targetOfMember[slot] = target }
            }
            let sum = Double(mark.sum) / unit
            sums[target] += sum
            met[mark.rater] += 1
            cells.append(
                RatingCell(target: target, rater: mark.rater, count: Double(mark.count), sum: sum, sumOfSquares: Double(mark.squares) / (unit * unit)))
        }
    }
}
