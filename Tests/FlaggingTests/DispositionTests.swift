import Flagging
import PipelineModel
import Testing
import Warehouse

@Suite("Dispositions of model flags") struct DispositionTests {
    private static let text = BilingualText(chinese: "规则", english: "rule")

    private static func rule(_ disposition: Disposition, _ change: (inout DispositionRule) -> Void = { _ in }) -> DispositionRule {
        var rule = DispositionRule(id: "only", disposition: disposition, statement: text, citation: BilingualText(chinese: "条", english: "article"))
        change(&rule)
        return rule
    }

    /// Marks at −14/5·… give achievement a standing far under −0.5; conduct is clear with one petition, of concern with six.
    private func propose(
        _ rule: DispositionRule, quality: Double = 66, petitions: Double = 1, _ change: (inout Night) throws -> Void = { _ in }
    ) throws -> Disposition {
        var night = try Night(judging: [Judged("A", quality: quality, petitions: petitions, concern: 0.95), Judged("B")])
        night.pipeline.dispositions.rules = [rule]
        try change(&night)
        let flag = try #require(try night.tiers().flags.first { $0.cause == "model" })
        return flag.disposition
    }

    @Test("without rules, or where none holds, a support talk")
    func otherwise() throws {
        let outcome = try Night(judging: [Judged("A", quality: 66, concern: 0.95)]).tiers()
        #expect(outcome.flags.map(\.disposition) == [.supportTalk] && outcome.reasons.count == 1)
        #expect(try propose(DispositionTests.rule(.retraining) { $0.drivenBy = [.capability] }) == .supportTalk)
    }

    @Test("the first rule that holds, with its statement and citation")
    func firstRule() throws {
        var night = try Night(judging: [Judged("A", quality: 66, concern: 0.95)])
        night.pipeline.dispositions.rules = [
            DispositionTests.rule(.reassignment) { $0.clear = [.achievement] }, DispositionTests.rule(.retraining) { $0.id = "second" },
            DispositionTests.rule(.supportTalk) { $0.id = "third" },
        ]
        let outcome = try night.tiers()
        #expect(outcome.flags.map(\.disposition) == [.retraining])
        #expect(outcome.reasons.map(\.cause) == ["model", "disposition:second"] && outcome.reasons.map(\.number) == [1, 2])
        #expect(outcome.reasons[1].statementEnglish == "rule" && outcome.reasons[1].citationChinese == "条")
    }

    @Test(
        "the previous post: better with more than the probability, and without concern",
        arguments: [(0.81, 0.3, true), (0.8, 0.3, false), (0.9, 0.5, false), (nil, nil, false)] as [(Double?, Double?, Bool)])
    func previousPost(better: Double?, concern: Double?, holds: Bool) throws {
        let rule = DispositionTests.rule(.reassignment) { ($0.contrastProbability, $0.previousPostConcernBelow) = (0.8, 0.5) }
        let proposed = try propose(rule) { night in
            if let better, let concern { night.judged[0].previousPost = (concern, better) }
        }
        #expect(proposed == (holds ? .reassignment : .supportTalk))
    }

    @Test("a conduct concern bars what needs clear conduct", arguments: [(1.0, true), (6, false)])
    func clearConduct(petitions: Double, holds: Bool) throws {
        #expect(try propose(DispositionTests.rule(.retraining) { $0.clear = [.conduct] }, petitions: petitions) == (holds ? .retraining : .supportTalk))
    }

    @Test("the threshold of a dimension's concern is the department's to set")
    func threshold() throws {
        let standing = Judged("A", petitions: 3).petitionsPosterior.mean
        for (line, holds) in [(standing + 0.001, false), (standing - 0.001, true)] {
            let proposed = try propose(DispositionTests.rule(.retraining) { $0.clear = [.conduct] }, petitions: 3) {
                $0.pipeline.dispositions.dimensionConcernBelow = line
            }
            #expect(proposed == (holds ? .retraining : .supportTalk))
        }
    }

    @Test("what pulls the composite down most", arguments: [(66.0, 1.0, Dimension.achievement), (79, 8, .conduct)])
    func driven(quality: Double, petitions: Double, heaviest: Dimension) throws {
        for dimension in Dimension.allCases {
            let proposed = try propose(DispositionTests.rule(.retraining) { $0.drivenBy = [dimension] }, quality: quality, petitions: petitions)
            #expect(proposed == (dimension == heaviest ? .retraining : .supportTalk))
        }
    }

