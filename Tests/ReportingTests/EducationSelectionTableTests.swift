import PipelineModel
import Testing
import Warehouse

/// The tables of mechanisms 1 and 2.
@Suite struct EducationSelectionTableTests {
    private static let label = BilingualText(chinese: "标", english: "label")

    private func pipeline(_ night: Night) -> Pipeline {
        var pipeline = night.pipeline
        var course = TrainingRules.Course(id: "ability", name: "能力班", label: BilingualText(chinese: "能力班", english: "Ability"))
        course.capacity = 1
        pipeline.training = TrainingRules(citation: Self.label, courses: [course])
        pipeline.targets = TargetRules(targets: [
            StructureTarget(id: "share", label: Self.label, citation: Self.label, share: 0.5, among: .missing(field: "rank"), meets: .missing(field: "post"))
        ])
        var scheme = AppraisalScheme(kind: .county, label: Self.label)
        scheme.rotation = RotationLimits(postYears: 5, citation: BilingualText(chinese: "规定", english: "Provisions"))
        pipeline.schemes = [scheme]
        return pipeline
    }

    @Test("the roster shows tonight's queue with its course, its reason and its place")
    func roster() throws {
        let night = try Night()
        defer { night.remove() }
        try night.fill()
        func entry(_ asOf: CalendarDate, _ place: Int, _ cadre: String, _ status: RosterStatus, _ reason: TrainingReason) -> TrainingRosterEntry {
            TrainingRosterEntry(
                asOf: asOf, course: "ability", place: place, cadreID: cadre, status: status, reason: reason, otherReasons: "requiredCourse",
                flagID: reason == .retrainingFlag ? "F1" : nil, dimension: reason == .retrainingFlag ? .achievement : nil,
                indicator: reason == .capabilityGap ? "tasks_overdue" : nil, size: 0.25, waitingSince: Night.asOf.adding(days: -9))
        }
        try night.warehouse.write {
            try $0.insert([entry(Night.asOf, 2, "C2", .waits, .capabilityGap), entry(Night.asOf, 1, "C1", .invited, .retrainingFlag)])
            try $0.insert([entry(Night.asOf.adding(days: -1), 1, "C3", .invited, .capabilityGap)])
        }
        try night.export(pipeline(night))
        let rows = try night.records("training_roster")
        #expect(rows.map { $0["cadre_id"] } == ["C1", "C2"])
        let columns = [
            "course_zh", "course_en", "place", "capacity", "status", "status_zh", "unit_name", "reason", "reason_zh", "other_reasons_zh", "flag_id",
            "dimension",
            "indicator", "indicator_zh", "size",
        ]
        #expect(
            columns.map { rows[0][$0] } == [
                "能力班", "Ability", "1", "1", "invited", "列入", "单位U1", "retrainingFlag", "回炉锻造建议", "关键岗位未完成必训", "F1", "achievement", "", "", "0.250000",
            ])
        #expect(columns.suffix(5).map { rows[1][$0] } == ["", "", "tasks_overdue", "逾期率", "0.250000"])
        #expect(rows[1]["status_zh"] == "候补" && rows[1]["waiting_since"] == "\(Night.asOf.adding(days: -9))")
    }

    @Test("counts say whose they are: a unit's, all units', or of people whose unit is unknown")
    func counts() throws {
        let night = try Night()
        defer { night.remove() }
        try night.fill()
        try night.warehouse.write { transaction in
            try transaction.insert(
                [(CountScope.unit, "U1"), (.unit, nil), (.all, nil)].map { scope, unit in
                    TrainingCompletion(
                        course: "能力班", scope: scope, unitID: unit, enrolled: 4, passed: 2, failed: 1, missed: 0, required: 3, requiredPassed: 2,
                        requiredFailed: 1, requiredMissed: 0)
                })
            try transaction.insert([
                FrontlinePostingCount(year: 2025, kind: .inspection, scope: .unit, unitID: "U1", sent: 3, cadres: 2, postedNow: 1)
            ])
        }
        try night.export(pipeline(night))
        let rows = try night.records("training_completion")
        #expect(rows.map { $0["scope"] } == ["all", "unit", "unit"] && rows.map { $0["scope_zh"] } == ["合计", "单位", "单位"])
        #expect(rows.map { $0["unit_id"] } == ["", "", "U1"] && rows.map { $0["unit_name"] } == ["", "", "单位U1"])
        #expect(rows.map { $0["kind"] } == ["", "", "county"] && rows[2]["required_passed"] == "2")
        let posting = try #require(try night.records("frontline_postings").first)
        #expect(
            ["year", "frontline_kind", "frontline_kind_zh", "unit_name", "sent", "cadres", "posted_now"].map { posting[$0] } == [
                "2025", "inspection", "巡察", "单位U1", "3", "2", "1",
            ])
    }

    @Test("a share that nobody is counted in is blank, and so is what follows from it")
    func targets() throws {
        let night = try Night()
        defer { night.remove() }
        try night.fill()
        func record(_ unit: String?, members: Int, gap: Int?, _ outlook: TargetOutlook) -> StructureTargetRecord {
            StructureTargetRecord(
                target: "share", scope: unit == nil ? .all : .unit, unitID: unit, members: members, meeting: min(members, 1), gap: gap, additions: gap,
                outlook: outlook, weeks: 9, pace: gap.map { _ in 0.125 }, paceLower: nil, paceUpper: nil, projected: gap.map { _ in Night.asOf },
                earliest: nil, latest: nil)
        }
        try night.warehouse.write { try $0.insert([record(nil, members: 0, gap: nil, .nothingCounted), record("U1", members: 8, gap: 3, .projected)]) }
        try night.export(pipeline(night))
        let rows = try night.records("structure_targets")
        let columns = ["target_zh", "share", "target_share", "gap_heads", "gap_additions", "outlook", "outlook_zh", "pace", "projected", "projected_late"]
        #expect(columns.map { rows[0][$0] } == ["标", "", "0.5000", "", "", "nothingCounted", "无统计对象", "", "", ""])
        #expect(columns.map { rows[1][$0] } == ["标", "0.1250", "0.5000", "3", "3", "projected", "可预计", "0.125000", "\(Night.asOf)", ""])
    }

    @Test("rotations cite their provision, commendations show their evidence of tonight alone")
    func people() throws {
        let night = try Night()
        defer { night.remove() }
        try night.fill()
        try night.warehouse.write { transaction in
            try transaction.insert([
                RotationDue(
                    cadreID: "C1", due: Night.asOf.adding(days: -30), limitedBy: .post, status: .overdue, overdueYears: 0.082, postSince: Night.asOf,
                    postYears: 5.08, postLimit: 5, unitSince: Night.asOf, unitYears: 6, unitLimit: nil)
            ])
            try transaction.insert(
                [0, 1].map { days in
                    CommendationContribution(
                        asOf: Night.asOf.adding(days: -days), commendationID: "K\(days)", cadreID: "C3", indicator: "tasks_overdue", value: 0.01,
                        peerMedian: 0.1,
                        percentile: 99, mean: 1.5, lower: 0.7, upper: 2.3, weight: 1, contribution: 1.5, eventsCounted: 2, eventsExcluded: 0)
                })
            try transaction.insert([
                TownshipSecretary(
                    cadreID: "C2", countyID: "U2", postStart: Night.asOf, postYears: 0.5, secretaryYears: 3.25, window: .within, windowFrom: Night.asOf,
                    windowTo: Night.asOf, previousPosts: 0, career: "", standing: nil, outstanding: nil, commendationID: nil, flags: 1)
            ])
        }
        try night.export(pipeline(night))
        let rotation = try #require(try night.records("rotation_due").first)
        #expect(
            ["name", "limited_by_zh", "status_zh", "overdue_years", "post_limit", "unit_limit", "citation_en"].map { rotation[$0] } == [
                "'=甲", "任职年限", "超期", "0.08", "5.00", "", "Provisions",
            ])
        let evidence = try night.records("commendation_contributions")
        #expect(evidence.map { $0["commendation_id"] } == ["K0"] && evidence.map { $0["percentile"] } == ["99.00"])
        let secretary = try #require(try night.records("township_secretary_pipeline").first)
        #expect(
            ["county_name", "secretary_years", "window", "window_zh", "standing", "flags"].map { secretary[$0] } == ["单位U2", "3.25", "within", "窗口期内", "", "1"])
    }
}
