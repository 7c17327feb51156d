import PipelineModel
import Tables
import Warehouse

/// Why each flag stands, and the rows it rests on.
enum FlagTables {
    static let reasons = Table<FlagReason>(
        "flag_reasons", "one reason of one flag", isListOfNames: true,
        columns: [
            Column("flag_id", "the flag") { .text($0.flagID) },
            Column("number", "counts the reasons of a flag from 1") { .integer($0.number) },
            Column("cause", "the rule or model that gives the reason") { .text($0.cause) },
            Column("reason_zh", "what the rule says, in Chinese") { .text($0.statementChinese) },
            Column("reason_en", "what the rule says, in English") { .text($0.statementEnglish) },
            Column("citation_zh", "the provision, in Chinese") { .text($0.citationChinese) },
            Column("citation_en", "the provision, in English") { .text($0.citationEnglish) },
            Column("cleared_by_zh", "what would clear it, in Chinese") { .text($0.clearedByChinese) },
            Column("cleared_by_en", "what would clear it, in English") { .text($0.clearedByEnglish) },
            Column("events_counted", "rows that the reason rests on") { .integer($0.eventsCounted) },
            Column("events_excluded", "rows that a protection took out") { .integer($0.eventsExcluded) },
        ]
    ) { night, transaction, body in try transaction.forEach(FlagReason.self, asOf: night.asOf, body) }

    static let evidence = Table<FlagEvidence>(
        "flag_evidence", "one row of an export that a flag rests on", isListOfNames: true,
        columns: [
            Column("flag_id", "the flag") { .text($0.flagID) },
            Column("cadre_id", "the cadre") { .text($0.cadreID) },
            Column("source", "the contract that read the row") { .text($0.source) },
            Column("record_id", "the row's number in its own system; blank where it has none") { .text(optional: $0.recordID) },
            Column("file", "the export, relative to the input folder") { .text($0.file) },
            Column("line", "line where the record starts; counts from 1, the header included") { .integer($0.line) },
            Column("event_date", "day of the event; blank where unknown") { .date($0.eventDate) },
        ]
    ) { night, transaction, body in try transaction.forEach(FlagEvidence.self, asOf: night.asOf, body) }
}
