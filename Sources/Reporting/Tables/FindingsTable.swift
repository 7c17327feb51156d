import PipelineModel
import Tables
import Warehouse

/// A finding and the stage that made it.
struct StageFinding {
    let stage: String
    let finding: Finding
}

/// `findings.csv`: every finding of a night.
enum FindingsTable {
    static let table = Table<StageFinding>(
        "findings", "one problem or oddity that a stage saw in its input or configuration", isListOfNames: true,
        columns: [
            Column("stage", "configuration, ingest, analyze, flag or track") { .text($0.stage) },
            Column("check", "the rule that was broken") { .text($0.finding.check.rawValue) },
            Column("severity", "note, warning or error") { .text($0.finding.severity.rawValue) },
            Column("file", "path, relative to the input or configuration folder") { .text($0.finding.location.file) },
            Column("line", "counts from 1; blank where the whole file is meant") { .integer(optional: $0.finding.location.line) },
            Column("column", "counts from 1; blank where the whole line is meant") { .integer(optional: $0.finding.location.column) },
            Column("field", "the column's name in the export, or the YAML key") { .text(optional: $0.finding.location.field) },
            Column("value", "what was found there; masked where the column is private") { .text(optional: $0.finding.value) },
            Column("message", "what is wrong, in a sentence") { .text($0.finding.message) },
            Column("hint", "what a person can do about it") { .text(optional: $0.finding.hint) },
        ]
    ) { night, transaction, body in
        for stage in ExportStage.stagesWithFindings {
            for finding in try transaction.findings(of: stage) { try body(StageFinding(stage: stage, finding: finding)) }
        }
    }
}
