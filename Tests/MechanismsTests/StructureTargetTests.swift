import PipelineModel
import Testing
import Warehouse

@testable import Mechanisms

@Suite("Structure targets") struct StructureTargetTests {
    private static let none = BilingualText(chinese: "无", english: "none")

    /// Agronomists to be three quarters of everybody in a leading post; and half of them to have been a secretary before.
    private static let rules = TargetRules(targets: [
        StructureTarget(
            id: "agronomists", label: none, citation: none, share: 0.75, among: .isOne(field: "post_type", of: ["领导岗位"]),
            meets: .isOne(field: "specialty", of: ["农学"])),
        StructureTarget(
            id: "secretaries", label: none, citation: none, share: 0.5, among: .isOne(field: "kind", of: ["county"]),
            everHeld: .all([.isOne(field: "kind", of: ["township"]), .isOne(field: "post", of: ["党委书记"])])),
        StructureTarget(id: "nobody", label: none, citation: none, share: 0.5, among: .isOne(field: "post", of: ["不存在"]), meets: .missing(field: "rank")),
    ])

    private func night() throws -> Night {
        var night = try Night()
        night.pipeline.targets = Self.rules
        for (id, unit, specialty) in [("A", "U1", "农学"), ("B", "U1", "法学"), ("C", "U1", "法学"), ("D", "U2", "农学"), ("E", "nowhere", "农学")] {
            try night.addCadre(id, unit: unit, roster: ["specialty": specialty], post: ["post_type": "领导岗位"])
        }
        try night.addCadre("gone", roster: ["specialty": "农学", "status": "left"], post: ["post_type": "领导岗位"])
        try night.addCadre("clerk", roster: ["specialty": "农学"])
        // B was a secretary before; D is one now, and in no county; C will be one, which is not yet known.
        try night.add(.posts, ["cadre_id": "B", "unit": "U2", "post": "党委书记", "start_date": "2015-01-01", "end_date": "2019-12-31"])
        try night.add(.posts, ["cadre_id": "C", "unit": "U2", "post": "党委书记", "start_date": "2026-01-01"])
        return night
    }

    @Test("numerator and denominator by unit and over all, with the heads that are missing")
    func shares() throws {
        try night().run { _, transaction in
            let rows = try transaction.all(StructureTargetRecord.self)
            let shown = rows.map { "\($0.target) \($0.scope.rawValue) \($0.unitID ?? "-") \($0.meeting)/\($0.members) \($0.gap ?? -1) \($0.additions ?? -1)" }
            #expect(
                shown == [
                    // 0.75 · 5 = 3.75: one more of five; three added of eight would be 6/8.
                    "agronomists all - 3/5 1 3", "agronomists unit - 1/1 0 0", "agronomists unit U1 1/3 2 5", "agronomists unit U2 1/1 0 0",
                    "nobody all - 0/0 -1 -1", "secretaries all - 1/4 1 2", "secretaries unit U1 1/4 1 2",
                ])
            #expect(rows.filter { $0.target == "nobody" }.map(\.outlook) == [.nothingCounted])
            #expect(rows.filter { $0.unitID == "U2" }.map(\.outlook) == [.met])
            #expect(rows.filter { $0.unitID == "U1" }.map(\.outlook) == [.tooFewNights, .tooFewNights])
            let measure = try transaction.measure("target_agronomists")
            #expect(measure == ["": "3/5", "U1": "1/3", "U2": "1/1"])
        }
    }

    @Test("a number that stands for two people is nobody's, in no numerator and no denominator")
    func doubtful() throws {
        try night().run(given: { try $0.markDoubtful("B", reason: "two people") }) { _, transaction in
            let measure = try transaction.measure("target_agronomists")
            #expect(measure == ["": "3/4", "U1": "1/2", "U2": "1/1"])
        }
    }

    @Test("the fewest heads, against every smaller number")
    func gaps() throws {
        for share in [0.3, 0.35, 0.5, 0.7, 1] {
            for members in 1...40 {
                for meeting in 0...members {
                    let gap = try #require(TargetGap(members: members, meeting: meeting, share: share))
                    func isEnough(_ heads: Int, added: Bool) -> Bool {
                        Double(meeting + heads) >= share * Double(members + (added ? heads : 0)) - 1e-9
                    }
                    let fewest = (0...members).first { isEnough($0, added: false) }
                    #expect(gap.replacements == fewest)
                    let added = (0...4 * members).first { isEnough($0, added: true) }
                    #expect(gap.additions == added)
                }
            }
        }
        #expect(TargetGap(members: 0, meeting: 0, share: 0.5) == nil)
        #expect(TargetGap(members: 3, meeting: 1, share: 1)?.additions == nil)
    }

    @Test("measures of earlier nights give the pace of each unit; what a later night measured is not yet known")
    func history() throws {
        let earlier = (1...8).flatMap { week in
            [("", 8 - week), ("U1", 1)].map { unit, meeting in
                MeasureValue(asOf: Night.asOf.adding(days: -7 * week), measure: "target_secretaries", unitID: unit, numerator: meeting, denominator: 32)
            }
        }
        let later = MeasureValue(asOf: Night.asOf.adding(days: 7), measure: "target_secretaries", unitID: "", numerator: 0, denominator: 4)
        try night().run(given: { try $0.insert(earlier + [later]) }) { _, transaction in
            let row = try #require(try transaction.all(StructureTargetRecord.self).first { $0.target == "secretaries" && $0.scope == .all })
            // 7/32 a week ago, 6/32 two weeks ago, … and 8/32 tonight: 1/32 a week, eight weeks to 16/32.
            #expect(row.weeks == 9 && row.outlook == .projected)
            #expect(abs((row.pace ?? 0) - 365.25 / 7 / 32) < 1e-9)
            #expect(row.projected == Night.asOf.adding(days: 56) && row.earliest == row.projected && row.latest == row.projected)
        }
    }
}

