import PipelineModel
import Tables
import Warehouse

/// Mechanism 5, clarification: what is still owed to people who were wrongly accused.
enum ClarificationTables {
    static let due = Table<Looked<ClarificationDue>>(
        "clarifications_due", "one cadre who was cleared, and whose clarification is not yet published", isListOfNames: true,
        columns: [Column("case_id", "number of the case") { .text($0.record.caseID) }] + PersonColumns.columns { $0.cadreID } + [
            Column("finding", "what was found: unsubstantiated, mistaken, malicious; set by people, never inferred") { .code($0.record.finding) },
            Column("finding_zh", "the same in Chinese") { .chinese($0.record.finding) },
            Column("decided_date", "day of the finding") { .date($0.record.decided) },
            Column("due_date", "day by which it must be published; blank where the export says none") { .date($0.record.due) },
            Column("days_left", "days from the as-of date to the due date; negative where it is overdue") { .integer(optional: $0.record.daysLeft) },
            Column("file", "export file of the case") { .text(optional: $0.night.path(ofFile: $0.record.fileID)) },
            Column("line", "line of the case in it; counts from 1") { .integer($0.record.line) },
        ]
    ) { night, transaction, body in try transaction.forEach(ClarificationDue.self) { try body(Looked(record: $0, night: night)) } }

    static let handling = Table<Looked<PetitionHandling>>(
        "petition_handling", "how one unit handles one kind of petition; counts only, and nothing of any single one", isListOfNames: false,
        columns: FunnelColumns.unit { $0.unitID } + [
            Column("petition_kind", "what is asked for: accusation, appeal, suggestion; blank where the export does not say") { .code($0.record.kind) },
            Column("petition_kind_zh", "the same in Chinese") { .chinese($0.record.kind) },
            Column("received", "petitions that came in within the window of rules/deadlines.yaml") { .integer($0.record.received) },
            Column("acceptance_due", "of these, those whose day for acceptance has passed and of which it is known whether they were accepted") {
                .integer($0.record.acceptanceDue)
            },
            Column("accepted_in_time", "of these, those accepted by that day") { .integer($0.record.acceptedInTime) },
            Column("acceptance_share", "the share; blank where none was due") { FunnelColumns.share($0.record.acceptedInTime, of: $0.record.acceptanceDue) },
        ] + FunnelColumns.columns("acceptance", "the share accepted in time") { $0.acceptance } + [
            Column("closing_due", "of those received, those whose day for closing has passed, an extension counted") { .integer($0.record.closingDue) },
            Column("closed_in_time", "of these, those closed by that day") { .integer($0.record.closedInTime) },
            Column("closing_share", "the share; blank where none was due") { FunnelColumns.share($0.record.closedInTime, of: $0.record.closingDue) },
        ] + FunnelColumns.columns("closing", "the share closed in time") { $0.closing } + [
            Column("extended", "of those received, those whose time for closing was extended") { .integer($0.record.extended) },
            Column("open_in_acceptance", "open petitions, of any window, no older than the days for acceptance") { .integer($0.record.openInAcceptance) },
            Column("open_in_closing", "older, and no older than the days for closing") { .integer($0.record.openInClosing) },
            Column("open_in_extension", "older, and no older than the days for closing with their extension") { .integer($0.record.openInExtension) },
            Column("open_beyond", "older") { .integer($0.record.openBeyond) },
        ]
    ) { night, transaction, body in try transaction.forEach(PetitionHandling.self) { try body(Looked(record: $0, night: night)) } }
}
