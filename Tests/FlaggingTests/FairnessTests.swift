import Flagging
import Foundation
import PipelineModel
import Testing
import Warehouse

@Suite struct FairnessTests {
    static let asOf = Night.asOf

    /// Judged people, the flagged among them first.
    struct People {
        var count: Int
        var flagged = 0
        var sex: String?
        var born: String?
        var ethnicGroup: String?
        var kind = KindOfBody.county
    }

    struct Review {
        var flagID: String
        var decision: String
        var date: String
    }

    /// Runs the audit over judged people; a flag is `F` and its cadre's number.
    static func audit(
        _ people: [People], concern: Double? = nil, reviews: [Review] = [], earlier: [FlagRecord] = [], asOf: CalendarDate = asOf
    ) throws -> (fairness: [FairnessRecord], calibration: [CalibrationRecord]) {
        let warehouse = try Warehouse(path: ":memory:")
        return try warehouse.write { transaction in
            try transaction.insert(
                SourceRole.allCases.enumerated().map { index, role in
                    SourceFileRecord(
                        fileID: index + 1, source: role.rawValue, role: role, path: "\(role.rawValue).csv", sha256: "", bytes: 0, encoding: "utf-8",
                        contractFrom: nil, rowsRead: 0, rowsAccepted: 0, rowsRejected: 0, rowsDuplicate: 0, rowsOutOfScope: 0)
                })
            try transaction.insert(
                KindOfBody.allCases.map {
                    PeerGroupRecord(
                        groupID: $0.rawValue, kind: $0, grouping: .scheme, rankBand: nil, postType: nil, size: 1, finestGroups: 1, mergedFrom: "")
                })
            var number = 0
            for group in people {
                for place in 0..<group.count {
                    number += 1
                    try transaction.insert(
                        try row(
                            .roster, number,
                            [
                                "cadre_id": .text("C\(number)"), "sex": category(Sex.self, group.sex), "ethnic_group": group.ethnicGroup.map { .text($0) },
                                "birth_date": group.born.flatMap { CalendarDate(iso: $0) }.map { .date($0) },
                            ]), of: .roster)
                    try transaction.insert([
                        PeerMember(
                            cadreID: "C\(number)", groupID: group.kind.rawValue, kind: group.kind, unitID: "U", post: nil, postType: nil, rank: nil,
                            rankBand: "all", postStart: asOf.adding(days: -900), exposureMonths: 12)
                    ])
                    if place < group.flagged {
                        try transaction.insert([flag("F\(number)", "C\(number)", asOf: asOf, concern: concern)])
                    }
                }
            }
            try transaction.insert(earlier)
            for (index, review) in reviews.enumerated() {
                try transaction.insert(
                    try row(
                        .reviews, index + 1,
                        [
                            "flag_id": .text(review.flagID), "decision": category(ReviewDecision.self, review.decision), "reason": .text("why"),
                            "date": CalendarDate(iso: review.date).map { .date($0) },
                        ]), of: .reviews)
            }
            try FairnessAudit.run(asOf: asOf, in: transaction)
            return (try transaction.all(FairnessRecord.self), try transaction.all(CalibrationRecord.self))
        }
    }

    static func flag(_ id: String, _ cadre: String, asOf: CalendarDate, concern: Double?) -> FlagRecord {
        FlagRecord(
            asOf: asOf, flagID: id, cadreID: cadre, unitID: "U", kind: .county, cause: concern == nil ? "trigger:x" : "model", disposition: .supportTalk,
            status: .proposed, concern: concern)
    }

    private static func row(_ role: SourceRole, _ line: Int, _ values: [String: FieldValue?]) throws -> SourceRow {
        let fileID = try #require(SourceRole.allCases.firstIndex(of: role)) + 1
        return SourceRow(fileID: fileID, line: line + 1, values: role.fields.map { (values[$0.name] ?? nil) ?? .missing })
    }

    private static func category<Code: Category>(_ type: Code.Type, _ code: String?) -> FieldValue? {
        code.flatMap { code in Code.allCases.firstIndex { $0.rawValue == code } }.map { .category($0) }
    }

