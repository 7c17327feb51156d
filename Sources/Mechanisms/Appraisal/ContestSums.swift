import PipelineModel
import Warehouse

/// The months of some measures, added up by unit: each cadre's month counts for the unit in which the cadre served on its last day.
///
/// What fault tolerance or a filed reform risk takes out of a member's score is taken out of the unit's sums too.
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
        func unit(of cadreID: String, in month: Month) -> String? {
            if cadreID != cadre { (cadre, units) = (cadreID, [:]) }
            let unit = units[month] ?? night.unit(of: cadreID, on: month.lastDay)
            units[month] = .some(unit)
            return unit
        }
        try night.transaction.forEachFact(in: window) { fact in
            guard measures.contains(fact.measure), let unit = unit(of: fact.cadreID, in: fact.month) else { return }
            sums[fact.measure, default: [:]][unit, default: [:]][fact.month, default: Sums()].add(fact)
        }
        try night.forEachClearedRow { cadreID, increments in
            for increment in increments where measures.contains(increment.measure) && window.contains(increment.month) {
                guard let unit = unit(of: cadreID, in: increment.month) else { continue }
                subtract(increment, unit: unit)
            }
        }
    }

    /// Takes one row's share out; a month without rows, and a unit without months, are as if they had never been.
    private mutating func subtract(_ increment: EvidenceIncrement, unit: String) {
        guard var rest = sums[increment.measure]?[unit]?[increment.month] else { return }
        rest.count -= increment.count
        rest.sum -= increment.sum
        rest.squares -= increment.sumOfSquares
        sums[increment.measure]?[unit]?[increment.month] = rest.count > 0 ? rest : nil
        if sums[increment.measure]?[unit]?.isEmpty == true { sums[increment.measure]?[unit] = nil }
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
