import Foundation
import Testing

/// Nights on which the department has a roster, units and posts, and nothing else.
@Suite struct EmptySourcesTests {
    enum Absence: String, CaseIterable, Sendable { case missing, headerOnly }

    /// Who serves where; without these there is no night.
    private static let indispensable: Set = ["roster.csv", "units.csv", "posts.csv"]

    /// Why a table may be empty: a finding of one of these checks and values.
    private static let reasons: [String: [(check: String, values: Set<String>)]] = {
        let flags = [(check: "IndicatorWithoutObservations", values: Set([""]))]
        let sources = [
            "clarifications_due": "clarifications", "contest_standings": "tasks", "dispositions_followup": "reviews", "calibration": "reviews",
            "double_evaluation": "ballots", "fault_tolerance_effects": "fault_tolerance", "frontline_postings": "frontline_postings",
            "grade_inflation": "appraisals", "media_inquiries": "media_inquiries", "petition_handling": "petitions", "petition_links": "petitions",
            "link_weights": "petitions", "risk_filings": "risk_filings", "training_completion": "training", "training_roster": "training",
        ]
        var reasons = sources.mapValues { [(check: "EmptySource", values: Set([$0]))] }
        for table in [
            "flagged_cadres", "recall", "retraining", "reassignment", "support_talk", "flag_reasons", "flag_evidence", "flag_contributions", "flag_changes",
            "watch_list", "commended_cadres", "commendation_contributions", "fairness_audit", "scorecards", "indicator_estimates", "correlations",
            "previous_posts",
        ] { reasons[table] = flags }
        // Nothing came in that could be excluded, or that would name anybody.
        for table in ["exclusions", "unresolved_targets"] { reasons[table] = [(check: "EmptySource", values: ["tasks", "petitions"])] }
        return reasons
    }()

    /// A night with every other export missing, or with its header and no rows.
    private func night(_ absence: Absence, _ scratch: Scratch) throws -> Outcome {
        let (input, pipelines) = (scratch.path + "/input", try scratch.copyOfPipelines())
        try FileManager.default.createDirectory(atPath: input, withIntermediateDirectories: true)
        for name in try files(in: Place.sample) where name.hasSuffix(".csv") {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: Place.sample + "/" + name))
            if Self.indispensable.contains(name) {
                try bytes.write(to: URL(fileURLWithPath: input + "/" + name))
            } else if absence == .headerOnly {
                let end = try #require(bytes.firstIndex(of: 0x0A))
                try bytes[...end].write(to: URL(fileURLWithPath: input + "/" + name))
            }
        }
        // Petitions are the one other source that the delivered contracts require.
        let contract = pipelines + "/sources/petitions.yaml"
        let text = try String(contentsOfFile: contract, encoding: .utf8)
        try #require(text.contains("required: true\n"))
        try Data(text.replacing("required: true\n", with: "", maxReplacements: 1).utf8).write(to: URL(fileURLWithPath: contract))
        return try run(
            "cadre-nightly", [pipelines + "/nightly.yaml", "--input", input, "--output", scratch.output, "--as-of", Place.sampleDate, "--quiet"])
    }

    @Test("every table is written with its header, a finding says why it is empty, and nothing unknown is a zero", arguments: Absence.allCases)
    func empty(absence: Absence) throws {
        let (scratch, sample) = (try Scratch(), try sampleRun.get())
        let outcome = try night(absence, scratch)
        #expect(outcome.status == 0, "\(outcome.errors.suffix(600))")
        let names = try files(in: sample.scratch.current)
        #expect(try files(in: scratch.current) == names)
        let findings = try PublishedTable(scratch.current + "/findings.csv").records
        let checks = Set(findings.map { $0["check"] ?? "" })
        #expect(checks.contains(absence == .missing ? "MissingFile" : "NoRows"))

        for name in names where name.hasSuffix(".csv") {
            let (table, whole) = (try PublishedTable("\(scratch.current)/\(name)"), try PublishedTable("\(sample.scratch.current)/\(name)"))
            #expect(table.header == whole.header, "\(name)")
            if table.rows.isEmpty {
                let reasons = Self.reasons[String(name.dropLast(4))] ?? []
                let isSaid = findings.contains { finding in
                    reasons.contains { $0.check == finding["check"] && $0.values.contains(finding["value"] ?? "") }
                }
                #expect(isSaid, "\(name) is empty, and no finding says why")
            }
            for row in table.records { expectNoInventedShare(row, name) }
        }
        for unit in try folders(in: scratch.current + "/units") {
            for table in ["petition_handling", "training_completion"] {
                #expect(try PublishedTable("\(scratch.current)/units/\(unit)/\(table).csv").rows.isEmpty, "\(unit)/\(table)")
            }
            for name in try files(in: "\(scratch.current)/units/\(unit)") {
                for row in try PublishedTable("\(scratch.current)/units/\(unit)/\(name)").records { expectNoInventedShare(row, "\(unit)/\(name)") }
            }
        }
    }

    /// A share, rank or place stands only where there was something to count it of.
    private func expectNoInventedShare(_ row: [String: String], _ name: String) {
        let wholes = ["denominator", "members", "judged", "cadres", "peers_observed"]
        let places: Set = ["place", "percentile", "rank_median"]
        for (column, value) in row where !value.isEmpty && column != "target_share" && (column.contains("share") || places.contains(column)) {
            let whole = wholes.lazy.compactMap { row[$0] }.first { !$0.isEmpty }
            let isOfSomething = Int(whole ?? "").map { $0 > 0 } ?? false
            #expect(isOfSomething, "\(name): \(column) is \(value) of nothing: \(row)")
        }
    }

    @Test("where no source was read, nobody is judged, and no indicator has a value")
    func nobodyIsJudged() throws {
        let scratch = try Scratch()
        #expect(try night(.missing, scratch).status == 0)
        func table(_ name: String) throws -> [[String: String]] { try PublishedTable("\(scratch.current)/\(name).csv").records }
        for kind in try table("summary_by_kind") {
            #expect(
                kind["judged"] == "0" && kind["not_judged"] == kind["cadres"] && kind["share_flagged"] == "" && kind["share_high"] == "",
                "\(kind)")
        }
        let reasons = Dictionary(grouping: try table("not_judged"), by: { $0["reason"] ?? "" }).mapValues(\.count)
        #expect(reasons["nothingObserved"] ?? 0 > 500)
        #expect(try table("fairness_audit").isEmpty)
        for row in try table("indicator_observations") {
            #expect(["events", "value", "within_variance", "adjusted_value", "peer_median", "percentile"].allSatisfy { row[$0] == "" }, "\(row)")
        }
        for row in try table("peer_groups") { #expect(row["location"] == "" && row["spread"] == "", "\(row)") }
        // Of what the exports tell all the same something is known: posts and the roster.
        let known = try table("implementation_progress").filter { Int($0["denominator"] ?? "") ?? 0 > 0 }
        #expect(Set(known.compactMap { $0["mechanism"] }).isSubset(of: ["education", "selection", "care"]))
        #expect(Set(known.filter { $0["mechanism"] == "education" }.compactMap { $0["measure"] }).isSubset(of: ["target_professional_cadres"]))
        #expect(Set(try table("care_list").compactMap { $0["reason"] }) == ["hardshipService"])
    }
}
