import PipelineModel
import Statistics
import Warehouse

/// What the protections took out: from which sums, and row by row for the people it protects.
struct Exclusions: Sendable {
    /// One event taken out of one indicator.
    struct Entry {
        let slot: Int
        /// Place in the scheme; `nil` where no indicator of the scheme counts the event.
        let indicator: Int?
        let record: EvidenceRecord
        let reason: ExclusionReason
        let keptHundredths: Int
        let caseID: String?
    }

    private struct Place: Hashable {
        let slot: Int
        let number: Int
    }

    private struct MonthPlace: Hashable {
        let place: Place
        let month: Month
    }

    /// An event that a case or a filed risk took out, and what that took out of each measure, so that it can be put back.
    struct Protected {
        let slot: Int
        let record: EvidenceRecord
        /// `nil` where no case has ruled: the event waits inside a filed risk.
        let caseID: String?
        /// Hundredths of the event taken out.
        let share: Int
        /// By measure; empty where the event would not count anyway.
        let removed: [Int: Moments]
    }

    private(set) var protected: [Protected] = []
    /// Events that count in full although a case is written about them: it is open, was rejected, or leaves all of the event.
    private(set) var standing: [EvidenceRecord] = []
    private var entries: [Entry] = []
    private var removed: [Place: Moments] = [:]
    private var removedCounts: [MonthPlace: Int] = [:]
    /// Members of whom anything was taken out: of most nothing was, and they are asked for all the time.
    private var touched: Set<Int> = []
    private var events: [Place: Int] = [:]

    /// Notes that `share` hundredths of an increment no longer count.
    mutating func remove(_ increment: EvidenceIncrement, share: Int, slot: Int, measure: Int) throws(AppraisalError) {
        guard share > 0 else { return }
        let place = Place(slot: slot, number: measure)
        let part = try Exclusions.part(share, of: increment)
        var total = removed[place] ?? Moments(parts: 100)
        guard total.add(part) else { throw .outOfRange(measure: increment.measure) }
        removed[place] = total
        touched.insert(slot)
        removedCounts[MonthPlace(place: place, month: increment.month), default: 0] += part.count
    }

    private static func part(_ share: Int, of increment: EvidenceIncrement) throws(AppraisalError) -> Moments {
        let whole = Moments(count: increment.count, sum: increment.sum, sumOfSquares: increment.sumOfSquares, parts: 100)
        guard let part = whole.repeated(share) else { throw .outOfRange(measure: increment.measure) }
        return part
    }

    /// Notes what a case or a filed risk took out.
    ///
    /// - Parameter increments: Of the counted months.
    mutating func addProtected(
        _ record: EvidenceRecord, slot: Int, caseID: String?, increments: [EvidenceIncrement], share: Int, numbers: [String: Int]
    ) throws(AppraisalError) {
        var removed: [Int: Moments] = [:]
        for increment in increments {
            guard let measure = numbers[increment.measure] else { continue }
            var total = removed[measure] ?? Moments(parts: 100)
            guard total.add(try Exclusions.part(share, of: increment)) else { throw .outOfRange(measure: increment.measure) }
            removed[measure] = total
        }
        protected.append(Protected(slot: slot, record: record, caseID: caseID, share: share, removed: removed))
    }

    /// Notes an event that counts in spite of its case.
    mutating func addStanding(_ record: EvidenceRecord) { standing.append(record) }

    /// The exclusions of one member alone, with some protected events put back.
    ///
    /// - Parameter measures: Those that the member's scheme uses.
    func restoring(_ events: [Protected], slot: Int, measures: Set<Int>) throws(AppraisalError) -> Exclusions {
        var own = Exclusions()
        for measure in measures {
            let place = Place(slot: slot, number: measure)
            guard var total = removed[place] else { continue }
            for event in events {
                guard let part = event.removed[measure] else { continue }
                guard total.subtract(part) else { throw .outOfRange(measure: event.record.source) }
            }
            own.removed[place] = total
            own.touched.insert(slot)
        }
        return own
    }

    /// Notes an entry and the hundredths of events that it takes out of its indicator.
    mutating func add(_ entry: Entry, events count: Int) {
        entries.append(entry)
        if let indicator = entry.indicator { events[Place(slot: entry.slot, number: indicator), default: 0] += count }
    }

    /// Brings the entries in their order: by cadre, indicator, day, source and number.
    mutating func sort() {
        entries.sort { left, right in
            if left.slot != right.slot { return left.slot < right.slot }
            let (a, b) = (left.indicator ?? .max, right.indicator ?? .max)
            if a != b { return a < b }
            if left.record.eventDate != right.record.eventDate {
                return left.record.eventDate?.dayNumber ?? .min < right.record.eventDate?.dayNumber ?? .min
            }
            if left.record.source != right.record.source { return left.record.source < right.record.source }
            if left.record.recordID != right.record.recordID { return left.record.recordID ?? "" < right.record.recordID ?? "" }
            return (left.record.fileID, left.record.line) < (right.record.fileID, right.record.line)
        }
    }

    /// What was taken out of a member's measure, in hundredths of an event.
    func removed(slot: Int, measure: Int) -> Moments? { touched.contains(slot) ? removed[Place(slot: slot, number: measure)] : nil }

    /// Whether anything was taken out of a member's measures.
    func touch(_ slot: Int) -> Bool { touched.contains(slot) }

    /// How many of a month's rows were taken out of a member's measure, in hundredths.
    func removedCount(slot: Int, measure: Int, month: Month) -> Int {
        removedCounts[MonthPlace(place: Place(slot: slot, number: measure), month: month)] ?? 0
    }

    /// Events taken out of a member's indicator, those in months that count for nobody among them.
    func events(slot: Int, indicator: Int) -> Double { Double(events.isEmpty ? 0 : events[Place(slot: slot, number: indicator)] ?? 0) / 100 }

    /// The rows that show each exclusion with the indicator's value before any of them and after all of them.
    ///
    /// Both values are of the counted months: an event in a month that counts for nobody was in neither.
    func records(members: [Member], facts: WindowFacts, plans: SchemePlans) throws -> [ExclusionRecord] {
        var records: [ExclusionRecord] = []
        for (index, entry) in entries.enumerated() {
            let candidate = members[entry.slot].candidate
            let planned = entry.indicator.map { plans.indicators(of: candidate.kind)[$0] }
            let observe = { (exclusions: Exclusions?) throws -> Double? in
                guard let planned else { return nil }
                return try Observed.of(planned, slot: entry.slot, facts: facts, exclusions: exclusions, plans: plans).value
            }
            records.append(
                ExclusionRecord(
                    number: index + 1, cadreID: candidate.cadreID, indicator: planned?.indicator.id, source: entry.record.source,
                    recordID: entry.record.recordID, fileID: entry.record.fileID, line: entry.record.line, eventDate: entry.record.eventDate,
                    reason: entry.reason, caseID: entry.caseID, weightKept: Double(entry.keptHundredths) / 100, valueBefore: try observe(nil),
                    valueAfter: try observe(self)))
        }
        return records
    }
}
