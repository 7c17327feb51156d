import PipelineModel
import Testing
import Warehouse

/// The tables of the model, its tiers and the fairness audit.
@Suite struct ModelTableTests {
    /// A night with a cadre whom the model has flagged, one watched and one commended.
    private func night(fitted: Bool = true) throws -> Night {
        let night = try Night()
        try night.fill(flags: [])
        try night.warehouse.write { transaction in
            try transaction.insert(
                ["C1", "C2", "C3"].enumerated().flatMap { index, cadre in
                    AppraisalWindow.allCases.map { window in
                        ScorecardRecord(
                            window: window, cadreID: cadre, kind: .county, groupID: "county/section", mean: Double(index) - 1.5, deviation: 0.5, line: -0.9,
                            concern: window == .current ? 0.95 - 0.4 * Double(index) : 0.5, outstanding: 0.01, indicatorsObserved: 1)
                    }
                })
            try transaction.insert([
                EstimateRecord(
                    window: .current, cadreID: "C1", indicator: "tasks_overdue", groupID: "county/section", value: 0.3125, peerMedian: 0.1, mean: -1.5,
                    deviation: 0.5, lower: -2.3, upper: -0.7, weight: 1, contribution: -1.5, isObserved: false)
            ])
            if fitted {
                try transaction.insert(
                    AppraisalWindow.allCases.map { window in
                        GroupFitRecord(
                            window: window, groupID: "county/section", indicator: "tasks_overdue", people: 6, location: -2.25, spread: 0, ownSpread: 0.125,
                            dispersion: 1.5,
                            convergence: .noSpread, goodness: nil)
                    })
            }
            try transaction.insert([
                CorrelationRecord(
                    window: .current, kind: .county, first: "tasks_overdue", second: "awards", correlation: 0.25, iterations: 12, converged: true)
            ])
            try transaction.insert([
                PreviousPostRecord(
                    cadreID: "C1", unitID: "U2", post: "旧职", postType: "clerk", groupID: "county/section", start: Night.asOf.adding(days: -900),
                    end: Night.asOf.adding(days: -400), exposureMonths: 12, mean: 0.5, deviation: 0.4, concern: 0.01, betterBefore: 0.99)
            ])
            try transaction.insert([
                FlagRecord(
                    asOf: Night.asOf, flagID: "M1", cadreID: "C1", unitID: "U1", kind: .county, cause: "model", disposition: .supportTalk, status: .proposed,
                    concern: 0.9)
            ])
            try night.flag("C2", .recall, number: 2, in: transaction)
            try night.flag("N1", .recall, number: 3, in: transaction)
            try transaction.insert([
                FlagContribution(
                    asOf: Night.asOf, flagID: "M1", indicator: "tasks_overdue", value: 0.3125, peerMedian: 0.1, mean: -1.5, lower: -2.3, upper: -0.7, weight: 1,
                    contribution: -1.5, eventsCounted: 2.5, eventsExcluded: 0.5, clearedAt: nil)
            ])
            try transaction.insert([
                WatchRecord(asOf: Night.asOf, cadreID: "C2", unitID: "U1", kind: .county, concern: 0.55, weakest: "tasks_overdue")
            ])
            try transaction.insert([
                CommendationRecord(
                    asOf: Night.asOf, commendationID: "K1", cadreID: "C3", unitID: "U1", kind: .county, outstanding: 0.97, strongest: "tasks_overdue",
                    status: .proposed)
            ])
            try transaction.insert([
                FlagChange(
                    asOf: Night.asOf, flagID: "M1", cadreID: "C1", cause: "model", change: .kept, why: "仍在 / still there",
                    lastNight: Night.asOf.adding(days: -1), concern: 0.9, concernLastNight: 0.8)
            ])
        }
        return night
    }

