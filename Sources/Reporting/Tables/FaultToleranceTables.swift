import PipelineModel
import Tables
import Warehouse

/// Mechanism 4, fault tolerance: what each case does to a score, and whether filed risks were assessed in time.
enum FaultToleranceTables {
    static let effects = Table<Looked<FaultToleranceEffect>>(
        "fault_tolerance_effects", "one fault-tolerance case, decided or not, and what it does to the score of its cadre", isListOfNames: true,
        columns: [Column("case_id", "number of the case") { .text($0.record.caseID) }] + PersonColumns.columns { $0.cadreID } + [
            Column("event_source", "source of the event, as the case writes it") { .text($0.record.eventSource) },
            Column("event_record_id", "the event's number in that source") { .text($0.record.eventRecordID) },
            Column("decision", "as it stands tonight: approved, mitigated, rejected, pending") { .code($0.record.decision) },
            Column("decision_zh", "the same in Chinese") { .chinese($0.record.decision) },
            Column("decided_date", "day of the decision; blank while it is open") { .date($0.record.decided) },
        ] + considerations + [
            distinction("trying_first", "first of the three distinctions: want of experience in trying first, not knowing violation") { $0.tryingFirst },
            distinction("not_forbidden", "second: an exploration that nothing forbade, not defiance of a ban") { $0.notForbidden },
            distinction("for_development", "third: an unintended fault in advancing development, not private gain") { $0.forDevelopment },
            Column(
                "outcome",
                "what becomes of the event: excluded, mitigated, heldOut (waits inside a filed reform risk), counts, outsideScore (does not count anyway: in no counted month, on leave, or of somebody who is not judged)"
            ) { .code($0.record.outcome) },
            Column("outcome_zh", "the same in Chinese") { .chinese($0.record.outcome) },
            Column("events_excluded", "events that the case takes out of the score, a mitigated one by the part taken out") {
                .decimal($0.record.eventsExcluded, places: 2)
            },
            Column("composite_before", "mean of the composite if the event counted in full; blank where nothing is taken out") {
                .decimal(optional: $0.record.meanBefore, places: 6)
            },
            Column("composite_after", "mean of the composite as judged; blank where the cadre is not judged") {
                .decimal(optional: $0.record.meanAfter, places: 6)
            },
            Column("concern_before", "probability of concern if the event counted in full") { .decimal(optional: $0.record.concernBefore, places: 6) },
            Column("concern_after", "probability of concern as judged") { .decimal(optional: $0.record.concernAfter, places: 6) },
            distinction("flagged_before", "whether the model would name the cadre tonight if the event counted in full") { $0.flaggedBefore },
            distinction("flagged_after", "whether the model names the cadre tonight; rule triggers are apart") { $0.flaggedAfter },
            Column("file", "export file of the case") { .text(optional: $0.night.path(ofFile: $0.record.fileID)) },
            Column("line", "line of the case in it; counts from 1") { .integer($0.record.line) },
        ]
    ) { night, transaction, body in try transaction.forEach(FaultToleranceEffect.self) { try body(Looked(record: $0, night: night)) } }

    static let filings = Table<Looked<RiskFilingStatus>>(
        "risk_filings", "one reform risk filed beforehand, and whether it was assessed in time", isListOfNames: false,
        columns: [Column("filing_id", "number of the filing") { .text($0.record.filingID) }] + FunnelColumns.unit { $0.unitID } + [
            Column("subject", "code of the reform") { .text(optional: $0.record.subject) },
            Column("filed_date", "day of filing") { .date($0.record.filed) },
            Column("assessment_due", "day by which it must be assessed; blank where the export says none") { .date($0.record.due) },
            Column("assessed_date", "day of assessment; blank while open") { .date($0.record.assessed) },
            Column("outcome", "what was decided: accepted, rejected, pending") { .code($0.record.outcome) },
            Column("outcome_zh", "the same in Chinese") { .chinese($0.record.outcome) },
        ] + DutyColumns.columns({ $0.progress }, { $0.daysLate }) + [
            Column("start_date", "first day of the reform") { .date($0.record.start) },
            Column("end_date", "last day of the reform") { .date($0.record.end) },
            Column("events_held", "events of judged cadres held out of scores tonight because they lie inside the reform") { .integer($0.record.eventsHeld) },
            Column("held_without_case", "of these, those about which no fault-tolerance case is written") { .integer($0.record.heldWithoutCase) },
            Column("file", "export file of the filing") { .text(optional: $0.night.path(ofFile: $0.record.fileID)) },
            Column("line", "line of the filing in it; counts from 1") { .integer($0.record.line) },
        ]
    ) { night, transaction, body in try transaction.forEach(RiskFilingStatus.self) { try body(Looked(record: $0, night: night)) } }

    /// The six considerations, each with its Chinese word.
    private static let considerations: [Column<Looked<FaultToleranceEffect>>] = [
        ("motive", "motive and attitude", { @Sendable in $0.motive }), ("conditions", "objective conditions", { @Sendable in $0.conditions }),
        ("procedure", "procedure and method", { @Sendable in $0.procedure }), ("nature", "nature and degree", { @Sendable in $0.nature }),
        ("consequences", "consequences", { @Sendable in $0.consequences }), ("redress", "redress", { @Sendable in $0.redress }),
    ].flatMap(consideration)

    private static func consideration(
        _ name: String, _ meaning: String, _ value: @escaping @Sendable (FaultToleranceEffect) -> Consideration?
    ) -> [Column<Looked<FaultToleranceEffect>>] {
        [
            Column(name, "\(meaning): favourable, neutral, unfavourable; blank where the case does not say") { .code(value($0.record)) },
            Column("\(name)_zh", "the same in Chinese") { .chinese(value($0.record)) },
        ]
    }

    /// A yes or no; blank where nobody says.
    private static func distinction(
        _ name: String, _ meaning: String, _ value: @escaping @Sendable (FaultToleranceEffect) -> Bool?
    ) -> Column<Looked<FaultToleranceEffect>> {
        Column(name, "\(meaning): true, false; blank where unknown") { .text(optional: value($0.record).map { $0 ? "true" : "false" }) }
    }
}

/// The columns that say how a duty stands, the same in every table of duties.
enum DutyColumns {
    static func columns<Stored>(
        _ progress: @escaping @Sendable (Stored) -> DutyProgress?, _ daysLate: @escaping @Sendable (Stored) -> Int?
    ) -> [Column<Looked<Stored>>] {
        [
            Column("progress", "doneInTime, doneLate, open, overdue; blank without a day by which it must be done") { .code(progress($0.record)) },
            Column("progress_zh", "the same in Chinese") { .chinese(progress($0.record)) },
            Column("days_late", "days past the due date when it was done, or tonight; blank where it is not late") { .integer(optional: daysLate($0.record)) },
        ]
    }
}
