import PipelineModel
import Statistics
import Warehouse

/// Folds the facts of some cadres into the sums of each window; as many at a time as there are threads, because no cadre's facts lie in two blocks.
struct FactFold: Sendable {
    /// What a block adds to one window.
    struct Part: Sendable {
        /// Members with a fact, by their place among all.
        var slots: [Int] = []
        /// `slots` × measures.
        var totals: [Moments] = []
        /// By group, one for each indicator of the scheme.
        var dispersions: [Int: [Dispersion]] = [:]
    }

    struct Parts: Sendable {
        var windows: [Part]
        /// The earliest month of any fact of a measure that a scheme uses, of whomever, within the span of all windows.
        var firstFact: Month?
    }

    private let people: JudgedPeople
    private let exclusions: [Exclusions]
    private let plans: SchemePlans
    private let starts: SourceStarts
    /// From the first to the last month that counts for anybody in any window; `nil` where nobody is judged.
    private let span: MonthWindow?

    init(of people: JudgedPeople, exclusions: [Exclusions], plans: SchemePlans, starts: SourceStarts) {
        (self.people, self.exclusions, self.plans, self.starts) = (people, exclusions, plans, starts)
        let counted = people.members.joined().map { $0.candidate.counted }
        span = counted.map { $0.first }.min().flatMap { first in counted.map { $0.last }.max().map { MonthWindow(first: first, last: $0) } }
    }

    /// What the facts of a block add to each window.
    func parts(of block: FactBlock) throws(AppraisalError) -> Parts {
        var parts = Parts(windows: people.windows.map { _ in Part() }, firstFact: nil)
        guard let span else { return parts }
        let numbers = block.measures.map { plans.numbers[$0] }
        var months = people.windows.map { _ in MemberMonths(measures: plans.measures.count) }
        var (run, next) = (0, 0)
        for (cadre, runCount) in zip(block.cadres, block.runCounts) {
            let place = people.place(of: cadre)
            for window in people.windows {
                let slot = place.flatMap { people.slot(at: $0, window: window) }
                months[window].begin(slot ?? -1, slot.map { people.members[window][$0].candidate.counted })
            }
            for own in block.runs[run..<(run + runCount)] {
                let facts = next..<(next + own.length)
                next = facts.upperBound
                guard let measure = numbers[own.measure] else { continue }
                for fact in block.facts[facts] {
                    let month = Month(index: fact.month)
                    guard span.contains(month) else { continue }
                    parts.firstFact = min(parts.firstFact ?? month, month)
                    for window in people.windows where months[window].counts(month) {
                        guard months[window].add(fact.count, fact.sum, fact.squares, measure: measure, month: month) else {
                            throw .outOfRange(measure: plans.measures[measure])
                        }
                    }
                }
            }
            run += runCount
            for window in people.windows where !months[window].isEmpty { close(months[window], window: window, into: &parts.windows[window]) }
        }
        return parts
    }

    /// Adds a member's sums to the part, and its months to the dispersions of its group.
    private func close(_ months: MemberMonths, window: Int, into part: inout Part) {
        part.slots.append(months.slot)
        part.totals.append(contentsOf: months.totals)
        let (kind, group) = (people.members[window][months.slot].candidate.kind, people.members[window][months.slot].group)
        let removed = exclusions[window].touch(months.slot) ? exclusions[window] : nil
        let indicators = plans.indicators(of: kind)
        var own = part.dispersions.removeValue(forKey: group) ?? [Dispersion](repeating: Dispersion(), count: indicators.count)
        for (index, planned) in indicators.enumerated() {
            // What lies outside a family's domain is told of where the whole window is observed; here it says nothing.
            switch planned.indicator.observation {
            case .mean: break
            case .ratePerMonth:
                guard months.hasEvents(of: planned.events, less: removed) else { break }
                let told = people.members[window][months.slot].candidate.exposures(from: starts.month(of: planned.events))
                try? own[index].addCounts(
                    told.map { (events: months.count(of: planned.events, in: $0.month, less: removed) ?? 0, exposure: $0.exposure) })
            case .rate, .share:
                guard let measure = planned.exposure else { break }
                var work: [(events: Double, size: Double)] = []
                for month in people.members[window][months.slot].candidate.counted.months {
                    guard let size = months.count(of: measure, in: month, less: removed), size > 0 else { continue }
                    work.append((months.count(of: planned.events, in: month, less: removed) ?? 0, size))
                }
                if case .share = planned.indicator.observation {
                    try? own[index].addShares(work.map { (events: $0.events, trials: $0.size) })
                } else {
                    try? own[index].addCounts(work.map { (events: $0.events, exposure: $0.size) })
                }
            }
        }
        part.dispersions[group] = own
    }
}

/// One member's counts by measure and counted month, and the sums over all of them.
private struct MemberMonths {
    private let measures: Int
    private(set) var slot = -1
    private(set) var isEmpty = true
    /// By measure.
    private(set) var totals: [Moments]
    private var window: MonthWindow?
    private var length = 0
    /// Measures × months of the window; `nil` where there is no fact.
    private var rows: [Int?] = []

    init(measures: Int) {
        self.measures = measures
        totals = [Moments](repeating: Moments(), count: measures)
    }

    /// Forgets the member before. `nil` where the cadre is no member.
    mutating func begin(_ slot: Int, _ counted: MonthWindow?) {
        (self.slot, window, isEmpty) = (slot, counted, true)
        guard let counted else { return }
        length = max(0, Int(counted.last.index - counted.first.index) + 1)
        for measure in 0..<measures { totals[measure] = Moments() }
        rows.removeAll(keepingCapacity: true)
        rows.append(contentsOf: repeatElement(nil, count: measures * length))
    }

    /// Whether a month counts for the member.
    func counts(_ month: Month) -> Bool { window?.contains(month) ?? false }

    private func place(_ measure: Int, _ month: Month) -> Int? {
        guard let window, window.contains(month) else { return nil }
        return measure * length + Int(month.index - window.first.index)
    }

    /// - Returns: Whether the sums fitted.
    mutating func add(_ count: Int, _ sum: Int, _ squares: Int, measure: Int, month: Month) -> Bool {
        guard let place = place(measure, month) else { return true }
        isEmpty = false
        rows[place] = (rows[place] ?? 0) + count
        return totals[measure].add(Moments(count: count, sum: sum, sumOfSquares: squares))
    }

    /// A month's rows of a measure, less what protections took out; `nil` where there is no fact.
    func count(of measure: Int, in month: Month, less exclusions: Exclusions?) -> Double? {
        guard let place = place(measure, month), let count = rows[place] else { return nil }
        return Double(count * 100 - (exclusions?.removedCount(slot: slot, measure: measure, month: month) ?? 0)) / 100
    }

    /// Whether a month has an event that was not taken out.
    func hasEvents(of measure: Int, less exclusions: Exclusions?) -> Bool {
        window?.months.contains { (count(of: measure, in: $0, less: exclusions) ?? 0) > 0 } ?? false
    }
}
