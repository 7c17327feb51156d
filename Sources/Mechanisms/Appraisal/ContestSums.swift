import PipelineModel
import Warehouse

/// The months of some measures, added up by unit: each cadre's month counts for the unit in which the cadre served on its last day.
struct ContestSums {
    /// Count, sum and sum of squares of one month.
    struct Sums {
        var count = 0
        var sum = 0
        var squares = 0
    }

    /// By measure, unit and month.
    private var sums: [String: [String: [Month: Sums]]] = [:]
    /// Decimals of each measure that tonight's sources make.
    private let decimals: [String: Int]

    init(_ measures: Set<String>, window: MonthWindow, _ night: TrackNight) throws {
        decimals = Dictionary(try night.transaction.all(MeasureRecord.self).map { ($0.measure, $0.decimals) }, uniquingKeysWith: { first, _ in first })
        var units: [Month: String?] = [:]
        var cadre = ""
        try night.transaction.forEachFact(in: window) { fact in
            guard measures.contains(fact.measure) else { return }
            if fact.cadreID != cadre { (cadre, units) = (fact.cadreID, [:]) }
            let unit = units[fact.month] ?? night.unit(of: fact.cadreID, on: fact.month.lastDay)
            units[fact.month] = .some(unit)
            guard let unit else { return }
            sums[fact.measure, default: [:]][unit, default: [:]][fact.month, default: Sums()].add(fact)
        }
    }

    /// Whether a source that makes the measure was read tonight: only then is "no row" a zero.
    func isKnown(_ measure: String) -> Bool { decimals[measure] != nil }

    /// Units that have any row of a measure.
    func units(_ measure: String) -> Set<String> { Set((sums[measure] ?? [:]).keys) }

    /// By month, ascending, so that no order of rows changes a sum.
    func months(_ measure: String, _ unit: String) -> [(month: Month, sums: Sums)] {
        (sums[measure]?[unit] ?? [:]).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// All months together.
    func total(_ measure: String, _ unit: String) -> Sums {
        months(measure, unit).reduce(into: Sums()) { total, entry in
            total.count += entry.sums.count
            total.sum += entry.sums.sum
            total.squares += entry.sums.squares
        }
    }

    /// 10 to the power of the measure's decimals: what its sums are divided by.
    func scale(of measure: String) -> Double { (0..<(decimals[measure] ?? 0)).reduce(1) { power, _ in power * 10 } }
}

extension ContestSums.Sums {
    fileprivate mutating func add(_ fact: MonthlyFact) {
        count += fact.count
        sum += fact.sum
        squares += fact.sumOfSquares
    }
}
