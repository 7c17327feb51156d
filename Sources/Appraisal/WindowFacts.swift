import PipelineModel
import Statistics
import Warehouse

/// The facts of the judged cadres over their counted months, before any protection.
struct WindowFacts {
    private var totals: [Moments]
    private let measureCount: Int
    /// Decimals of each measure that tonight's sources make; `nil` for one whose source is missing.
    private let decimals: [Int?]

    /// Reads the window's facts once, whatever the number of cadres.
    init(of members: [Member], plans: SchemePlans, in transaction: Transaction) throws {
        measureCount = plans.measures.count
        var known = [Int?](repeating: nil, count: plans.measures.count)
        for record in try transaction.all(MeasureRecord.self) {
            if let number = plans.numbers[record.measure] { known[number] = record.decimals }
        }
        decimals = known
        totals = [Moments](repeating: Moments(), count: members.count * plans.measures.count)
        let spans = members.map(\.candidate.counted)
        guard let first = spans.map(\.first).min(), let last = spans.map(\.last).max() else { return }

        let slots = Dictionary(uniqueKeysWithValues: members.enumerated().map { ($1.candidate.cadreID, $0) })
        // Facts come by cadre, then measure: most rows have those of the row before.
        var (cadre, slot): (String, Int?) = ("", nil)
        var (measure, number): (String, Int?) = ("", nil)
        try transaction.forEachFact(in: MonthWindow(first: first, last: last)) { fact in
            if fact.cadreID != cadre { (cadre, slot) = (fact.cadreID, slots[fact.cadreID]) }
            guard let slot, spans[slot].contains(fact.month) else { return }
            if fact.measure != measure { (measure, number) = (fact.measure, plans.numbers[fact.measure]) }
            guard let number else { return }
            guard totals[slot * measureCount + number].add(Moments(count: fact.count, sum: fact.sum, sumOfSquares: fact.sumOfSquares)) else {
                throw AppraisalError.outOfRange(measure: fact.measure)
            }
        }
    }

    /// Whether a source that makes the measure was ingested tonight: only then is "no row" a zero.
    func isKnown(_ measure: Int) -> Bool { decimals[measure] != nil }

    /// 10 to the power of the measure's decimals: what its sums are divided by.
    func unit(of measure: Int) -> Double { (0..<(decimals[measure] ?? 0)).reduce(1) { power, _ in power * 10 } }

    /// The member's moments of a measure, in hundredths of an event.
    func hundredths(slot: Int, measure: Int, plans: SchemePlans) throws(AppraisalError) -> Moments {
        guard let split = totals[slot * measureCount + measure].split(by: 100) else { throw .outOfRange(measure: plans.measures[measure]) }
        return split
    }
}