    @Test("shares have Wilson's limits and the ratio to the largest group has Koopman's; the largest is the reference")
    func shares() throws {
        let lines = try Self.audit([People(count: 100, flagged: 10, sex: "male"), People(count: 50, flagged: 10, sex: "female")]).fairness
            .filter { $0.attribute == "sex" }
        #expect(lines.map(\.value) == ["female", "male"])
        let (female, male) = (lines[0], lines[1])
        #expect(male.remark == "reference")
        #expect(male.ratio == nil)
        #expect((female.judged, female.flagged) == (50, 10))
        #expect(female.remark == "compared")
        #expect(female.share == 0.2)
        #expect(female.ratio == 2)
        // Wilson's limits of 10 of 50, by hand: (0.2 + 0.0384146 ± 1.959964·√(0.0032 + 0.000768292)) / 1.0768292.
        #expect(abs((female.lower ?? 0) - 0.11244) < 1e-4)
        #expect(abs((female.upper ?? 0) - 0.33037) < 1e-4)
        let (low, high) = (try #require(female.ratioLower), try #require(female.ratioUpper))
        #expect(low < 1 && 1 < 2 && 2 < high, "10 of 50 against 10 of 100 is not yet a difference")
    }

    @Test(
        "too few to say is said, and nothing is divided by nothing",
        arguments: [
            (People(count: 29, flagged: 3, sex: "female"), 4, "tooFewPeople"),
            (People(count: 30, flagged: 3, sex: "female"), 4, "compared"),
            (People(count: 30, flagged: 0, sex: "female"), 4, "compared"),
            (People(count: 30, flagged: 0, sex: "female"), 0, "nobodyFlagged"),
            (People(count: 30, flagged: 3, sex: "female"), 0, "nobodyFlaggedInReference"),
            (People(count: 30, flagged: 3, sex: nil), 4, "unknown"),
        ])
    func tooFew(group: People, flaggedInReference: Int, remark: String) throws {
        let lines = try Self.audit([People(count: 60, flagged: flaggedInReference, sex: "male"), group]).fairness.filter { $0.attribute == "sex" }
        let line = try #require(lines.first { $0.value != "male" })
        #expect(line.remark == remark)
        #expect((line.ratio != nil) == (remark == "compared"))
        #expect((line.ratioLower != nil) == (remark == "compared" || remark == "nobodyFlaggedInReference"))
        #expect(line.ratioUpper?.isFinite ?? true)
    }

    @Test("nobody judged: no lines, and no error")
    func nobody() throws {
        let audit = try Self.audit([])
        #expect(audit.fairness.isEmpty)
        #expect(audit.calibration.isEmpty)
    }

    @Test(
        "age bands by completed years on the day",
        arguments: [
            ("1990-12-01", "under_35"), ("1990-11-30", "35_44"), ("1980-12-01", "35_44"), ("1980-11-30", "45_54"), ("1970-12-01", "45_54"),
            ("1970-11-30", "55_and_over"), (nil, "unknown"),
        ] as [(String?, String)])
    func ages(born: String?, band: String) throws {
        let lines = try Self.audit([People(count: 1, born: born)]).fairness
        #expect(lines.filter { $0.attribute == "age_band" }.map(\.value) == [band])
    }

    @Test("ethnic groups of fewer than five people are pooled")
    func ethnicGroups() throws {
        let lines = try Self.audit([
            People(count: 40, ethnicGroup: "汉族"), People(count: 5, ethnicGroup: "畲族"), People(count: 4, ethnicGroup: "回族"),
            People(count: 1, ethnicGroup: "满族"), People(count: 2),
        ]).fairness.filter { $0.attribute == "ethnic_group" }
        #expect(Dictionary(uniqueKeysWithValues: lines.map { ($0.value, $0.judged) }) == ["汉族": 40, "畲族": 5, "其他": 5, "unknown": 2])
    }

    @Test("a person with several flags is one flagged person, and every attribute counts everybody once")
    func oncePerPerson() throws {
        let second = Self.flag("G1", "C1", asOf: Self.asOf, concern: nil)
        let lines = try Self.audit([People(count: 3, flagged: 1, sex: "male", kind: .university)], earlier: [second]).fairness
        for attribute in FairnessAttribute.allCases {
            let part = lines.filter { $0.attribute == attribute.rawValue }
            #expect(part.reduce(0) { $0 + $1.judged } == 3)
            #expect(part.reduce(0) { $0 + $1.flagged } == 1)
        }
    }

    @Test("the newest decision counts, a deferred one is none, one of tomorrow is not known, and an overturned flag of an earlier night is counted")
    func reviews() throws {
        let yesterday = Self.asOf.adding(days: -1)
        let earlier = [Self.flag("E1", "C9", asOf: yesterday, concern: 0.95), Self.flag("E2", "C8", asOf: yesterday, concern: 0.95)]
        let reviews = [
            Review(flagID: "F1", decision: "overturned", date: "2025-11-20"), Review(flagID: "F1", decision: "confirmed", date: "2025-11-21"),
            Review(flagID: "F2", decision: "confirmed", date: "2025-11-20"), Review(flagID: "F2", decision: "deferred", date: "2025-11-21"),
            Review(flagID: "F3", decision: "confirmed", date: "2025-12-01"), Review(flagID: "E1", decision: "overturned", date: "2025-11-30"),
            Review(flagID: "E2", decision: "confirmed", date: "2025-11-30"), Review(flagID: "E2", decision: "overturned", date: "2025-11-30"),
            Review(flagID: "nobody's", decision: "confirmed", date: "2025-11-20"),
        ]
        let line = try #require(
            try Self.audit([People(count: 9, flagged: 3, sex: "male")], concern: 0.85, reviews: reviews, earlier: earlier).fairness
                .first { $0.attribute == "sex" })
        #expect((line.reviewed, line.overturned) == (3, 2))
    }

