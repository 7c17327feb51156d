import PipelineModel
import Warehouse

/// Marks that a reviewer cannot have seen: what reopens an overturned flag that rests on means, behind which no single row stands.
///
/// One month of middling marks is no new fact; so it takes several months with marks since the decision, and the marks of these months together must lie on
/// the wrong side of the peers' median on an indicator that pulls the composite down.
struct NewMarks {
    private struct Sum {
        var months = 0
        var count = 0
        var sum = 0.0
    }

    private let indicators: [String: Indicator]
    private let needed: Int
    private var sums: [String: [String: Sum]] = [:]

    /// - Parameter since: By cadre, the day on which a reviewer has overturned the flag.
    init(_ pipeline: Pipeline, dossiers: [String: Dossier], since: [String: CalendarDate], in transaction: Transaction) throws {
        let means = pipeline.indicators.filter { $0.family == "mean" }
        indicators = Dictionary(means.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        needed = pipeline.reviews.newMonthsOfMarks
        let reopened = since.filter { dossiers[$0.key] != nil }
        guard let first = reopened.values.min()?.month, let last = reopened.keys.compactMap({ dossiers[$0]?.counted.last }).max(), first <= last else { return }
        let measures = Set(means.flatMap(\.measures))
        let decimals = Dictionary(try transaction.all(MeasureRecord.self).map { ($0.measure, $0.decimals) }, uniquingKeysWith: { first, _ in first })
        try transaction.forEachFact(in: MonthWindow(first: first, last: last)) { fact in
            // The month of the decision had marks that the reviewer has seen.
            guard measures.contains(fact.measure), let day = reopened[fact.cadreID], fact.month > day.month, fact.count > 0,
                dossiers[fact.cadreID]?.counted.contains(fact.month) == true
            else { return }
            var unit = 1.0
            for _ in 0..<(decimals[fact.measure] ?? 0) { unit *= 10 }
            sums[fact.cadreID, default: [:]][fact.measure, default: Sum()].months += 1
            sums[fact.cadreID, default: [:]][fact.measure, default: Sum()].count += fact.count
            sums[fact.cadreID, default: [:]][fact.measure, default: Sum()].sum += Double(fact.sum) / unit
        }
    }

    /// Whether the new marks are enough, and speak against the cadre.
    func speakAgainst(_ dossier: Dossier) -> Bool {
        dossier.negative.contains { estimate in
            guard let indicator = indicators[estimate.indicator], let measure = indicator.measures.first, let median = estimate.peerMedian,
                let sum = sums[dossier.card.cadreID]?[measure], sum.months >= needed
            else { return false }
            let mean = sum.sum / Double(sum.count)
            return indicator.moreIsBetter ? mean < median : mean > median
        }
    }
}
