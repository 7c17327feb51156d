import PipelineModel
import Warehouse

/// The months of some measures, added up by unit: each cadre's month counts for the unit in which the cadre served on its last day.
///
/// What fault tolerance or a filed reform risk takes out of a member's score is taken out of the unit's sums too.
struct ContestSums {
    /// Count, sum and sum of squares of one month.
    struct Sums: Sendable {
        var count = 0
        var sum = 0
        var squares = 0
        /// Facts; a month without any has no sums.
        fileprivate var facts = 0
    }

    private let served: UnitsByMonth
    private let places: ContestPlaces
    /// By unit, measure and month.
    private var sums: [Sums]
    private let unitPlaces: [String: Int]
    /// Decimals of each measure that tonight's sources make.
    private let decimals: [String: Int]

    init(_ measures: Set<String>, window: MonthWindow, _ night: TrackNight) throws {
        decimals = Dictionary(try night.transaction.all(MeasureRecord.self).map { ($0.measure, $0.decimals) }, uniquingKeysWith: { first, _ in first })
        let served = UnitsByMonth(window, night.history)
        let places = ContestPlaces(measures, window: window)
        (self.served, self.places) = (served, places)
        unitPlaces = Dictionary(uniqueKeysWithValues: served.units.enumerated().map { ($1, $0) })
        sums = [Sums](repeating: Sums(), count: served.units.count * places.count)
        let fold = ContestFold(served: served, places: places)
        try night.transaction.mapFacts(threads: night.threads, fold.sums) { found in
            for (unit, own) in found {
                let start = unit * places.count
                for place in own.indices where own[place].facts > 0 { sums[start + place].add(own[place]) }
            }
        }
        try night.forEachClearedRow { cadreID, increments in
            let units = served.places(of: cadreID)
            for increment in increments {
                guard let measure = places.measures[increment.measure], let month = places.place(of: increment.month), let unit = units[month] else {
                    continue
                }
                subtract(increment, unit: unit, at: measure + month)
            }
        }
    }

    /// Takes one row's share out; a month without rows is as if it had never been.
    private mutating func subtract(_ increment: EvidenceIncrement, unit: Int, at place: Int) {
        let place = unit * places.count + place
        guard sums[place].facts > 0 else { return }
        sums[place].count -= increment.count
        sums[place].sum -= increment.sum
        sums[place].squares -= increment.sumOfSquares
        if sums[place].count <= 0 { sums[place] = Sums() }
    }

    /// Whether a source that makes the measure was read tonight: only then is "no row" a zero.
    func isKnown(_ measure: String) -> Bool { decimals[measure] != nil }

    /// Units that have any row of a measure, ascending.
    func units(_ measure: String) -> [String] { served.units.filter { !months(measure, $0).isEmpty } }

    /// By month, ascending, so that no order of rows changes a sum.
    func months(_ measure: String, _ unit: String) -> [(month: Month, sums: Sums)] {
        guard let unit = unitPlaces[unit], let first = places.measures[measure] else { return [] }
        let own = sums[(unit * places.count + first)...].prefix(places.months.count)
        return zip(places.months, own).filter { $1.facts > 0 }
    }

    /// All months together.
    func total(_ measure: String, _ unit: String) -> Sums {
        months(measure, unit).reduce(into: Sums()) { total, entry in total.add(entry.sums) }
    }

    /// 10 to the power of the measure's decimals: what its sums are divided by.
    func scale(of measure: String) -> Double { (0..<(decimals[measure] ?? 0)).reduce(1) { power, _ in power * 10 } }
}

extension ContestSums.Sums {
    fileprivate mutating func add(_ other: ContestSums.Sums) {
        count += other.count
        sum += other.sum
        squares += other.squares
        facts += other.facts
    }
}

/// Where the sums of a unit's measures and months lie: of each measure one month after the other.
private struct ContestPlaces: Sendable {
    /// Where the months of each measure begin.
    let measures: [String: Int]
    let months: [Month]
    private let window: MonthWindow

    init(_ measures: Set<String>, window: MonthWindow) {
        let months = window.months
        self.measures = Dictionary(uniqueKeysWithValues: measures.sorted().enumerated().map { ($1, $0 * months.count) })
        (self.months, self.window) = (months, window)
    }

    /// Sums of a unit.
    var count: Int { measures.count * months.count }

    /// Of a month among the months; `nil` outside the window.
    func place(of month: Month) -> Int? { window.contains(month) ? Int(month.index - window.first.index) : nil }
}

/// Adds up the facts of some cadres by unit; on several threads, because sums of whole numbers are the same in any order.
private struct ContestFold: Sendable {
    let served: UnitsByMonth
    let places: ContestPlaces

    /// What a block adds to each unit that it speaks of.
    func sums(of block: FactBlock) -> [(unit: Int, sums: [ContestSums.Sums])] {
        let starts = block.measures.map { places.measures[$0] }
        guard starts.contains(where: { $0 != nil }) else { return [] }
        var slots = [Int](repeating: -1, count: served.units.count)
        var (units, sums): ([Int], [ContestSums.Sums]) = ([], [])
        var (run, next) = (0, 0)
        for (cadreID, runCount) in zip(block.cadres, block.runCounts) {
            let unitOf = served.places(of: cadreID)
            for own in block.runs[run..<(run + runCount)] {
                let facts = next..<(next + own.length)
                next = facts.upperBound
                guard let start = starts[own.measure] else { continue }
                for fact in block.facts[facts] {
                    guard let month = places.place(of: Month(index: fact.month)), let unit = unitOf[month] else { continue }
                    if slots[unit] < 0 {
                        slots[unit] = sums.count
                        units.append(unit)
                        sums.append(contentsOf: repeatElement(ContestSums.Sums(), count: places.count))
                    }
                    sums[slots[unit] + start + month].add(ContestSums.Sums(count: fact.count, sum: fact.sum, squares: fact.squares, facts: 1))
                }
            }
            run += runCount
        }
        return units.enumerated().map { ($1, Array(sums[($0 * places.count)..<(($0 + 1) * places.count)])) }
    }
}