    @Test("calibration counts the model's flags in the band in which the reviewer saw them")
    func calibration() throws {
        let yesterday = Self.asOf.adding(days: -1)
        let earlier = [
            Self.flag("F1", "C1", asOf: yesterday, concern: 0.92), Self.flag("E1", "C9", asOf: yesterday, concern: 1),
            Self.flag("E2", "C8", asOf: yesterday, concern: nil),
        ]
        let reviews = ["F1", "F2", "E1", "E2"].map { Review(flagID: $0, decision: $0 == "F2" ? "overturned" : "confirmed", date: "2025-11-29") }
        let lines = try Self.audit([People(count: 9, flagged: 2)], concern: 0.8, reviews: reviews, earlier: earlier).calibration
        #expect(lines.map(\.from) == [0, 0.5, 0.6, 0.7, 0.8, 0.9])
        #expect(lines.map(\.reviewed) == [0, 0, 0, 0, 1, 2])
        #expect(lines.map(\.confirmed) == [0, 0, 0, 0, 0, 2])
        #expect(lines.last?.share == 1)
        #expect(abs((lines.last?.meanConcern ?? 0) - 0.96) < 1e-12)
        #expect(lines.first?.share == nil)
        // Wilson's lower limit of 2 of 2 is 2 / (2 + z²).
        #expect(abs((lines.last?.lower ?? 0) - 2 / (2 + 1.959964 * 1.959964)) < 1e-6)
    }

    @Test("reviews of rule triggers alone make no calibration")
    func noModelFlags() throws {
        let reviews = [Review(flagID: "F1", decision: "confirmed", date: "2025-11-29")]
        #expect(try Self.audit([People(count: 3, flagged: 1)], reviews: reviews).calibration.isEmpty)
    }

    @Test("a night of flagging writes the audit, and running it again replaces it")
    func inTheStage() throws {
        let warehouse = try Warehouse(path: ":memory:")
        let night = try Night()
        _ = try night.run(in: warehouse)
        try warehouse.write { try $0.insert([FairnessRecord.stale]) }
        _ = try night.run(in: warehouse)
        #expect(try warehouse.read { try $0.all(FairnessRecord.self) }.isEmpty, "nobody is judged in this night")
    }

    @Test("no model and no rule reads the attributes of the audit: their fields are named in the audit alone")
    func onlyTheAudit() throws {
        let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources")
        let fields = ["\"sex\"", "\"birth_date\"", "\"ethnic_group\"", "Sex.self", "completedYears"]
        var read = 0
        for library in ["Appraisal", "Statistics", "Flagging", "Mechanisms"] {
            let files = try #require(FileManager.default.enumerator(at: sources.appending(path: library), includingPropertiesForKeys: nil))
            for case let file as URL in files where file.pathExtension == "swift" && !file.lastPathComponent.hasPrefix("Fairness") {
                read += 1
                let text = try String(contentsOf: file, encoding: .utf8)
                // Years of service, from the first day in it, decide on leave; of age only the audit knows.
                for field in fields where library != "Mechanisms" || field != "completedYears" {
                    #expect(!text.contains(field), "\(file.lastPathComponent) names \(field)")
                }
            }
        }
        let history = try String(contentsOf: sources.appending(path: "Warehouse/ServiceHistory.swift"), encoding: .utf8)
        for field in fields { #expect(!history.contains(field)) }
        #expect(read > 20)
    }
}

extension FairnessRecord {
    fileprivate static let stale = FairnessRecord(
        attribute: "sex", value: "male", judged: 1, flagged: 1, share: 1, lower: 0, upper: 1, ratio: nil, ratioLower: nil, ratioUpper: nil, overturned: 0,
        reviewed: 0, remark: "")
}
