import PipelineModel
import Testing
import Warehouse

@Suite("Promotion channels") struct PromotionChannelTests {
    private func night() throws -> Night {
        var night = try Night()
        night.pipeline.care = CareRules(
            promotion: .init(months: 12, ladders: [["科员", "科长", "处长"], ["讲师", "教授"]], citation: BilingualText(chinese: "条", english: "art.")))
        return night
    }

    @Test("a promotion is a step up on one ladder within the months, and waiting counts from the first day of the unbroken run in the rank")
    func promotions() throws {
        var night = try night()
        let careers: [(String, [(String, String)])] = [
            ("A", [("科员", "2018-01-01"), ("科长", "2024-12-01")]),  // promoted a year less a day ago
            ("B", [("科员", "2018-01-01"), ("科长", "2024-11-30")]),  // a day too early
            ("C", [("处长", "2018-01-01"), ("科长", "2025-06-01")]),  // a step down
            ("D", [("讲师", "2018-01-01"), ("科长", "2025-06-01")]),  // from another ladder
            ("E", [("科员", "2018-01-01"), ("科长", "2020-11-30"), ("科长", "2025-06-01")]),  // another post, the same rank
            ("F", [("科长", "2018-01-01"), ("处长", "2025-12-15")]),  // not yet known
            ("G", [("参赞", "2018-01-01")]),
        ]
        for (id, posts) in careers {
            try night.add(.roster, ["cadre_id": id, "unit": "U1", "civil_service_class": id == "G" ? "lawEnforcement" : "generalAdministration"])
            for (rank, start) in posts { try night.add(.posts, ["cadre_id": id, "unit": "U1", "post": "岗", "rank": rank, "start_date": start]) }
        }
        try night.add(.roster, ["cadre_id": "H", "unit": "U1", "rank": "教授"])
        try night.add(.roster, ["cadre_id": "I", "unit": "U1", "rank": "教授", "status": "left"])
        try night.run { findings, transaction in
            let channels = try transaction.all(PromotionChannel.self)
            #expect(channels.map(\.rank) == ["科长", "参赞", "教授"])
            #expect(channels.map(\.serviceClass) == [.generalAdministration, .lawEnforcement, nil])
            #expect(channels.map(\.headcount) == [6, 1, 1] && channels.map(\.promotions) == [1, nil, 0] && channels.map(\.waiting) == [6, 1, 0])
            // Years in the rank: C, D 0.5; A, B 1.0; E 5.0; F 7.9.
            let section = channels[0]
            #expect([section.waitedLower, section.waitedMedian, section.waitedUpper].map { ($0.map { ($0 * 100).rounded() / 100 }) } == [0.62, 1.0, 4.0])
            #expect(channels[2].waitedMedian == nil)
            let measure = try transaction.measure("promotions")
            #expect(measure == ["": "1/7", "U1": "1/7"])
            #expect(!findings.contains { $0.check == "NoRules" && $0.message.hasPrefix("promotion") })
        }
    }
}
