import PipelineModel
import Statistics
import Warehouse

/// The facts of some members over their counted months, before any protection, and how much more their counts jump from month to month than
/// chance has them jump, after it.
struct WindowFacts: Sendable {
    private var totals: [Moments]
    private let measures: KnownMeasures
    private let members: [Member]
    private let starts: SourceStarts
    private var dispersions: [Int: [Dispersion]] = [:]
    /// The earliest month of any fact that was read, of whomever: before it the exports tell nothing.
    private var firstFact: Month?

    /// Reads the facts of several windows in one pass over the long table, whatever the number of cadres.
    ///
    /// - Parameters:
    ///   - exclusions: Of each window.
    ///   - threads: Changes the time, and no bit of the answer.
    static func read(
        of people: JudgedPeople, measures: KnownMeasures, exclusions: [Exclusions], plans: SchemePlans, starts: SourceStarts, threads: Int,
        in transaction: Transaction
    ) throws -> [WindowFacts] {
        var windows = people.members.map { WindowFacts(of: $0, measures: measures, starts: starts) }
        let fold = FactFold(of: people, exclusions: exclusions, plans: plans, starts: starts)
        try transaction.mapFacts(threads: threads, fold.parts) { parts in
            for (window, part) in parts.windows.enumerated() { windows[window].add(part) }
            guard let first = parts.firstFact else { return }
            for window in windows.indices { windows[window].firstFact = min(windows[window].firstFact ?? first, first) }
        }
        return windows
    }

    private init(of members: [Member], measures: KnownMeasures, starts: SourceStarts) {
        (self.members, self.measures, self.starts) = (members, measures, starts)
        totals = [Moments](repeating: Moments(), count: members.count * measures.count)
    }

    private mutating func add(_ part: FactFold.Part) {
        for (index, slot) in part.slots.enumerated() {
            let own = (index * measures.count)..<((index + 1) * measures.count)
            totals.replaceSubrange((slot * measures.count)..<((slot + 1) * measures.count), with: part.totals[own])
        }
        for (group, added) in part.dispersions {
            guard var sums = dispersions.removeValue(forKey: group) else {
                dispersions[group] = added
                continue
            }
            for index in sums.indices { sums[index].merge(added[index]) }
            dispersions[group] = sums
        }
    }

    /// Months of exposure of a member to a count per month: none that lies before its source begins.
    func exposureMonths(slot: Int, measure: Int) -> Double {
        let candidate = members[slot].candidate
        guard let first = starts.month(of: measure), first > candidate.counted.first else { return candidate.exposureMonths }
        return candidate.exposures(from: first).reduce(0) { $0 + $1.exposure }
    }

    /// Months of a member's exposure of which the exports tell anything at all.
    func toldMonths(slot: Int) -> Double {
        guard let firstFact else { return 0 }
        return members[slot].candidate.exposures(from: firstFact).reduce(0) { $0 + $1.exposure }
    }

    /// φ of a group's indicator, by its place in the scheme; 1 where nothing could be seen, and for a mean.
    func phi(group: Int, indicator: Int) -> Double { dispersions[group]?[indicator].phi ?? 1 }

    /// Whether a source that makes the measure was ingested tonight: only then is "no row" a zero.
    func isKnown(_ measure: Int) -> Bool { measures.contains(measure) }

    /// 10 to the power of the measure's decimals: what its sums are divided by.
    func unit(of measure: Int) -> Double { measures.unit(of: measure) }

    /// The member's moments of a measure, in hundredths of an event.
    func hundredths(slot: Int, measure: Int, plans: SchemePlans) throws(AppraisalError) -> Moments {
        guard let split = totals[slot * measures.count + measure].split(by: 100) else { throw .outOfRange(measure: plans.measures[measure]) }
        return split
    }
}

extension Candidate {
    /// The counted months from one on, each with the part of it that was not long leave, where there is any.
    func exposures(from first: Month?) -> [(month: Month, exposure: Double)] {
        counted.months.compactMap { month in
            let exposure = leave.exposure(of: month)
            return month >= first ?? counted.first && exposure > 0 ? (month, exposure) : nil
        }
    }
}
