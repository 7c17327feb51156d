import PipelineModel
import Testing
import Warehouse

@Suite("The care list") struct CareTests {
    private static let citation = BilingualText(chinese: "条", english: "art.")

    private func night(_ rules: CareRules) throws -> Night {
        var night = try Night()
        night.pipeline.care = rules
        return night
    }

    @Test("years in hardship posts add up over the career, two posts at once count once, and only who serves in one now is listed")
    func hardship() throws {
        var night = try night(CareRules(hardship: .init(minimumGrade: 3, minimumYears: 5, citation: CareTests.citation)))
        try night.add(.units, ["unit_id": "H1", "name": "山乡", "kind": "township", "hardship_grade": "3"])
        try night.add(.units, ["unit_id": "H2", "name": "海岛", "kind": "township", "hardship_grade": "5"])
        try night.add(.units, ["unit_id": "E", "name": "平原", "kind": "township", "hardship_grade": "2"])
        // Three years in one, two and a half in another; a second post in it at the same time.
        try night.addCadre("A", unit: "H2", since: "2023-05-31")
        try night.add(.posts, ["cadre_id": "A", "unit": "H1", "post": "兼职", "start_date": "2017-06-01", "end_date": "2017-12-31"])
        try night.add(.posts, ["cadre_id": "A", "unit": "H1", "post": "干部", "start_date": "2015-01-01", "end_date": "2017-12-31"])
        try night.add(.posts, ["cadre_id": "A", "unit": "E", "post": "干部", "start_date": "2018-01-01", "end_date": "2023-05-30"])
        try night.addCadre("B", unit: "H1", since: "2022-01-01")
        try night.addCadre("C", unit: "E", since: "2024-01-01")
        try night.add(.posts, ["cadre_id": "C", "unit": "H1", "post": "干部", "start_date": "2010-01-01", "end_date": "2023-12-31"])
        try night.addCadre("D", unit: "H1", since: "2010-01-01", roster: ["status": "retired"])
        try night.run { findings, transaction in
            let list = try transaction.all(CareEntry.self)
            #expect(list.map(\.cadreID) == ["A"] && list.map(\.reason) == [.hardshipService])
            #expect(abs((list.first?.value ?? 0) - (1096 + 915) / 365.25) < 1e-9 && list.first?.since == CalendarDate(iso: "2023-05-31"))
            #expect(list.first?.detailEnglish == "5.5 years in hardship posts, and in one now" && list.first?.citationChinese == "条")
            let measure = try transaction.measure("hardship_service_long")
            #expect(measure == ["": "1/2", "H1": "0/1", "H2": "1/1"])
            #expect(!findings.contains { $0.check == "CareUnknown" })
        }
    }

    private static let leave = CareRules.AnnualLeaveRule(
        entitlements: [.init(years: 1, days: 5, sickDays: 60), .init(years: 10, days: 10), .init(years: 20, days: 15)], personalDays: 20,
        exceptKinds: [.township], minimumUnused: 5, citation: citation)

    @Test(
        "leave not taken last year is counted in working days, by years of work on 1 January",
        arguments: [
            // Entered, unit, absences, days not taken as listed.
            ("2013-12-31", "U1", [("annual", "2024-07-01", "2024-07-05")], 5), ("2014-01-02", "U1", [("annual", "2024-07-01", "2024-07-05")], nil),
            ("2004-01-01", "U1", [], 15), ("2023-06-01", "U1", [], nil), ("2004-01-01", "U2", [], nil), ("2018-01-01", "U1", [], 5),
            ("2018-01-01", "U1", [("sick", "2024-01-01", "2024-02-29")], nil), ("2018-01-01", "U1", [("personal", "2024-03-01", "2024-03-20")], nil),
            // A fortnight over a weekend is ten working days, the same days twice are no more, and another year's count for that year.
            ("2004-01-01", "U1", [("annual", "2024-07-01", "2024-07-14"), ("annual", "2024-07-03", "2024-07-04")], 5),
            ("2004-01-01", "U1", [("annual", "2023-12-25", "2024-01-05")], 10),
        ] as [(String, String, [(String, String, String)], Int?)])
    func annualLeave(entry: String, unit: String, absences: [(String, String, String)], unused: Int?) throws {
        var night = try night(CareRules(annualLeave: CareTests.leave))
        try night.addCadre("A", unit: unit, roster: ["entry_date": entry])
        try night.addCadre("Z", roster: ["entry_date": "2020-01-01"])
        try night.add(.leave, ["cadre_id": "Z", "kind": "annual", "start_date": "2024-01-08", "end_date": "2024-01-12", "approved": "true"])
        for (kind, start, end) in absences {
            try night.add(.leave, ["cadre_id": "A", "kind": kind, "start_date": start, "end_date": end, "approved": "true"])
        }
        try night.add(.leave, ["cadre_id": "A", "kind": "annual", "start_date": "2024-10-08", "end_date": "2024-10-31", "approved": "false"])
        try night.run { _, transaction in
            let list = try transaction.all(CareEntry.self)
            #expect(list.map(\.value) == (unused.map { [Double($0)] } ?? []))
            let measure = try transaction.measure("annual_leave_taken")
            #expect(measure["U1"]?.hasPrefix("1/") == true || measure["U1"]?.hasPrefix("2/") == true)
        }
    }