    @Test("an event counted of an indicator", arguments: [(0.0, false), (1, true)])
    func events(petitions: Double, holds: Bool) throws {
        #expect(try propose(DispositionTests.rule(.retraining) { $0.eventsOf = ["petitions"] }, petitions: petitions) == (holds ? .retraining : .supportTalk))
        #expect(try propose(DispositionTests.rule(.retraining) { $0.eventsOf = ["quality"] }, petitions: petitions) == .supportTalk)
    }

    @Test(
        "specialty and post do not match",
        arguments: [
            ("会计学", "专业技术岗位", false), ("农学", "专业技术岗位", true), (nil, "专业技术岗位", false), ("农学", "综合管理岗位", false), ("农学", nil, false),
        ] as [(String?, String?, Bool)])
    func specialty(specialty: String?, postType: String?, holds: Bool) throws {
        let proposed = try propose(DispositionTests.rule(.reassignment) { $0.specialties = ["专业技术岗位": ["会计学"]] }) { night in
            night.judged[0].postType = postType
            // The later row of a number is the one that counts.
            var values = ["cadre_id": "A", "unit": "U1"]
            values["specialty"] = specialty
            try night.add(.roster, values)
        }
        #expect(proposed == (holds ? .reassignment : .supportTalk))
    }

    @Test(
        "a graded warning before, and its overdue correction",
        arguments: [
            ("admonition", "2025-01-10", nil, nil, true, false), ("admonition", "2025-01-10", "2025-06-01", nil, true, true),
            ("admonition", "2025-01-10", "2025-06-01", "2025-05-30", true, false), ("admonition", "2025-01-10", "2025-06-01", "2025-12-05", true, true),
            ("admonition", "2025-01-10", "2026-01-01", nil, true, false), ("admonition", "2022-01-10", "2022-06-01", nil, false, false),
            ("reminder", "2025-01-10", "2025-06-01", nil, false, false), ("admonition", "2025-12-10", nil, nil, false, false),
        ] as [(String, String, String?, String?, Bool, Bool)])
    func warnings(kind: String, date: String, due: String?, corrected: String?, isWarned: Bool, isUncorrected: Bool) throws {
        for (uncorrected, holds) in [(false, isWarned), (true, isUncorrected)] {
            let rule = DispositionTests.rule(.recall) { $0.warning = .init(kinds: [.admonition], withinMonths: 24, uncorrected: uncorrected) }
            let proposed = try propose(rule) { night in
                var values = ["record_id": "W1", "cadre_id": "A", "kind": kind, "date": date]
                values["correction_due"] = due
                values["corrected_date"] = corrected
                try night.add(.warnings, values)
            }
            #expect(proposed == (holds ? .recall : .supportTalk))
        }
    }

    @Test("two windows running", arguments: [(0.51, true), (0.5, false), (nil, false)] as [(Double?, Bool)])
    func windows(previous: Double?, holds: Bool) throws {
        let proposed = try propose(DispositionTests.rule(.recall) { $0.previousWindowConcernAbove = 0.5 }) { $0.judged[0].previousConcern = previous }
        #expect(proposed == (holds ? .recall : .supportTalk))
    }

    @Test("so many dimensions of concern", arguments: [(1.0, 1, true), (1, 2, false), (6, 2, true), (6, 3, false)])
    func dimensions(petitions: Double, count: Int, holds: Bool) throws {
        #expect(try propose(DispositionTests.rule(.recall) { $0.concernedDimensions = count }, petitions: petitions) == (holds ? .recall : .supportTalk))
    }

    @Test("a rule trigger that proposes one of these tonight, unless a review silences it", arguments: [(false, true), (true, false)])
    func triggers(isOverturned: Bool, holds: Bool) throws {
        let proposed = try propose(DispositionTests.rule(.recall) { $0.triggers = [.recall] }) { night in
            night.pipeline.triggers = [Night.incompetent]
            try night.addAppraisal("K1", "A", "incompetent", "2025-01-20")
            guard isOverturned else { return }
            let flagID = try #require(try night.tiers().flags.first { $0.cause != "model" }?.flagID)
            try night.add(.reviews, ["flag_id": flagID, "decision": "overturned", "reason": "核实", "date": "2025-11-01"])
        }
        #expect(proposed == (holds ? .recall : .supportTalk))
    }
}
