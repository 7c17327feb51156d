import Foundation
import Testing

/// The sample, run once for all tests that only read what it published.
let sampleRun = Result { try SampleRun() }

struct SampleRun: Sendable {
    let scratch: Scratch
    let outcome: Outcome

    init() throws {
        scratch = try Scratch()
        outcome = try run(
            "cadre-nightly", [Place.pipeline, "--input", Place.sample, "--output", scratch.output, "--as-of", Place.sampleDate, "--quiet"])
    }

    func table(_ name: String) throws -> PublishedTable { try PublishedTable("\(scratch.current)/\(name).csv") }
}

@Suite struct SampleNightTests {
    private static let tables = [
        "flagged_cadres", "recall", "retraining", "reassignment", "flag_reasons", "flag_evidence", "indicator_observations", "peer_groups",
        "not_judged", "exclusions", "summary_by_unit", "summary_by_kind", "data_quality", "rejects", "unresolved_targets", "findings",
        "support_talk", "flag_contributions", "flag_changes", "watch_list", "commended_cadres", "scorecards", "indicator_estimates", "previous_posts",
        "correlations", "fairness_audit", "calibration", "petition_links", "link_weights", "clarifications_due", "petition_handling", "care_list",
        "promotion_channels", "commendation_contributions", "training_roster", "training_completion", "frontline_postings", "structure_targets",
        "township_secretary_pipeline", "rotation_due", "fault_tolerance_effects", "risk_filings", "contest_standings", "double_evaluation",
        "media_inquiries", "grade_inflation", "implementation_progress", "dispositions_followup", "outcomes_by_disposition",
    ]

    @Test("the night ends well and publishes every table")
    func publishes() throws {
        let night = try sampleRun.get()
        #expect(night.outcome.status == 0, "\(night.outcome.errors)")
        #expect(try files(in: night.scratch.current) == (Self.tables.map { $0 + ".csv" } + ["manifest.json", "report.html"]).sorted())
    }

    @Test("tables are private files in private folders, with mark and CRLF")
    func formats() throws {
        let night = try sampleRun.get()
        let folder = URL(fileURLWithPath: night.scratch.current).resolvingSymlinksInPath().path
        #expect(try mode(night.scratch.output) == 0o700)
        #expect(try mode(folder) == 0o700)
        for name in try files(in: folder) { #expect(try mode(folder + "/" + name) == 0o600, "\(name)") }
        for name in Self.tables {
            let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name).csv")))
            #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]), "\(name)")
            #expect(bytes.suffix(2) == [0x0D, 0x0A], "\(name)")
        }
    }

    @Test("each unit's folder holds that unit's tables and no name, and the manifest has their checksums")
    func unitFolders() throws {
        let night = try sampleRun.get()
        let root = night.scratch.current + "/units"
        let units = try folders(in: root)
        let manifest = String(decoding: try Data(contentsOf: URL(fileURLWithPath: night.scratch.current + "/manifest.json")), as: UTF8.self)
        let names = Set(try night.table("scorecards").column("cadre_id")).union(try night.table("flagged_cadres").column("flag_id"))
        #expect(units.count > 40)
        for unit in units {
            #expect(try mode(root + "/" + unit) == 0o700)
            let tables = try files(in: root + "/" + unit)
            #expect(tables == ["implementation_progress.csv", "petition_handling.csv", "staff.csv", "summary.csv", "training_completion.csv"])
            for table in tables {
                #expect(try mode("\(root)/\(unit)/\(table)") == 0o600 && manifest.contains("\"units/\(unit)/\(table)\""))
                let cells = try PublishedTable("\(root)/\(unit)/\(table)").rows.flatMap { $0 }
                #expect(names.isDisjoint(with: cells) && Set(units).subtracting([unit]).isDisjoint(with: cells))
            }
            #expect(try PublishedTable("\(root)/\(unit)/summary.csv").rows.count == 1)
        }
    }

