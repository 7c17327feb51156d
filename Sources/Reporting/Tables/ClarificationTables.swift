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
    ) { night, body in try night.transaction.forEach(ClarificationDue.self) { try body(Looked(record: $0, night: night)) } }
}
