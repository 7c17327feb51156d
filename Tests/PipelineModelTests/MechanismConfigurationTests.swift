import Testing

@testable import PipelineModel

/// The files of the training rules, the structure targets and the township secretaries, and a scheme's rotation.
@Suite struct MechanismConfigurationTests {
    private func fixture(_ key: String, _ text: String) -> ConfigurationFixture {
        var fixture = ConfigurationFixture.correct
        fixture.files["nightly.yaml"] = (fixture.files["nightly.yaml"] ?? "") + "\(key): rules/\(key).yaml\n"
        fixture.files["rules/\(key).yaml"] = text
        return fixture
    }

    private let label = BilingualText(chinese: "一", english: "one")
    private let both = "{zh: 一, en: one}"

    @Test func nothingIsNamedByDefault() throws {
        let pipeline = try ConfigurationFixture.correct.load().get().pipeline
        #expect(pipeline.training == nil && pipeline.targets == nil && pipeline.selection == nil)
        #expect(pipeline.schemes.allSatisfy { $0.rotation == nil })
    }

    private var training: String {
        """
        citation: \(both)
        completionMonths: 6
        gapBelow: -1
        order: [requiredCourse]
        courses:
          - {id: one, name: 一班, label: \(both), capacity: 3, reasons: [requiredCourse], dimensions: [conduct], indicators: [quality], validYears: 3}
          - {id: two, name: 二班, label: \(both), reasons: [capabilityGap]}
        required:
          - {course: one, where: {field: rank, is: 正处级}, graceMonths: 6, citation: \(both)}

        """
    }

    @Test func aTrainingFile() throws {
        let rules = try #require(try fixture("training", training).load().get().pipeline.training)
        var (one, two) = (TrainingRules.Course(id: "one", name: "一班", label: label), TrainingRules.Course(id: "two", name: "二班", label: label))
        (one.capacity, one.reasons, one.dimensions, one.indicators, one.validYears) = (3, [.requiredCourse], [.conduct], ["quality"], 3)
        two.reasons = [.capabilityGap]
        var expected = TrainingRules(
            citation: label, courses: [one, two],
            required: [.init(course: "one", condition: .isOne(field: "rank", of: ["正处级"]), graceMonths: 6, citation: label)])
        (expected.completionMonths, expected.gapBelow, expected.order) = (6, -1, [.requiredCourse, .retrainingFlag, .capabilityGap])
        #expect(rules == expected)
    }

    @Test(arguments: [
        ("gapBelow: -1", "gapBelow: 1", "rules/training.yaml:3:11 OutOfRange gapBelow"),
        ("order: [requiredCourse]", "order: [requiredCourse, requiredCourse]", "rules/training.yaml:4:8 ConflictingKeys order"),
        ("id: two", "id: one", "rules/training.yaml:7:10 DuplicateID courses[2].id"),
        ("[quality]", "[nothing]", "rules/training.yaml:6:126 UnknownIndicator courses[1].indicators[1]"),
        ("course: one", "course: two", "rules/training.yaml:9:14 UnknownCourse required[1].course"),
        ("field: rank", "field: sex", "rules/training.yaml:9:34 UnknownField required[1].where.field"),
    ])
    func badTraining(old: String, new: String, problem: String) throws {
        #expect(try fixture("training", training).replacing(old, by: new, in: "rules/training.yaml").problems() == [problem])
    }

    private var targets: String {
        """
        trend: {minimumWeeks: 4, weeks: 26, level: 0.8, horizonYears: 5}
        targets:
          - id: one
            label: \(both)
            citation: \(both)
            share: 0.4
            among: {field: kind, is: county}
            meets: {field: specialty, in: [农学]}
            everHeld: {all: [{field: kind, is: township}, {field: end_date, before: asOf}]}

        """
    }

