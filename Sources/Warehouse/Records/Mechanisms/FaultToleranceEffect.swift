public import PipelineModel

/// A fault-tolerance case (容错), decided or not, and what it does to the score of the cadre it is about.
public struct FaultToleranceEffect: Record, Hashable {
    public static let table = "fault_tolerance_effects"
    public static let columns = [
        "case_id", "cadre_id", "event_source", "event_record_id", "decision", "decided_date", "motive", "conditions", "procedure", "nature", "consequences",
        "redress", "trying_first", "not_forbidden", "for_development", "outcome", "events_excluded", "mean_before", "mean_after", "concern_before",
        "concern_after", "flagged_before", "flagged_after", "file_id", "line",
    ]
    public static let order = "case_id, file_id, line"

    /// Number of the case.
    public var caseID: String
    /// Whom it is about.
    public var cadreID: String
    /// Contract or role of the event, as the case writes it.
    public var eventSource: String
    /// The event's number in that source.
    public var eventRecordID: String
    /// As it stands tonight: one made after the as-of date is still pending.
    public var decision: FaultToleranceDecision
    /// Day of the decision; `nil` while it is open, and where none is written.
    public var decided: CalendarDate?
    /// Motive and attitude (动机态度).
    public var motive: Consideration?
    /// Objective conditions (客观条件).
    public var conditions: Consideration?
    /// Procedure and method (程序方法).
    public var procedure: Consideration?
    /// Nature and degree (性质程度).
    public var nature: Consideration?
    /// Consequences (后果影响).
    public var consequences: Consideration?
    /// Redress (挽回损失).
    public var redress: Consideration?
    /// The first distinction (三个区分开来): want of experience in trying first, not knowing violation.
    public var tryingFirst: Bool?
    /// The second: an exploration that nothing forbade, not defiance of a ban.
    public var notForbidden: Bool?
    /// The third: an unintended fault in advancing development, not private gain.
    public var forDevelopment: Bool?
    /// What becomes of the event in tonight's score.
    public var outcome: FaultToleranceOutcome
    /// Events that the case takes out, a mitigated one by the part taken out.
    public var eventsExcluded: Double
    /// Mean of the composite if the event counted in full; `nil` where nothing is taken out of a score.
    public var meanBefore: Double?
    /// Mean of the composite as judged; `nil` where the cadre is not judged.
    public var meanAfter: Double?
    /// Probability of concern if the event counted in full.
    public var concernBefore: Double?
    /// Probability of concern as judged.
    public var concernAfter: Double?
    /// Whether the model would name the cadre tonight if the event counted in full; `nil` until flags are raised.
    public var flaggedBefore: Bool?
    /// Whether the model names the cadre tonight.
    public var flaggedAfter: Bool?
    /// Where the case stands in its export.
    public var fileID: Int
    /// Counts from 1.
    public var line: Int

    /// A row with these values.
    public init(
        caseID: String, cadreID: String, eventSource: String, eventRecordID: String, decision: FaultToleranceDecision, decided: CalendarDate?,
        motive: Consideration?, conditions: Consideration?, procedure: Consideration?, nature: Consideration?, consequences: Consideration?,
        redress: Consideration?, tryingFirst: Bool?, notForbidden: Bool?, forDevelopment: Bool?, outcome: FaultToleranceOutcome, eventsExcluded: Double,
        meanBefore: Double?, meanAfter: Double?, concernBefore: Double?, concernAfter: Double?, flaggedBefore: Bool?, flaggedAfter: Bool?, fileID: Int,
        line: Int
    ) {
        self.caseID = caseID
        self.cadreID = cadreID
        self.eventSource = eventSource
        self.eventRecordID = eventRecordID
        self.decision = decision
        self.decided = decided
        self.motive = motive
        self.conditions = conditions
        self.procedure = procedure
        self.nature = nature
        self.consequences = consequences
        self.redress = redress
        self.tryingFirst = tryingFirst
        self.notForbidden = notForbidden
        self.forDevelopment = forDevelopment
        self.outcome = outcome
        self.eventsExcluded = eventsExcluded
        self.meanBefore = meanBefore
        self.meanAfter = meanAfter
        self.concernBefore = concernBefore
        self.concernAfter = concernAfter
        self.flaggedBefore = flaggedBefore
        self.flaggedAfter = flaggedAfter
        self.fileID = fileID
        self.line = line
    }

    public func write(to row: inout RowWriter) {
        row.text(caseID)
        row.text(cadreID)
        row.text(eventSource)
        row.text(eventRecordID)
        row.code(decision)
        row.date(decided)
        row.code(motive)
        row.code(conditions)
        row.code(procedure)
        row.code(nature)
        row.code(consequences)
        row.code(redress)
        row.integer(tryingFirst.map { $0 ? 1 : 0 })
        row.integer(notForbidden.map { $0 ? 1 : 0 })
        row.integer(forDevelopment.map { $0 ? 1 : 0 })
        row.code(outcome)
        row.real(eventsExcluded)
        row.real(meanBefore)
        row.real(meanAfter)
        row.real(concernBefore)
        row.real(concernAfter)
        row.integer(flaggedBefore.map { $0 ? 1 : 0 })
        row.integer(flaggedAfter.map { $0 ? 1 : 0 })
        row.integer(fileID)
        row.integer(line)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        caseID = try row.text()
        cadreID = try row.text()
        eventSource = try row.text()
        eventRecordID = try row.text()
        decision = try row.code(FaultToleranceDecision.self)
        decided = try row.optionalDate()
        motive = try row.optionalCode(Consideration.self)
        conditions = try row.optionalCode(Consideration.self)
        procedure = try row.optionalCode(Consideration.self)
        nature = try row.optionalCode(Consideration.self)
        consequences = try row.optionalCode(Consideration.self)
        redress = try row.optionalCode(Consideration.self)
        tryingFirst = try row.optionalInteger().map { $0 != 0 }
        notForbidden = try row.optionalInteger().map { $0 != 0 }
        forDevelopment = try row.optionalInteger().map { $0 != 0 }
        outcome = try row.code(FaultToleranceOutcome.self)
        eventsExcluded = try row.real()
        meanBefore = try row.optionalReal()
        meanAfter = try row.optionalReal()
        concernBefore = try row.optionalReal()
        concernAfter = try row.optionalReal()
        flaggedBefore = try row.optionalInteger().map { $0 != 0 }
        flaggedAfter = try row.optionalInteger().map { $0 != 0 }
        fileID = try row.integer()
        line = try row.integer()
    }
}
