import PipelineModel
import Testing
import Warehouse

@Suite("Township secretaries") struct TownshipSecretaryTests {
    private static let rules = SelectionRules(
        secretary: .all([.isOne(field: "kind", of: ["township"]), .isOne(field: "post", of: ["党委书记"])]),
        countyTeam: .all([.isOne(field: "kind", of: ["county"]), .isOne(field: "post_type", of: ["领导岗位"])]), windowFromYears: 3, windowToYears: 8,
        citation: BilingualText(chinese: "无", english: "none"))

    private func night() throws -> Night {
        var night = try Night()
        night.pipeline.selection = Self.rules
        // Secretaries: new in the post; four years, two of them elsewhere; nine years.
        for (id, since) in [("S1", "2025-01-01"), ("S2", "2023-11-30"), ("S3", "2016-11-30")] {
            try night.addCadre(id, unit: "U2", since: since, post: ["post": "党委书记"])
        }
        try night.add(.units, ["unit_id": "U3", "name": "另一镇", "kind": "township"])
        try night.add(.posts, ["cadre_id": "S2", "unit": "U3", "post": "党委书记", "start_date": "2021-11-30", "end_date": "2023-11-29"])
        try night.add(.posts, ["cadre_id": "S2", "unit": "U1", "post": "科员", "start_date": "2018-01-01", "end_date": "2021-11-29"])
        // In the team: one who came from a township this year, one last year, one long ago, one from elsewhere, and one who was in a team before.
        for (id, secretary, since) in [
            ("P1", "2018-01-01", "2025-06-01"), ("P2", "2018-01-01", "2024-03-01"), ("P3", "2010-01-01", "2019-01-01"), ("P4", nil, "2025-02-01"),
            ("P5", "2020-01-01", "2025-03-01"),
        ] {
            try night.addCadre(id, since: since, post: ["post": "班子成员", "post_type": "领导岗位"])
            if let secretary { try night.add(.posts, ["cadre_id": id, "unit": "U2", "post": "党委书记", "start_date": secretary]) }
        }
        try night.add(.posts, ["cadre_id": "P5", "unit": "U1", "post": "班子成员", "post_type": "领导岗位", "start_date": "2015-01-01"])
        return night
    }

    @Test("tenure over townships, the window, the way there, and what the model says")
    func secretaries() throws {
        try night().run(given: { transaction in
            try transaction.insert([
                ScorecardRecord(
                    window: .current, cadreID: "S2", kind: .township, groupID: "g", mean: 0.75, deviation: 0.2, line: -0.9, concern: 0, outstanding: 0.3,
                    indicatorsObserved: 3)
            ])
            try transaction.insert([
                CommendationRecord(
                    asOf: Night.asOf, commendationID: "C1", cadreID: "S2", unitID: "U2", kind: .township, outstanding: 0.3, strongest: "x", status: .proposed)
            ])
            try transaction.insert([
                FlagRecord(
                    asOf: Night.asOf, flagID: "F1", cadreID: "S3", unitID: "U2", kind: .township, cause: "x", disposition: .supportTalk, status: .proposed)
            ])
        }) { _, transaction in
            let rows = try transaction.all(TownshipSecretary.self)
            #expect(rows.map(\.cadreID) == ["S1", "S2", "S3"] && rows.allSatisfy { $0.countyID == "U1" })
            #expect(rows.map(\.window) == [.before, .within, .past])
            // 334, 1462 and 3288 days, both ends counted; three years are 1096 days, eight 2922.
            #expect(rows.map { ($0.secretaryYears * 365.25).rounded() } == [334, 1462, 3288])
            #expect((rows[1].postYears * 365.25).rounded() == 732)
            #expect(rows[1].windowFrom == Night.asOf.adding(days: 1096 - 1462) && rows[1].windowTo == Night.asOf.adding(days: 2922 - 1462))
            #expect(rows[1].career == "另一镇 党委书记 2021-11-30/2023-11-29; 瓯海局 科员 2018-01-01/2021-11-29" && rows[1].previousPosts == 2)
            #expect(rows[1].standing == 0.75 && rows[1].outstanding == 0.3 && rows[1].commendationID == "C1" && rows[1].flags == 0)
            #expect(rows[2].standing == nil && rows[2].commendationID == nil && rows[2].flags == 1)
        }
    }

    @Test("who came into a county's team from a township counts once, in the year and county of the first step")
    func promotions() throws {
        try night().run { _, transaction in
            let (this, last) = (try transaction.measure("secretaries_promoted_this_year"), try transaction.measure("secretaries_promoted_last_year"))
            #expect(this == ["": "1/-", "U1": "1/-"])
            #expect(last == ["": "1/-", "U1": "1/-"])
        }
        try night().run(asOf: CalendarDate(year: 2025, month: 5, day: 31)!) { _, transaction in
            let this = try transaction.measure("secretaries_promoted_this_year", asOf: CalendarDate(year: 2025, month: 5, day: 31)!)
            #expect(this == ["": "0/-", "U1": "0/-"], "the step of June is not yet known")
        }
    }