    @Test("every flag can be followed to the rows of the exports that put it there")
    func evidenceLeadsToRows() throws {
        let night = try sampleRun.get()
        let evidence = try night.table("flag_evidence").records
        let flags = Set(try night.table("flagged_cadres").column("flag_id"))
        #expect(!flags.isEmpty)
        #expect(Set(evidence.map { $0["flag_id"] ?? "" }) == flags)
        for row in evidence {
            let line = try #require(Int(row["line"] ?? ""))
            let fields = try record(ofLine: line, in: Place.sample + "/" + (row["file"] ?? ""))
            // Tasks and petitions may name a unit and a post, or a name, instead of a number: then the row must name no number at all,
            // and it must carry the record's own.
            if !fields.contains(where: { $0.contains(row["cadre_id"] ?? "?") }) {
                #expect(["tasks", "petitions", "media_inquiries"].contains(row["source"]), "\(row)")
                #expect(!fields.contains { $0.hasPrefix("WZ") }, "\(row)")
                #expect(row["record_id"]?.isEmpty == false, "\(row)")
            }
            if let id = row["record_id"], !id.isEmpty { #expect(fields.contains(id), "\(row)") }
        }
    }

    @Test("every flag is a proposal with its provision and what would clear it, and no name is flagged that is not on the roster")
    func flagsAreProposals() throws {
        let night = try sampleRun.get()
        let flags = try night.table("flagged_cadres").records
        for flag in flags {
            #expect(flag["status"] == "proposed")
            for column in ["name", "disposition_zh", "reason_zh", "reason_en", "citation_zh", "cleared_by_zh", "cleared_by_en"] {
                #expect(flag[column]?.isEmpty == false, "\(column) of \(flag)")
            }
        }
        let parts = try ["recall", "retraining", "reassignment", "support_talk"].flatMap { try night.table($0).column("flag_id") }
        #expect(parts.sorted() == flags.compactMap { $0["flag_id"] }.sorted())
    }

    @Test("courses, shares, rotations and secretaries have rows, and the rows of units sum to those of all")
    func educationAndSelection() throws {
        let night = try sampleRun.get()
        for table in ["training_roster", "rotation_due", "township_secretary_pipeline", "commendation_contributions"] {
            #expect(try !night.table(table).rows.isEmpty, "\(table)")
        }
        for (table, key, count) in [
            ("training_completion", ["course"], "enrolled"), ("frontline_postings", ["year", "frontline_kind"], "sent"),
            ("structure_targets", ["target"], "members"),
        ] {
            var sums: [String: [String: Int]] = [:]
            for row in try night.table(table).records {
                let name = key.map { row[$0] ?? "" }.joined(separator: " ")
                sums[name, default: [:]][row["scope"] ?? "", default: 0] += try #require(Int(row[count] ?? ""))
            }
            #expect(!sums.isEmpty && sums.values.allSatisfy { $0["unit"] == $0["all"] }, "\(table)")
        }
        let roster = try night.table("training_roster").records
        #expect(Set(roster.compactMap { $0["reason"] }) == ["retrainingFlag", "capabilityGap", "requiredCourse"])
        #expect(Set(roster.compactMap { $0["status"] }) == ["invited", "waits"])
    }

    @Test("every row of every file is accounted for")
    func accounts() throws {
        let rows = try sampleRun.get().table("data_quality").records
        #expect(rows.count >= 18)
        for row in rows {
            func count(_ name: String) throws -> Int { try #require(Int(row[name] ?? "")) }
            let parts = try count("rows_accepted") + count("rows_rejected") + count("rows_duplicate") + count("rows_out_of_scope")
            #expect(try count("rows_read") == parts, "\(row)")
        }
    }

    @Test("nothing of a petitioner, and no identity number, is in any file of the output, the warehouse included")
    func privacy() throws {
        let night = try sampleRun.get()
        let private_ = ["虚构信访人", "虚构内容", "虚构路", "虚构-0"]
        let number = try record(ofLine: 2, in: Place.sample + "/roster.csv")[6]
        #expect(number.count == 18)
        var paths = try contents(of: night.scratch.current).keys.map { night.scratch.current + "/" + $0 }
        paths.append(night.scratch.output + "/warehouse.sqlite")
        for path in paths {
            let data = try Data(contentsOf: URL(fileURLWithPath: path))
            for word in private_ + [number] { #expect(data.range(of: Data(word.utf8)) == nil, "\(word) in \(path)") }
        }
        #expect(!night.outcome.errors.contains(number))
    }

    @Test("a second run of the same date publishes the same bytes, and so do the stages one by one")
    func sameBytes() throws {
        let night = try sampleRun.get()
        let first = try contents(of: night.scratch.current)
        let again = try run(
            "cadre-nightly", [Place.pipeline, "--input", Place.sample, "--output", night.scratch.output, "--as-of", Place.sampleDate, "--quiet"])
        #expect(again.status == 0)
        #expect(try contents(of: night.scratch.current) == first)

        let scratch = try Scratch()
        let common = [Place.pipeline, "--output", scratch.output, "--as-of", Place.sampleDate, "--quiet"]
        #expect(try run("cadre-ingest", common + ["--input", Place.sample]).status == 0)
        for stage in ["cadre-analyze", "cadre-flag", "cadre-track", "cadre-export"] { #expect(try run(stage, common).status == 0, "\(stage)") }
        #expect(try contents(of: scratch.current) == first)
    }

    @Test("the golden outputs are what is published", arguments: ["flagged_cadres", "flag_evidence", "peer_groups", "data_quality", "summary_by_kind"])
    func golden(table: String) throws {
        let published = try Data(contentsOf: URL(fileURLWithPath: "\(try sampleRun.get().scratch.current)/\(table).csv"))
        let golden = URL(fileURLWithPath: Place.root + "/Tests/EndToEndTests/Golden/\(table).csv")
        // CADRE_UPDATE_GOLDEN=1 swift test --filter golden: writes them anew; look at the difference before it is committed.
        if ProcessInfo.processInfo.environment["CADRE_UPDATE_GOLDEN"] == "1" { try published.write(to: golden) }
        #expect(published == (try Data(contentsOf: golden)))
    }

    @Test("ballots are freed of their raters' severity, and come nearer to the truth")
    func severity() throws {
        let night = try sampleRun.get()
        let rows = try night.table("indicator_observations").records.filter { $0["indicator"] == "ballot_score" && $0["value"] != "" }
        #expect(rows.count > 500 && rows.allSatisfy { Double($0["adjusted_value"] ?? "") != nil && Double($0["adjusted_variance"] ?? "") != nil })
        let checks = Set(try night.table("findings").column("check"))
        #expect(checks.isDisjoint(with: ["RatersNotToldApart", "RatersInParts", "MarksWithoutRater", "PosteriorNotReproduced"]))

        let scratch = try Scratch()
        #expect(try run("cadre-simulate", ["--cadres", "600", "--months", "24", "--seed", "20180918", "--out", scratch.path + "/world"]).status == 0)
        let truth = Dictionary(
            uniqueKeysWithValues: try PublishedTable(scratch.path + "/world/truth/standings.csv").records.map {
                ($0["cadre_id"] ?? "", Double($0["ballot_score"] ?? "") ?? .nan)
            })
        /// The share of a standing's variance among peers that a column shows.
        func explained(_ column: String) -> Double {
            var (xx, yy, xy) = (0.0, 0.0, 0.0)
            for group in Dictionary(grouping: rows, by: { $0["group_id"] ?? "" }).values {
                let pairs = group.map { (Double($0[column] ?? "") ?? .nan, truth[$0["cadre_id"] ?? ""] ?? .nan) }
                let (x, y) = (pairs.reduce(0) { $0 + $1.0 } / Double(pairs.count), pairs.reduce(0) { $0 + $1.1 } / Double(pairs.count))
                for pair in pairs {
                    xx += (pair.0 - x) * (pair.0 - x)
                    yy += (pair.1 - y) * (pair.1 - y)
                    xy += (pair.0 - x) * (pair.1 - y)
                }
            }
            return xy * xy / (xx * yy)
        }
        #expect(explained("adjusted_value") > explained("value") + 0.02)

        // What would clear a flag by its ballots is said of the adjusted mean, and does not lie below it.
        let cleared = try night.table("flag_contributions").records.filter { $0["indicator"] == "ballot_score" && $0["cleared_at"] != "" }
        #expect(!cleared.isEmpty)
        for row in cleared { #expect(Double(row["cleared_at"] ?? "") ?? 0 >= Double(row["adjusted_value"] ?? "") ?? .infinity, "\(row)") }
    }

    @Test("every table has a row in the sample, but those of the decisions that nobody could take before the first night")
    func everyTableHasRows() throws {
        let night = try sampleRun.get()
        let empty = try Self.tables.filter { try night.table($0).rows.isEmpty }
        #expect(empty.sorted() == ["calibration", "dispositions_followup"])
        // A unit's petitions and courses are in its folder.
        let root = night.scratch.current + "/units"
        for table in ["petition_handling", "training_completion"] {
            let hasRows = try folders(in: root).contains { try !PublishedTable("\(root)/\($0)/\(table).csv").rows.isEmpty }
            #expect(hasRows, "\(table)")
        }
    }

    @Test("the sample exercises what the mechanisms look for")
    func mechanisms() throws {
        let night = try sampleRun.get()
        func holds(_ table: String, _ column: String, _ value: (String) -> Bool) throws -> Bool {
            try night.table(table).records.contains { value($0[column] ?? "") }
        }
        for (table, column, word) in [
            ("fault_tolerance_effects", "outcome", "excluded"), ("fault_tolerance_effects", "outcome", "counts"),
            ("fault_tolerance_effects", "outcome", "heldOut"), ("findings", "check", "ExcellentShareExceeded"), ("exclusions", "reason", "reformRisk"),
            ("risk_filings", "progress", "doneLate"), ("media_inquiries", "progress", "overdue"), ("contest_standings", "field", "partyBuilding"),
            ("double_evaluation", "level", "unit"), ("petition_handling", "petition_kind", "suggestion"),
        ] {
            let isThere = try holds(table, column) { $0 == word }
            #expect(isThere, "\(table).\(column): \(word)")
        }
        for (table, column) in [
            ("risk_filings", "events_held"), ("double_evaluation", "set_aside_repeated"), ("double_evaluation", "set_aside_straight"),
            ("petition_handling", "extended"), ("petition_handling", "open_beyond"), ("grade_inflation", "expected"),
        ] {
            let isThere = try holds(table, column) { Double($0) ?? 0 > 0 }
            #expect(isThere, "\(table).\(column)")
        }
    }

    @Test("what the sample has broken is found where it was broken")
    func brokenRowsAreFound() throws {
        let scratch = try Scratch()
        let world = scratch.path + "/world"
        #expect(try run("cadre-simulate", ["--cadres", "600", "--months", "24", "--seed", "20180918", "--out", world]).status == 0)
        let night = try sampleRun.get()
        let rejects = try night.table("rejects").records
        let rejected = Set(rejects.map { "\($0["file"] ?? ""):\($0["line"] ?? "")" })
        let truth = try PublishedTable(world + "/truth/broken_rows.csv").records
        #expect(truth.count > 100)
        let found = Dictionary(grouping: try night.table("findings").records) { "\($0["file"] ?? ""):\($0["line"] ?? "")" }
        for row in truth {
            let place = "\(row["file"] ?? ""):\(row["line"] ?? "")"
            #expect(rejected.contains(place) || found[place] != nil, "\(row)")
        }
        // And nothing else is rejected: each reject was broken on purpose.
        let broken = Set(truth.map { "\($0["file"] ?? ""):\($0["line"] ?? "")" })
        #expect(rejected.subtracting(broken).isEmpty, "\(rejected.subtracting(broken).sorted().prefix(5))")
    }
}
