import PipelineModel
import Tables
import Warehouse

/// What became of every row that was read.
enum InputTables {
    static let dataQuality = Table<SourceFileRecord>(
        "data_quality", "one export file and what became of its rows: read = accepted + rejected + duplicate + out of scope", isListOfNames: false,
        columns: [
            Column("source", "the contract that read the file") { .text($0.source) },
            Column("file", "path, relative to the input folder") { .text($0.path) },
            Column("rows_read", "records after the header") { .integer($0.rowsRead) },
            Column("rows_accepted", "records kept") { .integer($0.rowsAccepted) },
            Column("rows_rejected", "records refused; each is in rejects.csv") { .integer($0.rowsRejected) },
            Column("rows_duplicate", "records repeated, or replaced by a later one of the same key") { .integer($0.rowsDuplicate) },
            Column("rows_out_of_scope", "records that the pipeline is not about, or that became known after the as-of date") {
                .integer($0.rowsOutOfScope)
            },
            Column("role", "what the export is about") { .text($0.role.rawValue) },
            Column("bytes", "length of the file as delivered") { .integer($0.bytes) },
            Column("sha256", "SHA-256 of the file as delivered") { .text($0.sha256) },
            Column("encoding", "as declared or, for `auto`, as found") { .text($0.encoding) },
            Column("contract_from", "first day of the contract version that read it; blank for the first version") { .date($0.contractFrom) },
        ]
    ) { night, transaction, body in for file in night.files { try body(file) } }

    static let rejects = Table<Looked<RejectRecord>>(
        "rejects", "one reason for which a row was refused", isListOfNames: true,
        columns: [
            Column("source", "the contract that read the file") { .text($0.night.source(ofFile: $0.record.fileID)) },
            Column("file", "path, relative to the input folder") { .text(optional: $0.night.path(ofFile: $0.record.fileID)) },
            Column("line", "line where the record starts; counts from 1, the header included") { .integer($0.record.line) },
            Column("number", "counts the reasons of a row from 1") { .integer($0.record.number) },
            Column("column", "the field's place in the record; counts from 1; blank where the whole row is meant") {
                .integer(optional: $0.record.column)
            },
            Column("field", "the column's name in the export") { .text(optional: $0.record.field) },
            Column("value", "what was written; masked where the column is private") { .text(optional: $0.record.value) },
            Column("check", "the rule that was broken") { .text($0.record.check) },
            Column("reason", "what is wrong, in a sentence") { .text($0.record.reason) },
        ]
    ) { night, transaction, body in try transaction.forEach(RejectRecord.self) { try body(Looked(record: $0, night: night)) } }

    static let unresolvedTargets = Table<Looked<UnresolvedTarget>>(
        "unresolved_targets", "one target that is unknown or not exactly one person, and its rows; they count for nobody", isListOfNames: true,
        columns: [
            Column("source", "the contract that read the row") { .text($0.record.source) },
            Column("file", "path, relative to the input folder") { .text(optional: $0.night.path(ofFile: $0.record.fileID)) },
            Column("line", "line where the first such record starts; counts from 1") { .integer($0.record.line) },
            Column("record_id", "the row's number in its own system, where rows are kept") { .text(optional: $0.record.recordID) },
            Column("form", "how the cadre was written: cadre, unit_post, unit_name or words") { .text($0.record.form?.rawValue ?? "none") },
            Column("cadre_id", "the number as written") { .text(optional: $0.record.writtenCadreID) },
            Column("unit", "the unit as written") { .text(optional: $0.record.unit) },
            Column("post", "the post as written") { .text(optional: $0.record.post) },
            Column("name", "the official's name as written") { .text(optional: $0.record.name) },
            Column("event_date", "day of the event") { .date($0.record.eventDate) },
            Column("rows", "rows with this target and day") { .integer($0.record.rows) },
            Column("reason", "why nobody was named: unknownCadre, unknownUnit, nobodyFits, severalFit, noTarget, needsReview") { .code($0.record.reason) },
            Column("reason_zh", "the same in Chinese") { .chinese($0.record.reason) },
            Column("candidates", "how many people fit") { .integer($0.record.candidates) },
        ]
    ) { night, transaction, body in try transaction.forEachUnresolvedTarget { try body(Looked(record: $0, night: night)) } }
}
