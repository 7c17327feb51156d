import Foundation
import PipelineModel
import Reporting
import Testing
import Warehouse

/// `output/README.md` is the data dictionary; it and the code say the same, in both directions.
@Suite struct DataDictionaryTests {
    static let readme = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "output/README.md")

    struct Entry: Equatable {
        var isPrivate = false
        var meaning = ""
        var columns: [String] = []
        var meanings: [String] = []
    }

    /// The tables of the page, by name, in its order.
    static func entries() throws -> [(name: String, entry: Entry)] {
        var entries: [(name: String, entry: Entry)] = []
        for line in try String(contentsOf: readme, encoding: .utf8).split(separator: "\n") {
            if line.hasPrefix("### `"), line.hasSuffix(".csv`") {
                entries.append((String(line.dropFirst(5).dropLast(5)), Entry()))
            } else if let last = entries.indices.last {
                if line.contains("Each row: ") {
                    entries[last].entry.isPrivate = line.hasPrefix("Private. ")
                    entries[last].entry.meaning = String(line.split(separator: "Each row: ").last?.dropLast() ?? "")
                } else if line.hasPrefix("| `") {
                    let cells = line.dropFirst(2).dropLast(2).split(separator: " | ", maxSplits: 1)
                    entries[last].entry.columns.append(String(cells[0].dropFirst().dropLast()))
                    entries[last].entry.meanings.append(String(cells[1]))
                }
            }
        }
        return entries
    }

    @Test("the page describes every table and no other, in the order in which they are written")
    func sameTables() throws {
        let unitTables = TableCatalogue.unitDefinitions.map { "units/UNIT/\($0.name)" }
        #expect(try Self.entries().map(\.name) == TableCatalogue.definitions.map(\.name) + unitTables)
    }

    @Test(
        "the page describes every column of a table and no other, and says of them what the code says",
        arguments: TableCatalogue.definitions.map { ("", $0) } + TableCatalogue.unitDefinitions.map { ("units/UNIT/", $0) })
    func sameColumns(folder: String, definition: TableDefinition) throws {
        let entry = try #require(try Self.entries().first { $0.name == folder + definition.name }).entry
        #expect(entry.columns == definition.columns.map(\.name))
        #expect(entry.meanings == definition.columns.map(\.meaning))
        #expect(entry.meaning == definition.meaning)
        #expect(entry.isPrivate == definition.isListOfNames)
    }

    @Test("names of columns are unique, and every column means something", arguments: TableCatalogue.definitions)
    func columns(definition: TableDefinition) {
        #expect(Set(definition.header).count == definition.columns.count)
        #expect(definition.columns.allSatisfy { !$0.meaning.isEmpty })
    }

    @Test("the tables that the issues name are there")
    func tablesOfTheIssues() {
        let names: Set = [
            "flagged_cadres", "recall", "retraining", "reassignment", "flag_reasons", "flag_evidence", "indicator_observations", "peer_groups", "not_judged",
            "exclusions", "summary_by_unit", "summary_by_kind", "data_quality", "rejects", "unresolved_targets", "findings", "support_talk",
            "indicator_estimates", "scorecards", "correlations", "previous_posts", "flag_contributions", "watch_list", "commended_cadres", "flag_changes",
            "fairness_audit", "calibration", "clarifications_due", "petition_links", "link_weights", "petition_handling", "care_list", "promotion_channels",
            "implementation_progress", "dispositions_followup", "outcomes_by_disposition",
            "training_roster", "training_completion", "frontline_postings", "structure_targets", "township_secretary_pipeline", "rotation_due",
            "commendation_contributions",
            "fault_tolerance_effects", "risk_filings", "contest_standings", "double_evaluation", "media_inquiries", "grade_inflation",
        ]
        #expect(Set(TableCatalogue.definitions.map(\.name)) == names)
    }

    @Test(
        "the columns that others rely on come first",
        arguments: [
            ("flag_evidence", ["flag_id", "cadre_id", "source", "record_id", "file", "line"]),
            ("data_quality", ["source", "file", "rows_read", "rows_accepted", "rows_rejected", "rows_duplicate", "rows_out_of_scope"]),
        ])
    func reliedOn(table: String, columns: [String]) throws {
        let definition = try #require(TableCatalogue.definitions.first { $0.name == table })
        #expect(Array(definition.header.prefix(columns.count)) == columns)
    }
}