@Suite("Trends of shares") struct TargetTrendTests {
    private func value(_ daysAgo: Int, _ numerator: Int, of denominator: Int = 1000) -> MeasureValue {
        MeasureValue(asOf: Night.asOf.adding(days: -daysAgo), measure: "m", unitID: "", numerator: numerator, denominator: denominator)
    }

    private func trend(_ tonight: Int, _ weekly: [Int], target: Double = 0.5, rules: TargetRules.Trend = .init()) -> TargetTrend {
        TargetTrend(weekly.enumerated().map { value(7 * ($0 + 1), $1) }, tonight: value(0, tonight), target: target, rules: rules)
    }

    @Test("too few weeks say nothing, however many nights they have")
    func tooFew() {
        let nights = (1..<49).map { value($0, 400 - $0) }
        let trend = TargetTrend(nights, tonight: value(0, 400), target: 0.5, rules: .init())
        #expect(trend.weeks == 7 && trend.outlook == .tooFewNights && trend.pace == nil && trend.projected == nil)
        let more = TargetTrend(nights + [value(49, 350)], tonight: value(0, 400), target: 0.5, rules: .init())
        #expect(more.weeks == 8 && more.outlook == .projected)
    }

    @Test("of a week the newest night is taken, and nights without members are none")
    func weeks() {
        let nights = (1...7).flatMap { [value(7 * $0, 400 - 10 * $0), value(7 * $0 + 3, 999)] } + [value(60, 0, of: 0)]
        let trend = TargetTrend(nights, tonight: value(0, 400), target: 0.5, rules: .init())
        #expect(trend.weeks == 8 && trend.projected == Night.asOf.adding(days: 70))
    }

    @Test("standing still, falling, or too slow is not in sight; reached is reached, whatever the pace")
    func outlooks() {
        #expect(trend(400, Array(repeating: 400, count: 8)).outlook == .notInSight)
        #expect(trend(400, (1...8).map { 400 + $0 }).outlook == .notInSight)
        // A tenth of a per cent every ten weeks: a hundred times that is 19 years off.
        let slow = trend(400, (1...20).map { 400 - $0 / 10 })
        #expect(slow.outlook == .notInSight && slow.pace ?? 0 > 0 && slow.projected == nil)
        #expect(trend(500, [600]).outlook == .met)
        #expect(trend(500, (1...8).map { 600 + $0 }).outlook == .met)
    }

    @Test("a pace that may be none has no latest day; the interval of the day holds the day")
    func uncertain() throws {
        let jumping = trend(420, [380, 430, 370, 425, 365, 420, 360, 415])
        #expect(jumping.outlook == .projected && jumping.latest == nil)
        let sure = trend(420, [412, 400, 391, 379, 371, 358, 351, 340])
        let (day, early, late) = (try #require(sure.projected), try #require(sure.earliest), try #require(sure.latest))
        #expect(early < day && day < late)
        #expect(Night.asOf.adding(days: 40) < early && late < Night.asOf.adding(days: 80))
    }
}
