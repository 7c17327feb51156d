import Testing

@testable import PipelineModel

/// The files of deadlines, the contest, and the evaluation.
@Suite struct EvaluationConfigurationTests {
    private func fixture(_ key: String, _ text: String) -> ConfigurationFixture {
        var fixture = ConfigurationFixture.correct
        fixture.files["nightly.yaml"] = (fixture.files["nightly.yaml"] ?? "") + "\(key): rules/\(key).yaml\n"
        fixture.files["rules/\(key).yaml"] = text
        return fixture
    }

    private let citation = BilingualText(chinese: "条例", english: "Regulations")

    @Test func noneAreNamed() throws {
        let pipeline = try ConfigurationFixture.correct.load().get().pipeline
        #expect(pipeline.deadlines == nil && pipeline.contest == nil && pipeline.evaluation == EvaluationRules())
    }

    @Test func deadlines() throws {
        let head = "petitions:\n  citation: {zh: 条例, en: Regulations}\n"
        #expect(try fixture("deadlines", head).load().get().pipeline.deadlines == Deadlines(petitions: PetitionDeadlines(citation: citation)))
        let text = head + "  windowMonths: 6\n  acceptWithinDays: 10\n  closeWithinDays: 40\n  extensionDays: 0\n"
        let expected = PetitionDeadlines(citation: citation, windowMonths: 6, acceptWithinDays: 10, closeWithinDays: 40, extensionDays: 0)
        #expect(try fixture("deadlines", text).load().get().pipeline.deadlines?.petitions == expected)
    }

    @Test(arguments: [
        ("deadlines", "petitions: {windowMonths: 12}\n", "rules/deadlines.yaml:1:12 MissingKey petitions"),
        ("deadlines", "petitions: {citation: {zh: 一, en: x}, acceptWithinDays: 0}\n", "rules/deadlines.yaml:1:57 OutOfRange petitions.acceptWithinDays"),
        ("contest", "citation: {zh: 一, en: x}\nmeasures: []\nrankLevel: 1\n", "rules/contest.yaml:3:12 OutOfRange rankLevel"),
        ("evaluation", "annualGrades: {citation: {zh: 一, en: x}, excellentShare: 1.5}\n", "rules/evaluation.yaml:1:58 OutOfRange annualGrades.excellentShare"),
    ])
    func wrong(key: String, text: String, problem: String) throws {
        #expect(try fixture(key, text).problems() == [problem])
    }

    private let measure = "citation: {zh: 条例, en: Regulations}\nmeasures:\n  - id: one\n    label: {zh: 一, en: one}\n    field: reform\n    better: less\n"

    @Test func contest() throws {
        let rules = try fixture("contest", measure + "    family: share\n    events: tasks.overdue\n    trials: tasks.due\n").load().get().pipeline.contest
        let expected = ContestMeasure(
            id: "one", label: BilingualText(chinese: "一", english: "one"), field: .reform, observation: .share(events: "tasks.overdue", trials: "tasks.due"),
            moreIsBetter: false)
        #expect(rules == ContestRules(citation: citation, measures: [expected]))
    }

    @Test(arguments: [
        ("    family: share\n    events: tasks.overdue\n", ["MissingKey"]),
        ("    family: mean\n    events: tasks.overdue\n", ["MissingKey", "ConflictingKeys"]),
        ("    family: share\n    events: tasks.overdue\n    trials: tasks.nothing\n", ["UnknownMeasure"]),
        ("    family: mean\n    values: tasks.due\n", ["MeasureWithoutValue"]),
    ])
    func contestProblems(text: String, checks: [String]) throws {
        #expect(Set(try fixture("contest", measure + text).findings().map(\.check.rawValue)) == Set(checks))
    }

    @Test func evaluation() throws {
        let text =
            "ballots: {citation: {zh: 条例, en: Regulations}, measure: tasks.quality, straightLine: 5}\nannualGrades: {citation: {zh: 条例, en: Regulations}}\n"
        let rules = try fixture("evaluation", text).load().get().pipeline.evaluation
        #expect(rules.ballots == BallotRules(citation: citation, measure: "tasks.quality", windowMonths: 12, straightLine: 5))
        #expect(rules.annualGrades == AnnualGradeRules(citation: citation, excellentShare: 0.20))
    }
}
