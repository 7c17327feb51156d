import GRDB
public import PipelineModel

/// The reviewers' decision that stands on a flag.
public struct ReviewVerdict: Hashable, Sendable {
    /// The flag.
    public let flagID: String
    /// What was decided.
    public let decision: ReviewDecision
    /// Why.
    public let reason: String
    /// Day of the decision.
    public let day: CalendarDate
    /// The cadre's own side, where there is one.
    public let statement: String?
    /// Day of the fitness check, where it has been made.
    public let fitnessDay: CalendarDate?
    /// What it found.
    public let fitness: FitnessResult?
}

extension Transaction {
    /// The decision that stands on each reviewed flag, as known on the as-of date.
    ///
    /// Of several reviews of a flag the newest decides; of several on one day, one that overturns it; else the one that is written last.
    public func verdicts(asOf: CalendarDate) throws -> [String: ReviewVerdict] {
        var verdicts: [String: ReviewVerdict] = [:]
        try forEachRow(of: .reviews) { row in
            let fields = NamedFields(row, .reviews)
            guard let flagID = fields.text("flag_id"), let decision = fields.code("decision", ReviewDecision.self), let reason = fields.text("reason"),
                let day = fields.day("date"), day <= asOf
            else { return }
            if let known = verdicts[flagID], known.day > day || (known.day == day && known.decision == .overturned && decision != .overturned) { return }
            let checked = fields.day("fitness_date").flatMap { $0 <= asOf ? $0 : nil }
            verdicts[flagID] = ReviewVerdict(
                flagID: flagID, decision: decision, reason: reason, day: day, statement: fields.text("cadre_statement"), fitnessDay: checked,
                fitness: checked == nil ? nil : fields.code("fitness_result", FitnessResult.self))
        }
        return verdicts
    }

    /// The reviewed flags as the reviewers read them: each as it stood on the last night not after its decision, or on its first night.
    public func flagsAsReviewed(_ verdicts: [String: ReviewVerdict], asOf: CalendarDate) throws -> [String: FlagRecord] {
        guard !verdicts.isEmpty else { return [:] }
        var seen: [String: FlagRecord] = [:]
        for flag in try reviewedFlags(through: asOf) {
            guard let day = verdicts[flag.flagID]?.day, seen[flag.flagID] == nil || flag.asOf <= day else { continue }
            seen[flag.flagID] = flag
        }
        return seen
    }

    /// Everybody whom any night up to and including `asOf` has flagged, whatever the cause.
    public func everFlagged(through asOf: CalendarDate) throws -> Set<String> {
        try Set(String.fetchAll(database, sql: "SELECT DISTINCT cadre_id FROM flags WHERE as_of <= ?", arguments: [asOf.description]))
    }

    /// Nights up to and including `asOf` whose standings are kept, in order.
    public func standingNights(through asOf: CalendarDate) throws -> [CalendarDate] {
        try String.fetchAll(database, sql: "SELECT DISTINCT as_of FROM standings WHERE as_of <= ? ORDER BY as_of", arguments: [asOf.description])
            .compactMap { CalendarDate(iso: $0) }
    }
}
