import PipelineModel
import Statistics
import Warehouse

/// The facts of some members over their counted months, before any protection, and how much more their counts jump from month to month than
/// chance has them jump, after it.
struct WindowFacts {
    /// The counts of one member in one month, as they come.
    private struct MonthCount {
        let measure: Int
        let month: Month
        let count: Int
    }

    private var totals: [Moments]
    private let measureCount: Int
    /// Decimals of each measure that tonight's sources make; `nil` for one whose source is missing.
    private let decimals: [Int?]
    private let members: [Member]
    private let slots: [String: Int]
    private let exclusions: Exclusions
    private let plans: SchemePlans
    private let starts: SourceStarts
    private var dispersions: [Int: [Dispersion]] = [:]
    /// The earliest month of any fact that was read, of whomever: before it the exports tell nothing.
    private var firstFact: Month?
    private var slot: Int?
    private var months: [MonthCount] = []

    /// No facts yet.
    init(of members: [Member], exclusions: Exclusions, plans: SchemePlans, starts: SourceStarts, in transaction: Transaction) throws {
        measureCount = plans.measures.count
        var known = [Int?](repeating: nil, count: plans.measures.count)
        for record in try transaction.all(MeasureRecord.self) {
            if let number = plans.numbers[record.measure] { known[number] = record.decimals }
        }
        decimals = known
        totals = [Moments](repeating: Moments(), count: members.count * plans.measures.count)
        slots = Dictionary(uniqueKeysWithValues: members.enumerated().map { ($1.candidate.cadreID, $0) })
        (self.members, self.exclusions, self.plans, self.starts) = (members, exclusions, plans, starts)
    }

    /// Reads the facts of several windows in one pass over the long table, whatever the number of cadres.
    static func read(_ windows: inout [WindowFacts], plans: SchemePlans, in transaction: Transaction) throws {
        let spans = windows.flatMap { $0.members.map(\.candidate.counted) }
        guard let first = spans.map(\.first).min(), let last = spans.map(\.last).max() else { return }
        // Facts come by cadre, then measure: most rows have those of the row before.
        var cadre = ""
        var (measure, number): (String, Int?) = ("", nil)
        try transaction.forEachFact(in: MonthWindow(first: first, last: last)) { fact in
            if fact.cadreID != cadre {
                cadre = fact.cadreID
                for index in windows.indices { windows[index].begin(cadre) }
            }
            if fact.measure != measure { (measure, number) = (fact.measure, plans.numbers[fact.measure]) }
            guard let number else { return }
            for index in windows.indices { try windows[index].add(fact, measure: number) }
        }
        for index in windows.indices { windows[index].closeMember() }
    }

    private mutating func begin(_ cadreID: String) {
        closeMember()
        slot = slots[cadreID]
    }

    private mutating func add(_ fact: MonthlyFact, measure: Int) throws(AppraisalError) {
        if firstFact.map({ fact.month < $0 }) ?? true { firstFact = fact.month }
        guard let slot, members[slot].candidate.counted.contains(fact.month) else { return }
        guard totals[slot * measureCount + measure].add(Moments(count: fact.count, sum: fact.sum, sumOfSquares: fact.sumOfSquares)) else {
            throw .outOfRange(measure: fact.measure)
        }
        months.append(MonthCount(measure: measure, month: fact.month, count: fact.count))
    }

    /// Adds the member's months to the dispersions of the group.
    private mutating func closeMember() {
        defer {
            months.removeAll(keepingCapacity: true)
            slot = nil
        }
        guard let slot, !months.isEmpty else { return }
        let member = members[slot]
        let indicators = plans.indicators(of: member.candidate.kind)
        var own = dispersions[member.group] ?? [Dispersion](repeating: Dispersion(), count: indicators.count)
        for (index, planned) in indicators.enumerated() {
            // What lies outside a family's domain is told of where the whole window is observed; here it says nothing.
            switch planned.indicator.observation {
            case .mean: break
            case .ratePerMonth:
                let counts = monthCounts(of: planned.events, slot: slot)
                guard counts.contains(where: { $0.value > 0 }) else { break }
                try? own[index].addCounts(
                    months(of: member.candidate, told: planned.events).map { (events: counts[$0.month] ?? 0, exposure: $0.exposure) })
            case .rate, .share:
                guard let measure = planned.exposure else { break }
                let counts = monthCounts(of: planned.events, slot: slot)
                let work = monthCounts(of: measure, slot: slot).filter { $0.value > 0 }.sorted { $0.key < $1.key }
                if case .share = planned.indicator.observation {
                    try? own[index].addShares(work.map { (events: counts[$0.key] ?? 0, trials: $0.value) })
                } else {
                    try? own[index].addCounts(work.map { (events: counts[$0.key] ?? 0, exposure: $0.value) })
                }
            }
        }
        dispersions[member.group] = own
    }

    /// The counted months of which a measure's source tells anything, each with the part of it that was not long leave.
    private func months(of candidate: Candidate, told measure: Int) -> [(month: Month, exposure: Double)] {
        let first = starts.month(of: measure) ?? candidate.counted.first
        return candidate.counted.months.compactMap { month in
            let exposure = candidate.leave.exposure(of: month)
            return month >= first && exposure > 0 ? (month, exposure) : nil
        }
    }

    /// Months of exposure of a member to a count per month: none that lies before its source begins.
    func exposureMonths(slot: Int, measure: Int) -> Double {
        let candidate = members[slot].candidate
        guard let first = starts.month(of: measure), first > candidate.counted.first else { return candidate.exposureMonths }
        return months(of: candidate, told: measure).reduce(0) { $0 + $1.exposure }
    }

    /// Months of a member's exposure of which the exports tell anything at all.
    func toldMonths(slot: Int) -> Double {
        guard let firstFact else { return 0 }
        let candidate = members[slot].candidate
        return candidate.counted.months.reduce(0) { $1 >= firstFact ? $0 + candidate.leave.exposure(of: $1) : $0 }
    }

    /// A member's rows of a measure by month, less what protections took out.
    private func monthCounts(of measure: Int, slot: Int) -> [Month: Double] {
        var counts: [Month: Double] = [:]
        for entry in months where entry.measure == measure {
            let removed = exclusions.removedCount(slot: slot, measure: measure, month: entry.month)
            counts[entry.month, default: 0] += Double(entry.count * 100 - removed) / 100
        }
        return counts
    }

    /// φ of a group's indicator, by its place in the scheme; 1 where nothing could be seen, and for a mean.
    func phi(group: Int, indicator: Int) -> Double { dispersions[group]?[indicator].phi ?? 1 }

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
