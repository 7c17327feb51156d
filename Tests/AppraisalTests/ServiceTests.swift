import PipelineModel
import Testing
import Warehouse

@testable import Appraisal

@Suite struct ServiceTests {
    /// A row of the posts export: first and last day, title, unit, rank.
    struct Row {
        var start: String
        var end: String?
        var post = "科长"
        var unit = "U1"
        var rank = "正科级"
    }

    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let rows: [Row]
        let post: String?
        let start: String?
    }

    /// The present post on 2025-11-30, and when it began.
    static let cases = [
        Case(testDescription: "no tenure", rows: [], post: nil, start: nil),
        Case(testDescription: "ended", rows: [Row(start: "2020-01-01", end: "2025-11-29")], post: nil, start: nil),
        Case(testDescription: "ends today", rows: [Row(start: "2020-01-01", end: "2025-11-30")], post: "科长", start: "2020-01-01"),
        Case(testDescription: "starts today", rows: [Row(start: "2025-11-30")], post: "科长", start: "2025-11-30"),
        Case(testDescription: "starts tomorrow", rows: [Row(start: "2025-12-01")], post: nil, start: nil),
        Case(
            testDescription: "an open one closes at the next start", rows: [Row(start: "2020-01-01"), Row(start: "2023-05-01", post: "局长")], post: "局长",
            start: "2023-05-01"),
        Case(
            testDescription: "closed by a later one that has ended since",
            rows: [Row(start: "2020-01-01"), Row(start: "2023-05-01", end: "2024-01-01", post: "局长")], post: nil, start: nil),
        Case(
            testDescription: "not closed by one that ends before it starts",
            rows: [Row(start: "2020-01-01"), Row(start: "2023-05-01", end: "2022-01-01", post: "局长")], post: "科长", start: "2020-01-01"),
        Case(
            testDescription: "overlap: the later start",
            rows: [Row(start: "2020-01-01", end: "2030-01-01"), Row(start: "2024-01-01", end: "2030-01-01", post: "主任")], post: "主任", start: "2024-01-01"),
        Case(
            testDescription: "a change of rank is the same post", rows: [Row(start: "2020-01-01", rank: "科员"), Row(start: "2025-09-01")], post: "科长",
            start: "2020-01-01"),
        Case(
            testDescription: "twice renewed", rows: [Row(start: "2020-01-01", end: "2022-01-01"), Row(start: "2022-01-02"), Row(start: "2025-09-01")],
            post: "科长", start: "2020-01-01"),
        Case(
            testDescription: "a gap starts the post anew", rows: [Row(start: "2020-01-01", end: "2025-08-30"), Row(start: "2025-09-01")], post: "科长",
            start: "2025-09-01"),
        Case(
            testDescription: "the same title elsewhere is another post", rows: [Row(start: "2020-01-01", unit: "U2"), Row(start: "2025-09-01")], post: "科长",
            start: "2025-09-01"),
        Case(
            testDescription: "tomorrow's appointment closes nothing today", rows: [Row(start: "2020-01-01"), Row(start: "2025-12-01", post: "局长")],
            post: "科长", start: "2020-01-01"),
    ]

    @Test("the present post", arguments: cases)
    func present(example: Case) throws {
        for rows in [example.rows, example.rows.reversed()] {
            var world = try World()
            try world.add(.units, ["unit_id": "U2", "name": "龙湾局", "kind": "county"])
            try world.add(.roster, ["cadre_id": "A"])
            for row in rows {
                var values = ["cadre_id": "A", "start_date": row.start, "post": row.post, "unit": row.unit, "rank": row.rank]
                values["end_date"] = row.end
                try world.add(.posts, values)
            }
            let warehouse = try Warehouse(path: ":memory:")
            let history = try warehouse.write { transaction in
                try world.insert(into: transaction)
                return try ServiceHistory(in: transaction)
            }
            let found = history.post(of: "A", on: World.asOf)
            #expect(found?.post == example.post)
            #expect(found?.rank == (example.post == nil ? nil : "正科级"))
            #expect(found.map { ServiceRecords.start(of: $0, among: history.tenures["A"] ?? []).description } == example.start)
        }
    }

    @Test("leave leaves the month by its days, overlapping absences once")
    func leave() throws {
        func day(_ text: String) throws -> Int32 { try #require(CalendarDate(iso: text)).dayNumber }
        let leave = LongLeave([try day("2025-04-10")...day("2025-04-24"), try day("2025-04-01")...day("2025-04-15"), try day("2025-06-30")...day("2025-07-01")])
        let shares = try ["2025-03", "2025-04", "2025-06", "2025-07"].map { leave.exposure(of: try #require(Month(iso: $0))) }
        let expected: [Double] = [30.0 / 30, 6.0 / 30, 29.0 / 30, 30.0 / 31]
        #expect(shares == expected)
        let (last, after) = (CalendarDate(dayNumber: try day("2025-04-24")), CalendarDate(dayNumber: try day("2025-04-25")))
        #expect(leave.contains(last) && !leave.contains(after))
    }

    @Test("each reason for not being judged, with its numbers")
    func reasons() throws {
        var world = try World()
        try world.add(.units, ["unit_id": "U2", "name": "高校", "kind": "university"])
        try world.add(.units, ["unit_id": "U3", "name": "同名", "kind": "county"])
        try world.add(.units, ["unit_id": "U4", "name": "同名", "kind": "county"])
        try world.addCadre("ok")
        try world.addCadre("by-name", unit: "瓯海局")
        try world.addCadre("doubt")
        world.doubtful["doubt"] = "two people"
        try world.addCadre("gone", status: "retired")
        try world.addCadre("off", status: "suspended")
        try world.add(.roster, ["cadre_id": "postless", "unit": "U1"])
        try world.addCadre("lost", unit: "U9")
        try world.addCadre("twins", unit: "同名")
        try world.addCadre("teacher", unit: "U2")
        try world.addCadre("new", since: "2025-06-10")
        let outcome = try world.run()
        #expect(outcome.members.map(\.cadreID) == ["by-name", "ok"])
        let found = Dictionary(uniqueKeysWithValues: outcome.notJudged.map { ($0.cadreID, $0) })
        let expected: [String: NotJudgedReason] = [
            "doubt": .identityInDoubt, "gone": .notInService, "off": .notInService, "postless": .noPost, "lost": .unknownUnit, "twins": .unknownUnit,
            "teacher": .noScheme, "new": .tooLittleExposure,
        ]
        #expect(found.mapValues(\.reason) == expected)
        #expect(found["doubt"]?.detail == "two people")
        #expect(found["new"]?.detail == "现任职务 5 个月,少于 6 个月 / 5 months in the present post, fewer than 6")
        #expect(found["new"]?.exposureMonths == 5)
        #expect(found["lost"]?.detail.contains("posts.csv:") == true && found["lost"]?.unitID == nil)
        #expect(found["teacher"]?.kind == .university && found["postless"]?.unitID == "U1")
    }

    /// Exposure of a cadre in post since 2025-05-01 (seven whole months), less one absence.
    @Test(
        "exposure",
        arguments: [
            ("sick", "2025-06-01", "2025-06-15", "true", 6.5), ("sick", "2025-06-01", "2025-06-14", "true", 7),
            ("annual", "2025-06-01", "2025-06-30", "true", 7),
            ("sick", "2025-06-01", "2025-06-30", "false", 7), ("maternity", "2025-11-01", nil, "true", 6),
            ("secondment", "2024-01-01", "2025-05-31", "true", 6),
        ] as [(String, String, String?, String, Double)])
    func exposure(kind: String, start: String, end: String?, approved: String, months: Double) throws {
        var world = try World()
        try world.addCadre("A", since: "2025-05-01")
        var leave = ["cadre_id": "A", "kind": kind, "start_date": start, "approved": approved]
        leave["end_date"] = end
        try world.add(.leave, leave)
        let member = try #require(try world.run().members.first)
        #expect(member.exposureMonths == months)
        #expect(member.postStart == CalendarDate(iso: "2025-05-01") && member.rankBand == "section" && member.unitID == "U1")
    }

    @Test("exposure is shown with what it has", arguments: [(4.5, "4.5"), (6, "6"), (5.999, "5.99"), (0, "0"), (3.05, "3.05")])
    func shown(number: Double, text: String) {
        #expect(ServiceRecords.show(number) == text)
    }
}
