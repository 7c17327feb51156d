import PipelineModel
import Tables
import Testing

@testable import Simulation

@Suite struct TruthTests {
    /// The records of a file by the line they start on, with its header.
    private func records(_ folder: SimulatedFolder) throws -> [String: (header: [String], lines: [Int: [String]])] {
        var files: [String: (header: [String], lines: [Int: [String]])] = [:]
        for contract in try Contracts.all() {
            for file in try folder.exports() where Contracts.matches(file, contract.pattern) {
                let (header, records) = try folder.read(file, delimiter: contract.delimiter)
                files[file] = (header, Dictionary(uniqueKeysWithValues: records.map { ($0.line, $0.fields) }))
            }
        }
        return files
    }

    @Test func brokenRowsAreWhereTruthSays() throws {
        let folder = try SimulatedFolder(SharedWorld.parameters(cadres: 900, months: 24))
        let files = try records(folder)
        let broken = try folder.truth("broken_rows.csv")
        let kinds = Set(broken.compactMap { $0["what"] })
        #expect(kinds.isSuperset(of: ["wrongFieldCount", "unknownValue", "impossibleDate", "missingValue", "negativeNumber"]))
        for row in broken {
            let file = try #require(files[row["file"] ?? ""])
            let fields = try #require(file.lines[Int(row["line"] ?? "") ?? 0], "\(row)")
            let value = file.header.firstIndex(of: row["column"] ?? "").map { $0 < fields.count ? fields[$0] : "" }
            switch row["what"] {
            case "wrongFieldCount": #expect(fields.count != file.header.count)
            case "unknownValue": #expect(value == "其它(待定)")
            case "impossibleDate": #expect(value.map { day($0) == nil } ?? false)
            case "missingValue": #expect(value == "")
            case "negativeNumber": #expect(value == "-1")
            case "wrongCheckDigit":
                let number = try #require(value)
                #expect(IdentityNumbers.checkCharacter(of: String(number.dropLast())) != number.last)
            default: #expect(["endBeforeStart", "overlappingTenures"].contains(row["what"] ?? ""))
            }
        }
    }

