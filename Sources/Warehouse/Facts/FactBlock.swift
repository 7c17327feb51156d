import PipelineModel

/// Facts of neighbouring cadres, column by column, in the order of cadre, measure and month.
///
/// A fact is one entry in each of `months`, `counts`, `sums` and `squares`; a run is the facts of one cadre and measure.
struct FactBlock: Equatable {
    /// The facts of one cadre and measure.
    struct Run: Equatable {
        /// Place in `measures`.
        var measure: Int
        /// Facts, at least one.
        var length: Int
    }

    /// In the order of their first run.
    var measures: [String] = []
    /// Ascending.
    var cadres: [String] = []
    /// Of each cadre, at least one.
    var runCounts: [Int] = []
    /// Of each cadre by measure, ascending.
    var runs: [Run] = []
    /// Ascending within a run.
    var months: [Int32] = []
    /// Rows.
    var counts: [Int] = []
    /// Of values, in the measure's unit.
    var sums: [Int] = []
    /// Of values, in the square of that unit.
    var squares: [Int] = []

    /// Facts.
    var count: Int { months.count }

    /// Empties the block, and keeps its memory for the next one.
    mutating func removeAll() {
        measures.removeAll(keepingCapacity: true)
        cadres.removeAll(keepingCapacity: true)
        runCounts.removeAll(keepingCapacity: true)
        runs.removeAll(keepingCapacity: true)
        months.removeAll(keepingCapacity: true)
        counts.removeAll(keepingCapacity: true)
        sums.removeAll(keepingCapacity: true)
        squares.removeAll(keepingCapacity: true)
    }

    /// Passes the facts of the window's months, of all cadres or of some, in their order.
    func forEach(in window: MonthWindow?, of wanted: Set<String>? = nil, _ body: (MonthlyFact) throws -> Void) throws {
        let first = window?.first.index ?? .min
        let last = window?.last.index ?? .max
        var (run, place) = (0, 0)
        for (cadre, runCount) in zip(cadres, runCounts) {
            let isWanted = wanted?.contains(cadre) ?? true
            for own in runs[run..<(run + runCount)] {
                let end = place + own.length
                if isWanted {
                    let measure = measures[own.measure]
                    for fact in place..<end where first <= months[fact] && months[fact] <= last {
                        try body(
                            MonthlyFact(
                                cadreID: cadre, measure: measure, month: Month(index: months[fact]), count: counts[fact], sum: sums[fact],
                                sumOfSquares: squares[fact]))
                    }
                }
                place = end
            }
            run += runCount
        }
    }
}