    @Test("a year that the leave export does not tell of from January on is unknown, not unused", arguments: ["2024-02-01", "2023-05-01"])
    func leaveUnknown(first: String) throws {
        var night = try night(CareRules(annualLeave: CareTests.leave))
        try night.addCadre("A", roster: ["entry_date": "2004-01-01"])
        // Of sick leave alone nothing follows for annual leave, however early.
        let kind = first < "2024" ? "sick" : "annual"
        try night.add(.leave, ["cadre_id": "A", "kind": kind, "start_date": first, "end_date": first, "approved": "true"])
        try night.run { findings, transaction in
            let (list, measure) = (try transaction.all(CareEntry.self), try transaction.measure("annual_leave_taken"))
            #expect(list.isEmpty && measure == ["": "0/0"])
            #expect(findings.contains { $0.check == "CareUnknown" && $0.value == "unusedLeave" })
        }
    }

    /// Ten peers with four tasks a month; `A` has `counts` in the newest months, the newest first.
    private func overload(_ counts: [Int], months: Int = 3, since: String = "2020-01-01") throws -> [CareEntry] {
        var night = try night(CareRules(overload: .init(measure: "tasks.due", months: months, level: 0.95, citation: CareTests.citation)))
        let ids = ["A"] + (1...10).map { "P\(padded: $0)" }
        for id in ids { try night.addCadre(id, since: id == "A" ? since : "2020-01-01") }
        return try night.run(
            given: { transaction in
                try transaction.insertPeers(ids, since: ["A": CalendarDate(iso: since)!])
                let window = MonthWindow(trailing: 12, asOf: Night.asOf).months.reversed()
                var facts: [MonthlyFact] = []
                for (index, month) in window.enumerated() {
                    for id in ids {
                        let count = id == "A" ? (index < counts.count ? counts[index] : 4) : 4
                        if count > 0 { facts.append(MonthlyFact(cadreID: id, measure: "tasks.due", month: month, count: count, sum: 0, sumOfSquares: 0)) }
                    }
                }
                try transaction.insert([MeasureRecord(measure: "tasks.due", decimals: 0)])
                facts.sort { ($0.cadreID, $0.month) < ($1.cadreID, $1.month) }
                try transaction.replaceFacts { builder in for fact in facts { try builder.add(fact) } }
            },
            then: { _, transaction in try transaction.all(CareEntry.self) })
    }

    @Test("a cadre is overloaded after so many months running above the peers' limit, up to now")
    func sustained() throws {
        let list = try overload([20, 20, 20, 20, 3, 20])
        #expect(list.map(\.cadreID) == ["A"] && list.map(\.value) == [4] && list.first?.since == CalendarDate(iso: "2025-08-01"))
        #expect(list.first?.detailEnglish == "4 months running above the peers' upper limit: 20 a month, peers 5.5")
        for quiet in [[4, 4, 4], [20, 20, 4, 20, 20], [0, 20, 20, 20], [6, 6, 6]] { #expect(try overload(quiet).isEmpty, "\(quiet)") }
        #expect(try overload([20, 20, 20], since: "2025-10-01").isEmpty)
    }

    @Test("without rules, and without what they ask for, the list is empty and findings say so")
    func unknown() throws {
        try Night().run { findings, _ in
            #expect(Set(findings.filter { $0.check == "NoRules" && $0.value == "care" }.map(\.message)).count == 2)
        }
        let rules = CareRules(
            hardship: .init(minimumGrade: 3, minimumYears: 5, citation: CareTests.citation), annualLeave: CareTests.leave,
            overload: .init(measure: "tasks.due", citation: CareTests.citation), promotion: .init(ladders: [], citation: CareTests.citation))
        try night(rules).run { findings, transaction in
            let (list, channels) = (try transaction.all(CareEntry.self), try transaction.all(PromotionChannel.self))
            #expect(list.isEmpty && channels.isEmpty)
            #expect(findings.filter { $0.check == "CareUnknown" }.compactMap(\.value).sorted() == ["hardshipService", "sustainedOverload", "unusedLeave"])
            #expect(findings.contains { $0.check == "EmptySource" && $0.value == "roster" })
            for measure in ["hardship_service_long", "annual_leave_taken", "overload_sustained", "promotions"] {
                let values = try transaction.measure(measure)
                #expect(values == ["": "0/0"])
            }
        }
    }
}

extension String.StringInterpolation {
    /// Two digits.
    fileprivate mutating func appendInterpolation(padded number: Int) { appendLiteral(number < 10 ? "0\(number)" : "\(number)") }
}