    @Test("who came into a municipal organ's team counts there, and not where the rules name no such teams")
    func municipal() throws {
        var night = try night()
        try night.add(.units, ["unit_id": "U4", "name": "市水利局", "kind": "municipalOrgan"])
        // From a township straight to the city this year; by way of a county team last year; and one who never was a secretary.
        for (id, secretary, since) in [("M1", "2018-01-01", "2025-04-01"), ("M2", "2018-01-01", "2024-09-01"), ("M3", nil, "2025-04-01")] {
            try night.addCadre(id, unit: "U4", since: since, post: ["post": "副局长", "post_type": "领导岗位"])
            if let secretary { try night.add(.posts, ["cadre_id": id, "unit": "U2", "post": "党委书记", "start_date": secretary]) }
        }
        try night.add(.posts, ["cadre_id": "M2", "unit": "U1", "post": "班子成员", "post_type": "领导岗位", "start_date": "2021-01-01"])
        let silent = try night.run { _, transaction in try transaction.measure("secretaries_to_municipal_this_year") }
        #expect(silent.isEmpty)
        night.pipeline.selection?.municipalTeam = .all([
            .isOne(field: "kind", of: ["municipalOrgan"]), .isOne(field: "post_type", of: ["领导岗位"]),
        ])
        try night.run { _, transaction in
            let (this, last) = (try transaction.measure("secretaries_to_municipal_this_year"), try transaction.measure("secretaries_to_municipal_last_year"))
            #expect(this == ["": "1/-", "U4": "1/-"])
            #expect(last == ["": "1/-", "U4": "1/-"])
            let county = try transaction.measure("secretaries_promoted_this_year")
            #expect(county == ["": "1/-", "U1": "1/-"])
        }
    }

    @Test("without rules nothing is said")
    func empty() throws {
        var night = try night()
        night.pipeline.selection = nil
        try night.run { findings, transaction in
            let (rows, measure) = (try transaction.all(TownshipSecretary.self), try transaction.measure("secretaries_promoted_this_year"))
            #expect(rows.isEmpty && measure.isEmpty)
            #expect(findings.contains { $0.check == "NoRules" && $0.value == "selection" })
        }
    }
}

@Suite("Rotation due") struct RotationDueTests {
    private func night() throws -> Night {
        var night = try Night()
        var scheme = AppraisalScheme(kind: .county, label: BilingualText(chinese: "县", english: "county"))
        scheme.rotation = RotationLimits(postYears: 5, unitYears: 10, postTypes: ["领导岗位"], citation: BilingualText(chinese: "无", english: "none"))
        night.pipeline.schemes = [scheme]
        for (id, since) in [("A", "2020-06-30"), ("B", "2021-03-01"), ("C", "2024-01-01"), ("D", "2020-12-10"), ("G", "2024-01-01"), ("H", "2023-01-01")] {
            try night.addCadre(id, since: since, post: ["post_type": "领导岗位"])
        }
        for (id, unit, post, from, to) in [
            ("A", "U1", "副职", "2018-06-30", "2020-06-29"), ("D", "U1", "科长", "2015-12-01", "2020-11-30"), ("G", "U1", "科长", "2010-01-01", "2012-12-31"),
            ("G", "U2", "科长", "2013-01-01", "2023-12-31"), ("H", "U1", "副职", "2016-01-10", "2022-12-31"),
        ] {
            try night.add(.posts, ["cadre_id": id, "unit": unit, "post": post, "start_date": from, "end_date": to])
        }
        try night.addCadre("clerk", since: "2001-01-01")
        try night.addCadre("elsewhere", unit: "U2", since: "2001-01-01", post: ["post_type": "领导岗位"])
        try night.addCadre("unknown", unit: "nowhere", since: "2001-01-01", post: ["post_type": "领导岗位"])
        return night
    }

    @Test("who is over a limit and who soon will be, by day; a break in the unit begins anew, a renewed term does not")
    func due() throws {
        try night().run { _, transaction in
            let rows = try transaction.all(RotationDue.self)
            #expect(
                rows.map { "\($0.cadreID) \($0.due) \($0.limitedBy.rawValue) \($0.status.rawValue) \($0.postSince) \($0.unitSince)" } == [
                    "D 2020-12-01 post overdue 2015-12-01 2015-12-01", "A 2025-06-30 post overdue 2020-06-30 2018-06-30",
                    "H 2026-01-10 unit soon 2023-01-01 2016-01-10", "B 2026-03-01 post soon 2021-03-01 2021-03-01",
                ])
            #expect(abs(rows[1].overdueYears - 153 / 365.25) < 1e-12 && rows[2].overdueYears == 0)
            let within = try transaction.measure("rotation_within_limits")
            #expect(within == ["": "4/6", "U1": "4/6"])
        }
    }

    @Test("one limit alone, all types of post, and a nearer horizon")
    func limits() throws {
        var night = try night()
        night.pipeline.schemes[0].rotation = RotationLimits(unitYears: 10, horizonMonths: 1, citation: BilingualText(chinese: "无", english: "none"))
        try night.run { _, transaction in
            let rows = try transaction.all(RotationDue.self)
            #expect(rows.map(\.cadreID) == ["clerk", "D"] && rows.allSatisfy { $0.limitedBy == .unit && $0.postLimit == nil })
            #expect(rows.map(\.status) == [.overdue, .soon])
        }
    }
}