    @Test func whateverElseIsWholeAndDated() throws {
        let folder = try SimulatedFolder(SharedWorld.parameters())
        let broken = try Set(folder.truth("broken_rows.csv").map { "\($0["file"] ?? ""):\($0["line"] ?? "")" })
        for (name, file) in try records(folder) {
            for (line, fields) in file.lines where !broken.contains("\(name):\(line)") {
                #expect(fields.count == file.header.count, "\(name):\(line)")
            }
        }
        for (role, field) in [(SourceRole.tasks, "due_date"), (.ballots, "date"), (.appraisals, "date"), (.leave, "start_date"), (.posts, "start_date")] {
            for row in try folder.rows(role) { #expect(row[field].flatMap(day) != nil, "\(role) \(row)") }
        }
    }

    @Test func duplicatesAreWhereTruthSays() throws {
        let folder = try SimulatedFolder(SharedWorld.parameters())
        let files = try records(folder)
        let duplicates = try folder.truth("duplicates.csv")
        #expect(Set(duplicates.compactMap { $0["what"] }) == ["exact", "conflict"])
        for row in duplicates {
            let file = try #require(files[row["file"] ?? ""])
            let again = try #require(file.lines[Int(row["line"] ?? "") ?? 0], "\(row)")
            let first = try #require(file.lines[Int(row["first_line"] ?? "") ?? 0], "\(row)")
            #expect(row["what"] == "exact" ? again == first : zip(again, first).filter { $0.0 != $0.1 }.count == 1, "\(row)")
        }
        // And nothing is there twice that truth does not know: tasks carry a number of their own.
        var seen: Set<String> = []
        for row in try folder.rows(.tasks) { #expect(seen.insert(row["record_id"] ?? "").inserted) }
    }

    @Test func petitionsAreAboutWhomTruthSays() throws {
        let folder = try SimulatedFolder(SharedWorld.parameters())
        let targets = Dictionary(uniqueKeysWithValues: try folder.truth("petition_targets.csv").map { ($0["record_id"] ?? "", $0) })
        let names = Dictionary(try folder.rows(.roster).map { ($0["cadre_id"] ?? "", $0["name"] ?? "") }, uniquingKeysWith: { first, _ in first })
        let units = Dictionary(uniqueKeysWithValues: try folder.rows(.units).map { ($0["unit_id"] ?? "", $0["name"] ?? "") })
        let posts = Dictionary(grouping: try folder.rows(.posts), by: { $0["cadre_id"] ?? "" })
        let petitions = try folder.rows(.petitions)
        #expect(petitions.count == targets.count)
        var (forms, plain): (Set<String>, Int) = ([], 0)
        for petition in petitions {
            let truth = try #require(targets[petition["record_id"] ?? ""])
            let (cadre, form, oddities) = (truth["cadre_id"] ?? "", truth["written_as"] ?? "", truth["oddities"] ?? "")
            forms.insert(form)
            #expect(petition["cadre_id"] == (form == "cadre" ? cadre : ""))
            #expect((oddities == "outsider") == (cadre == ""))
            guard oddities.isEmpty else { continue }
            plain += 1
            #expect(petition["name"] == names[cadre])
            let received = try #require(petition["received"].flatMap { day(String($0.prefix(10))) })
            let held = try #require(posts[cadre]).first {
                guard let start = $0["start_date"].flatMap(day), start <= received else { return false }
                return ($0["end_date"].flatMap(day)).map { received <= $0 } ?? true
            }
            #expect(held?["unit"].flatMap { units[$0] } == petition["unit"])
            #expect(held?["post"] == petition["post"])
        }
        #expect(forms == ["cadre", "words"] && plain > 200)
    }

    /// Every kind of carelessness is there, in shares that are believable: about four in ten targets in words are as in the roster.
    @Test func wordingIsAsCarelessAsPeopleAre() throws {
        let folder = try SimulatedFolder(SharedWorld.parameters(cadres: 1500, months: 24))
        let words = try folder.truth("petition_targets.csv").filter { $0["written_as"] == "words" }
        var counts: [String: Int] = [:]
        for target in words { for oddity in (target["oddities"] ?? "").split(separator: "+") { counts[String(oddity), default: 0] += 1 } }
        #expect(
            Set(counts.keys) == [
                "alias", "blanks", "formerName", "formerPost", "noName", "noPost", "noUnit", "outsider", "parentUnit", "shortPost", "surnameAndTitle",
                "surnameOnly", "titleAppended", "unitNumber", "unlistedName", "wrongCharacter", "wrongPost",
            ])
        func share(_ oddity: String) -> Double { Double(counts[oddity] ?? 0) / Double(words.count) }
        #expect((0.02...0.06).contains(share("outsider")) && (0.01...0.04).contains(share("wrongCharacter")))
        let plain = Double(words.count { $0["oddities"] == "" }) / Double(words.count)
        #expect((0.35...0.47).contains(plain))
    }

    @Test func aTidyWorldNamesEverybodyAsTheRosterDoes() throws {
        var parameters = SharedWorld.parameters(cadres: 200)
        parameters.mess = .none
        let targets = try SimulatedFolder(parameters).truth("petition_targets.csv")
        #expect(!targets.isEmpty && targets.allSatisfy { $0["oddities"] == "" && $0["cadre_id"] != "" })
    }

    @Test func protectionsReferToRealEvents() throws {
        let folder = try SimulatedFolder(SharedWorld.parameters())
        let tasks = Dictionary(uniqueKeysWithValues: try folder.rows(.tasks).map { ($0["record_id"] ?? "", $0) })
        let petitions = Dictionary(uniqueKeysWithValues: try folder.rows(.petitions).map { ($0["record_id"] ?? "", $0) })
        let cases = try folder.rows(.faultTolerance)
        #expect(!cases.isEmpty)
        for row in cases {
            let event = row["event_record_id"] ?? ""
            if row["event_source"] == "信访" {
                #expect(["属实", "部分属实", "查证属实"].contains(petitions[event]?["finding"] ?? ""))
            } else {
                let task = try #require(tasks[event])
                let due = try #require(task["due_date"].flatMap(day))
                #expect(task["completed_date"].flatMap(day).map { $0 > due } ?? true)
            }
        }
        for row in try folder.rows(.clarifications) {
            #expect(["错告", "诬告"].contains(petitions[row["petition_record_id"] ?? ""]?["finding"] ?? ""))
        }
    }
}