    @Test func aTargetsFile() throws {
        let rules = try fixture("targets", targets).load().get().pipeline.targets
        let target = StructureTarget(
            id: "one", label: label, citation: label, share: 0.4, among: .isOne(field: "kind", of: ["county"]),
            meets: .isOne(field: "specialty", of: ["农学"]), everHeld: .all([.isOne(field: "kind", of: ["township"]), .before(field: "end_date", .asOf)]))
        #expect(rules == TargetRules(trend: .init(minimumWeeks: 4, weeks: 26, level: 0.8, horizonYears: 5), targets: [target]))
        let education = fixture("targets", targets).replacing("share: 0.4", by: "mechanism: education\n    share: 0.4", in: "rules/targets.yaml")
        #expect(target.mechanism == .selection)
        #expect(try education.load().get().pipeline.targets?.targets.first?.mechanism == .education)
    }

    @Test(arguments: [
        ("weeks: 26", "weeks: 3", "rules/targets.yaml:1:33 BoundsReversed trend.weeks"),
        ("share: 0.4", "share: 1.4", "rules/targets.yaml:6:12 OutOfRange targets[1].share"),
        ("is: county", "is: 县(市、区)", "rules/targets.yaml:7:30 UnknownValue targets[1].among.is"),
        ("field: end_date", "field: specialty", "rules/targets.yaml:9:59 UnknownField targets[1].everHeld.all[2].field"),
        ("field: specialty, in: [农学]", "field: specialty, before: asOf", "rules/targets.yaml:8:39 FieldOfOtherType targets[1].meets.before"),
        ("field: specialty", "field: birth_date", "rules/targets.yaml:8:20 UnknownField targets[1].meets.field"),
    ])
    func badTargets(old: String, new: String, problem: String) throws {
        #expect(try fixture("targets", targets).replacing(old, by: new, in: "rules/targets.yaml").problems() == [problem])
    }

    @Test func aTargetThatEverybodyMeets() throws {
        let lines = targets.split(separator: "\n").filter { !$0.contains("meets") && !$0.contains("everHeld") }.joined(separator: "\n") + "\n"
        #expect(try fixture("targets", lines).problems() == ["rules/targets.yaml:3:5 MissingKey targets[1]"])
    }

    @Test func secretaries() throws {
        let text = "secretary: {field: post, is: 书记}\ncountyTeam: {field: kind, is: county}\nwindowFromYears: 2\nwindowToYears: 5\ncitation: \(both)\n"
        let rules = SelectionRules(
            secretary: .isOne(field: "post", of: ["书记"]), countyTeam: .isOne(field: "kind", of: ["county"]), windowFromYears: 2, windowToYears: 5,
            citation: label)
        #expect(try fixture("selection", text).load().get().pipeline.selection == rules)
        var both = rules
        both.municipalTeam = .isOne(field: "kind", of: ["municipalOrgan"])
        #expect(try fixture("selection", "municipalTeam: {field: kind, is: municipalOrgan}\n" + text).load().get().pipeline.selection == both)
        #expect(
            try fixture("selection", text).replacing("windowToYears: 5", by: "windowToYears: 1", in: "rules/selection.yaml").problems() == [
                "rules/selection.yaml:4:16 BoundsReversed windowToYears"
            ])
    }

    @Test func rotation() throws {
        var fixture = ConfigurationFixture.correct
        let scheme = fixture.files["schemes/county.yaml"] ?? ""
        fixture.files["schemes/county.yaml"] = scheme + "rotation: {postYears: 5, postTypes: [领导岗位], citation: \(both)}\n"
        #expect(
            try fixture.load().get().pipeline.schemes.first?.rotation == RotationLimits(postYears: 5, postTypes: ["领导岗位"], horizonMonths: 12, citation: label))
        fixture.files["schemes/county.yaml"] = scheme + "rotation: {horizonMonths: 6, citation: \(both)}\n"
        #expect(try fixture.findings().map(\.check) == ["MissingKey"])
    }
}
