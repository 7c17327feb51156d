package import PipelineModel

/// Facts of neighbouring cadres, column by column, in the order of cadre, measure and month.
///
/// A fact is one entry in each of `months`, `counts`, `sums` and `squares`; a run is the facts of one cadre and measure.
package struct FactBlock: Equatable, Sendable {
    /// The facts of one cadre and measure.
    package struct Run: Equatable, Sendable {
        /// Place in `measures`.
        package internal(set) var measure: Int
        /// Facts, at least one.
        package internal(set) var length: Int
    }

    /// In the order of their first run.
    package internal(set) var measures: [String] = []
    /// Ascending.
    package internal(set) var cadres: [String] = []
    /// Of each cadre, at least one.
    package internal(set) var runCounts: [Int] = []
    /// Of each cadre by measure, ascending.
    package internal(set) var runs: [Run] = []
    /// Ascending within a run.
    package internal(set) var months: [Int32] = []
    /// Rows.
    package internal(set) var counts: [Int] = []
    /// Of values, in the measure's unit.
    package internal(set) var sums: [Int] = []
    /// Of values, in the square of that unit.
    package internal(set) var squares: [Int] = []

    /// Facts.
    package var count: Int { months.count }

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

    /// The facts of one measure and a window's months, by cadre and month.
    package func facts(of measure: String, in window: MonthWindow) -> [MonthlyFact] {
        guard let wanted = measures.firstIndex(of: measure) else { return [] }
        var facts: [MonthlyFact] = []
        var (run, place) = (0, 0)
        for (cadre, runCount) in zip(cadres, runCounts) {
            for own in runs[run..<(run + runCount)] {
                let places = place..<(place + own.length)
                place = places.upperBound
                guard own.measure == wanted else { continue }
                for fact in places where window.first.index <= months[fact] && months[fact] <= window.last.index {
                    facts.append(
                        MonthlyFact(
                            cadreID: cadre, measure: measure, month: Month(index: months[fact]), count: counts[fact], sum: sums[fact],
                            sumOfSquares: squares[fact]))
                }
            }
            run += runCount
        }
        return facts
    }
}
