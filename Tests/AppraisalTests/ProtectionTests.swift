import Appraisal
import PipelineModel
import Testing
import Warehouse

/// A cadre in post since 2025-02-10 (nine whole months), on sick leave in September, with nine tasks done in time and one overdue one to be told about.
@Suite struct ProtectionTests {
    struct Ruling {
        var decision: String
        var weight: String?
        var decided: String? = "2025-10-01"
        var cadre = "A"
        var source = "tasks"
    }

    struct Case: CustomTestStringConvertible {
        let testDescription: String
        var day: String? = "2025-06-15"
        var month = "2025-06"
        var rulings: [Ruling] = []
        /// Events and trials that count.
        var events: Double
        var trials: Double
        var reason: ExclusionReason?
        var kept: Double?
        var before: Double? = 0.1
        var after: Double?
        var excluded: Double = 0
        var findings: [Finding.Check] = []
    }

    static let cases = [
        Case(testDescription: "counts", events: 1, trials: 10),
        Case(
            testDescription: "approved", rulings: [Ruling(decision: "approved")], events: 0, trials: 9, reason: .faultToleranceApproved, kept: 0, after: 0,
            excluded: 1),
        Case(
            testDescription: "approved, without a day", rulings: [Ruling(decision: "approved", decided: nil)], events: 0, trials: 9,
            reason: .faultToleranceApproved, kept: 0, after: 0, excluded: 1),
        Case(testDescription: "approved tomorrow", rulings: [Ruling(decision: "approved", decided: "2025-12-01")], events: 1, trials: 10),
        Case(testDescription: "rejected", rulings: [Ruling(decision: "rejected")], events: 1, trials: 10),
        Case(testDescription: "pending", rulings: [Ruling(decision: "pending")], events: 1, trials: 10),
        Case(
            testDescription: "mitigated", rulings: [Ruling(decision: "mitigated", weight: "0.25")], events: 0.25, trials: 9.25,
            reason: .faultToleranceMitigated, kept: 0.25, after: 0.25 / 9.25, excluded: 0.75),
        Case(
            testDescription: "mitigated without a weight", rulings: [Ruling(decision: "mitigated")], events: 0, trials: 9,
            reason: .faultToleranceMitigated, kept: 0, after: 0, excluded: 1, findings: ["MitigatedWithoutWeight"]),
        Case(
            testDescription: "the favourable one of two", rulings: [Ruling(decision: "mitigated", weight: "0.5"), Ruling(decision: "approved")], events: 0,
            trials: 9, reason: .faultToleranceApproved, kept: 0, after: 0, excluded: 1, findings: ["ConflictingCases"]),
        Case(
            testDescription: "another cadre's case", rulings: [Ruling(decision: "approved", cadre: "B")], events: 1, trials: 10,
            findings: ["CaseOfAnotherCadre"]),
        Case(
            testDescription: "a case about another source", rulings: [Ruling(decision: "approved", source: "petitions")], events: 1, trials: 10,
            findings: ["CaseWithoutEvent"]),
        Case(testDescription: "on leave", day: "2025-09-10", month: "2025-09", events: 0, trials: 9, reason: .onLeave, kept: 0, after: 0, excluded: 1),
        Case(
            testDescription: "on leave, known later", day: "2025-09-30", month: "2025-10", events: 0, trials: 9, reason: .onLeave, kept: 0, after: 0,
            excluded: 1),
        Case(
            testDescription: "before the post, known in it", day: "2025-02-09", month: "2025-05", events: 0, trials: 9, reason: .beforePresentPost, kept: 0,
            after: 0, excluded: 1),
        Case(testDescription: "on the first day of the post, known in it", day: "2025-02-10", month: "2025-05", events: 1, trials: 10),
        Case(
            testDescription: "before the post and known before it", day: "2025-01-09", month: "2025-01", events: 0, trials: 9, reason: .beforePresentPost,
            kept: 0, before: 0, after: 0, excluded: 1),
        Case(
            testDescription: "in the month the post began", day: "2025-02-20", month: "2025-02", events: 0, trials: 9, reason: .incompleteMonth, kept: 0,
            before: 0, after: 0, excluded: 1),
        Case(
            testDescription: "without a day, before the post", day: nil, month: "2025-01", events: 0, trials: 9, reason: .beforePresentPost, kept: 0,
            before: 0, after: 0, excluded: 1),
        Case(testDescription: "without a day, in it", day: nil, month: "2025-06", events: 1, trials: 10),
        Case(testDescription: "before the window", day: "2024-11-20", month: "2024-11", events: 0, trials: 9),
        Case(testDescription: "after the window", day: "2025-12-20", month: "2025-12", events: 0, trials: 9),
        Case(
            testDescription: "approved comes before leave", day: "2025-09-10", month: "2025-09", rulings: [Ruling(decision: "approved")], events: 0,
            trials: 9, reason: .faultToleranceApproved, kept: 0, after: 0, excluded: 1),
        Case(
            testDescription: "leave takes more than mitigation", day: "2025-09-10", month: "2025-09", rulings: [Ruling(decision: "mitigated", weight: "0.5")],
            events: 0, trials: 9, reason: .onLeave, kept: 0, after: 0, excluded: 1),
        Case(
            testDescription: "mitigation of what counts for nobody", day: "2025-02-20", month: "2025-02",
            rulings: [Ruling(decision: "mitigated", weight: "0.5")], events: 0, trials: 9, reason: .incompleteMonth, kept: 0, before: 0, after: 0, excluded: 1),
    ]