    @Test("every list of names says who, where and in which post, in the same columns")
    func people() throws {
        let night = try night()
        defer { night.remove() }
        try night.export()
        let tables = [
            ("scorecards", "C2"), ("previous_posts", "C1"), ("watch_list", "C2"), ("commended_cadres", "C3"), ("flag_changes", "C1"), ("support_talk", "C1"),
        ]
        for (table, cadre) in tables {
            let row = try #require(try night.records(table).first { $0["cadre_id"] == cadre })
            let expected = [
                "name": cadre == "C1" ? "'=甲" : "姓名\(cadre.dropFirst())", "unit_id": "U1", "unit_name": "单位U1", "kind": "county", "kind_zh": "县(市、区)",
                "post": "科长", "rank": "正科级",
            ]
            for (column, value) in expected { #expect(row[column] == value, "\(table) \(column)") }
        }
    }

    @Test("tier and concern of a flag: the model's own, a watched one's, and blank for somebody who is not judged")
    func tiers() throws {
        let night = try night()
        defer { night.remove() }
        try night.export()
        let rows = Dictionary(uniqueKeysWithValues: try night.records("flagged_cadres").map { ($0["flag_id"] ?? "", $0) })
        #expect([rows["M1"]?["tier"], rows["M1"]?["tier_zh"], rows["M1"]?["concern"]] == ["flagged", "标记", "0.900000"])
        #expect([rows["F2"]?["tier"], rows["F2"]?["tier_zh"], rows["F2"]?["concern"]] == ["watch", "关注", "0.550000"])
        #expect([rows["F3"]?["tier"], rows["F3"]?["tier_zh"], rows["F3"]?["concern"]] == ["", "", ""])
    }

    @Test("a scorecard's interval is the central 90% of its posterior, and both windows are written")
    func scorecards() throws {
        let night = try night()
        defer { night.remove() }
        try night.export()
        let rows = try night.records("scorecards")
        #expect(rows.count == 6)
        let row = try #require(rows.first { $0["cadre_id"] == "C1" && $0["window"] == "current" })
        #expect(row["mean"] == "-1.500000000000")
        // 1.644854 · 0.5 on either side.
        #expect([row["lower"], row["upper"]] == ["-2.322427", "-0.677573"])
        #expect(rows.first { $0["window"] == "previous" }?["window_zh"] == "上期")
    }

    @Test("estimates and contributions name their indicator in both languages, and what is missing is blank")
    func indicators() throws {
        let night = try night()
        defer { night.remove() }
        try night.export()
        let estimate = try #require(try night.records("indicator_estimates").first)
        #expect([estimate["indicator_zh"], estimate["indicator_en"], estimate["dimension"]] == ["逾期率", "Overdue", "achievement"])
        #expect(estimate["is_observed"] == "false")
        let contribution = try #require(try night.records("flag_contributions").first)
        #expect([contribution["flag_id"], contribution["cadre_id"], contribution["better"]] == ["M1", "C1", "less"])
        #expect([contribution["contribution"], contribution["cleared_at"]] == ["-1.500000000000", ""])
        let correlation = try #require(try night.records("correlations").first)
        #expect([correlation["first_indicator_zh"], correlation["second_indicator_zh"]] == ["逾期率", ""], "an indicator that is not configured has no words")
        #expect([correlation["correlation"], correlation["converged"]] == ["0.250000", "true"])
        let previous = try #require(try night.records("previous_posts").first)
        #expect([previous["previous_unit_name"], previous["previous_post"], previous["better_before"]] == ["单位U2", "旧职", "0.990000"])
        let change = try #require(try night.records("flag_changes").first)
        #expect([change["change"], change["change_zh"], change["concern_last_night"]] == ["kept", "保持", "0.800000"])
    }

    @Test("a group has a row for each indicator of the current window, and one row where nothing was fitted", arguments: [true, false])
    func groups(fitted: Bool) throws {
        let night = try night(fitted: fitted)
        defer { night.remove() }
        try night.export()
        let rows = try night.records("peer_groups")
        #expect(rows.count == 1)
        let row = try #require(rows.first)
        #expect([row["group_id"], row["size"]] == ["county/section", "6"])
        let fit = ["indicator", "people", "location", "spread", "dispersion", "convergence", "convergence_zh", "goodness"].map { row[$0] }
        #expect(fit == (fitted ? ["tasks_overdue", "6", "-2.250000", "0.000000", "1.5000", "noSpread", "无差异证据", ""] : Array(repeating: "", count: 8)))
    }

    @Test("only tonight's watch list, commendations, changes and contributions are written")
    func otherNights() throws {
        let night = try night()
        defer { night.remove() }
        let yesterday = Night.asOf.adding(days: -1)
        try night.warehouse.write { transaction in
            try transaction.insert([WatchRecord(asOf: yesterday, cadreID: "C5", unitID: nil, kind: .county, concern: 0.5, weakest: "x")])
            try transaction.insert([
                FlagChange(
                    asOf: yesterday, flagID: "M0", cadreID: "C5", cause: "model", change: .new, why: "", lastNight: nil, concern: nil, concernLastNight: nil)
            ])
        }
        try night.export()
        #expect(try night.records("watch_list").map { $0["cadre_id"] } == ["C2"])
        #expect(try night.records("flag_changes").map { $0["flag_id"] } == ["M1"])
    }

    @Test("the audit has words beside its codes, and blank where it is too few to say")
    func fairness() throws {
        let night = try Night()
        defer { night.remove() }
        func record(_ attribute: FairnessAttribute, _ group: String, _ remark: FairnessRemark, ratio: Double?, reviewed: Int) -> FairnessRecord {
            FairnessRecord(
                attribute: attribute.rawValue, value: group, judged: 40, flagged: 4, share: 0.1, lower: 0.04, upper: 0.23, ratio: ratio,
                ratioLower: ratio, ratioUpper: nil, overturned: reviewed / 2, reviewed: reviewed, remark: remark.rawValue)
        }
        try night.warehouse.write {
            try $0.insert([
                record(.sex, "female", .compared, ratio: 2, reviewed: 2), record(.ageBand, "under_35", .tooFewPeople, ratio: nil, reviewed: 0),
                record(.kind, "township", .reference, ratio: nil, reviewed: 0), record(.ethnicGroup, "畲族", .nobodyFlagged, ratio: nil, reviewed: 0),
                record(.sex, "unknown", .unknown, ratio: nil, reviewed: 0),
            ])
            try $0.insert([CalibrationRecord(from: 0.9, to: 1, reviewed: 2, confirmed: 1, meanConcern: 0.95, share: 0.5, lower: 0.0945, upper: 0.9055)])
        }
        try night.export()
        let rows = Dictionary(uniqueKeysWithValues: try night.records("fairness_audit").map { ($0["group"] ?? "", $0) })
        #expect(rows.mapValues { $0["group_zh"] } == ["female": "女", "under_35": "35岁以下", "township": "乡镇(街道)", "畲族": "畲族", "unknown": "未知"])
        #expect([rows["female"]?["attribute_zh"], rows["female"]?["ratio"], rows["female"]?["ratio_high"]] == ["性别", "2.0000", ""])
        // Wilson's limits of 1 of 2.
        #expect(["overturned_share", "overturned_low", "overturned_high"].map { rows["female"]?[$0] } == ["0.5000", "0.0945", "0.9055"])
        #expect([rows["under_35"]?["remark_zh"], rows["under_35"]?["ratio"], rows["under_35"]?["overturned_share"]] == ["人数过少，不作判断", "", ""])
        #expect(try night.records("calibration").map { $0["band_from"] } == ["0.9"])
    }
}
