package import PipelineModel

/// Facts of neighbouring cadres, in the order of cadre, measure and month; a run is the facts of one cadre and measure.
package struct FactBlock: Equatable, Sendable {
    /// What a month comes to.
    package struct Fact: Equatable, Sendable {
        /// Ascending within a run.
        package var month: Int32
        /// Rows.
        package var count: Int
        /// Of values, in the measure's unit.
        package var sum: Int
        /// Of values, in the square of that unit.
        package var squares: Int
    }

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
    /// Run after run.
    package internal(set) var facts: [Fact] = []

    package var count: Int { facts.count }

    /// Empties the block, and keeps its memory for the next one.
    mutating func removeAll() {
        measures.removeAll(keepingCapacity: true)
        cadres.removeAll(keepingCapacity: true)
        runCounts.removeAll(keepingCapacity: true)
        runs.removeAll(keepingCapacity: true)
        facts.removeAll(keepingCapacity: true)
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
                    for fact in facts[place..<end] where first <= fact.month && fact.month <= last {
                        try body(MonthlyFact(fact, of: cadre, measure))
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
        var found: [MonthlyFact] = []
        var (run, place) = (0, 0)
        for (cadre, runCount) in zip(cadres, runCounts) {
            for own in runs[run..<(run + runCount)] {
                let places = place..<(place + own.length)
                place = places.upperBound
                guard own.measure == wanted else { continue }
                for fact in facts[places] where window.first.index <= fact.month && fact.month <= window.last.index {
                    found.append(MonthlyFact(fact, of: cadre, measure))
                }
            }
            run += runCount
        }
        return found
    }
}

extension MonthlyFact {
    fileprivate init(_ fact: FactBlock.Fact, of cadreID: String, _ measure: String) {
        self.init(cadreID: cadreID, measure: measure, month: Month(index: fact.month), count: fact.count, sum: fact.sum, sumOfSquares: fact.squares)
    }
}