    @Test("one event", arguments: cases)
    func event(example: Case) throws {
        let outcome = try world(example).run()
        let observation = try outcome.observation("A", "overdue")
        #expect(observation.events == example.events && observation.exposure == example.trials)
        #expect(observation.eventsExcluded == example.excluded)
        #expect(outcome.findings.map(\.check) == example.findings)
        #expect(outcome.exclusions.count == (example.reason == nil ? 0 : 1))
        guard let reason = example.reason else { return }
        let row = try #require(outcome.exclusions.first)
        #expect(row.reason == reason && row.weightKept == example.kept && row.indicator == "overdue" && row.recordID == "T1")
        #expect(row.valueBefore == example.before && row.valueAfter == example.after && row.valueAfter == observation.value)
        #expect((row.caseID != nil) == (reason == .faultToleranceApproved || reason == .faultToleranceMitigated))
    }

    @Test("a case is told where it stands, with its number")
    func places() throws {
        let finding = try #require(try world(Self.cases[10]).run().findings.first)
        #expect(finding.severity == .warning && finding.location.file == "fault_tolerance.csv" && finding.value == "C0" && finding.hint != nil)
    }

    @Test("a protected event that no indicator counts is shown; an unprotected one is not")
    func uncounted() throws {
        var world = try world(Self.cases[0])
        world.measures["media_inquiries.overdue"] = 0
        for record in ["M1", "M2"] {
            try world.addEvent(
                .init(
                    cadre: "A", source: "media", role: .mediaInquiries, record: record, day: "2025-09-10", measures: ["media_inquiries.overdue"],
                    month: "2025-09"))
        }
        try world.addCase("C9", "A", "M1", "approved", source: "media_inquiries")
        let row = try #require(try world.run().exclusions.first)
        #expect(try world.run().exclusions.count == 1)
        #expect(row.indicator == nil && row.recordID == "M1" && row.source == "media" && row.caseID == "C9" && row.valueBefore == nil)
    }

    @Test("a case about an event that only its rows know leads somewhere", arguments: [SourceRole.discipline, .petitions, .tasks])
    func keptRows(of role: SourceRole) throws {
        var world = try world(Self.cases[0])
        for (record, cadre) in [("D1", "A"), ("D2", "B")] {
            var values = ["record_id": record]
            if role == .discipline { values["cadre_id"] = cadre }
            try world.add(role, values, resolved: cadre)
        }
        try world.addCase("C1", "A", "D1", "approved", source: role.rawValue)
        try world.addCase("C2", "A", "D2", "approved", source: role.rawValue)
        try world.addCase("C3", "A", "D3", "approved", source: role.rawValue)
        let findings = try world.run().findings
        #expect(findings.map(\.value) == ["C2", "C3"])
        #expect(findings.map(\.check) == ["CaseOfAnotherCadre", "CaseWithoutEvent"])
    }

