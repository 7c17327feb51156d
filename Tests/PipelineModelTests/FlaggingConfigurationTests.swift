import Testing

@testable import PipelineModel

/// The files of the flagging rates and the disposition rules.
@Suite struct FlaggingConfigurationTests {
    private func fixture(flagging: String? = nil, dispositions: String? = nil) -> ConfigurationFixture {
        var fixture = ConfigurationFixture.correct
        var file = fixture.files["nightly.yaml"] ?? ""
        if flagging != nil { file += "flagging: rules/flagging.yaml\n" }
        if dispositions != nil { file += "dispositions: rules/dispositions.yaml\n" }
        fixture.files["nightly.yaml"] = file
        fixture.files["rules/flagging.yaml"] = flagging
        fixture.files["rules/dispositions.yaml"] = dispositions
        return fixture
    }

    @Test func defaults() throws {
        let pipeline = try fixture().load().get().pipeline
        #expect(pipeline.flagging == FlaggingRules(falseFlagRate: 0.10, watchRate: 0.30, commendRate: 0.10, clearBelow: 0.5))
        #expect(pipeline.dispositions == DispositionRules(dimensionConcernBelow: -0.5, rules: []))
        #expect(try fixture(flagging: "watchRate: 0.4\n").load().get().pipeline.flagging == FlaggingRules(watchRate: 0.4))
    }

    @Test(arguments: [
        ("falseFlagRate: 0.6\n", "rules/flagging.yaml:1:16 OutOfRange falseFlagRate"),
        ("watchRate: 0.05\n", "rules/flagging.yaml:1:12 BoundsReversed watchRate"),
        ("clearUnder: 0.5\n", "rules/flagging.yaml:1:1 UnknownKey clearUnder"),
    ])
    func badRates(text: String, problem: String) throws {
        #expect(try fixture(flagging: text).problems() == [problem])
    }

    private let head = "rules:\n  - id: one\n    statement: {zh: 一, en: one}\n    citation: {zh: 二, en: two}\n"

    @Test func aRule() throws {
        let text =
            "dimensionConcernBelow: -1\n" + head
            + "    disposition: recall\n    contrastProbability: 0.8\n    previousPostConcernBelow: 0.4\n    specialties: {专技: [农学, 法学]}\n"
            + "    clear: [conduct]\n    drivenBy: [capability]\n    previousWindowConcernAbove: 0.6\n    concernedDimensions: 2\n"
            + "    warning: {kinds: [admonition], withinMonths: 12, uncorrected: true}\n    triggers: [recall]\n"
        let rules = try fixture(dispositions: text).load().get().pipeline.dispositions
        var expected = DispositionRule(
            id: "one", disposition: .recall, statement: BilingualText(chinese: "一", english: "one"), citation: BilingualText(chinese: "二", english: "two"))
        expected.contrastProbability = 0.8
        expected.previousPostConcernBelow = 0.4
        expected.specialties = ["专技": ["农学", "法学"]]
        expected.clear = [.conduct]
        expected.drivenBy = [.capability]
        expected.previousWindowConcernAbove = 0.6
        expected.concernedDimensions = 2
        expected.warning = .init(kinds: [.admonition], withinMonths: 12, uncorrected: true)
        expected.triggers = [.recall]
        #expect(rules == DispositionRules(dimensionConcernBelow: -1, rules: [expected]))
    }

    @Test(arguments: [
        ("    disposition: recall\n", "rules/dispositions.yaml:5:18 RecallWithoutWarning rules[1].disposition"),
        ("    disposition: retraining\n    clear: [behaviour]\n", "rules/dispositions.yaml:6:13 UnknownValue rules[1].clear[1]"),
        ("    disposition: retraining\n    eventsOf: [nothing]\n", "rules/dispositions.yaml:6:16 UnknownIndicator rules[1].eventsOf[1]"),
        ("    disposition: retraining\n    specialties: {a: b}\n", "rules/dispositions.yaml:6:22 WrongType rules[1].specialties.a"),
    ])
    func badRules(text: String, problem: String) throws {
        #expect(try fixture(dispositions: head + text).problems() == [problem])
    }

    @Test func aRuleOfTheSameName() throws {
        let text = head + "    disposition: retraining\n" + head.split(separator: "\n").dropFirst().joined(separator: "\n") + "\n    disposition: supportTalk\n"
        #expect(try fixture(dispositions: text).problems() == ["rules/dispositions.yaml:6:9 DuplicateID rules[2].id"])
    }
}