    @Test("a petition whose finding must not count is taken out, whatever the contract counted", arguments: ["unsubstantiated", "pending", "mistaken", nil])
    func petitions(finding: String?) throws {
        var world = try world(Self.cases[0])
        for (record, found) in [("P1", "substantiated"), ("P2", "partlySubstantiated"), ("P3", finding)] {
            var values = ["record_id": record, "kind": "accusation", "received": "2025-05-02"]
            values["finding"] = found
            let line = try world.add(.petitions, values, resolved: "A")
            try world.addEvent(
                .init(
                    cadre: "A", source: "petitions", role: .petitions, record: record, day: "2025-05-02", measures: ["petitions.substantiated"],
                    month: "2025-06", line: line))
        }
        let outcome = try world.run()
        let observation = try outcome.observation("A", "petitions")
        #expect(observation.events == 2 && observation.eventsExcluded == 1)
        #expect(outcome.exclusions.map(\.reason) == [.notSubstantiated])
        #expect(outcome.findings.map(\.check) == ["CountedWithoutFinding"] && outcome.findings.first?.severity == .error)
        #expect(outcome.findings.first?.location.file == "petitions.csv")
    }

    @Test("an event takes its value out of a mean")
    func mean() throws {
        var world = try world(Self.cases[0])
        world.pipeline.indicators[2].observation = .mean(values: "tasks.quality")
        world.measures["tasks.quality"] = 0
        for value in [80, 90] { try world.addFact("A", "tasks.quality", "2025-06", count: 1, values: [value]) }
        // The event's own value is 0 by the fixture: with it the mean is 170 / 3, without it 85.
        try world.addEvent(.init(cadre: "A", record: "Q1", day: "2025-06-01", measures: ["tasks.quality"], month: "2025-06"))
        try world.addCase("C1", "A", "Q1", "approved")
        let outcome = try world.run()
        let observation = try outcome.observation("A", "ballots")
        #expect(observation.value == 85 && observation.exposure == 2 && observation.withinVariance == 50)
        #expect(outcome.exclusions.first?.valueBefore == 170.0 / 3 && outcome.exclusions.first?.valueAfter == 85)
    }

    @Test("nobody who is not judged has exclusions, and their cases are no riddle")
    func notJudged() throws {
        var world = try world(Self.cases[1])
        try world.addCadre("N", since: "2025-10-01")
        try world.addEvent(.init(cadre: "N", record: "T7", day: "2025-11-05", month: "2025-11"))
        try world.addCase("C7", "N", "T7", "approved")
        let outcome = try world.run()
        #expect(outcome.exclusions.map(\.cadreID) == ["A"] && outcome.findings.isEmpty)
    }

    @Test("evidence beyond the facts is an error, not a negative number")
    func inconsistent() throws {
        var world = try world(Self.cases[1])
        try world.addFact("A", "tasks.overdue", "2025-06", count: -1)
        #expect(throws: AppraisalError.inconsistentEvidence(measure: "tasks.overdue")) { try world.run() }
    }

    private func world(_ example: Case) throws -> World {
        var world = try World()
        try world.addCadre("A", since: "2025-02-10")
        try world.add(.leave, ["cadre_id": "A", "kind": "sick", "start_date": "2025-09-01", "end_date": "2025-09-30", "approved": "true"])
        try world.addFact("A", "tasks.due", "2025-04", count: 9)
        try world.addEvent(.init(cadre: "A", record: "T1", day: example.day, month: example.month))
        for (number, ruling) in example.rulings.enumerated() {
            try world.addCase("C\(number)", ruling.cadre, "T1", ruling.decision, weight: ruling.weight, decided: ruling.decided, source: ruling.source)
        }
        return world
    }
}
