import Appraisal
import PipelineModel
import Testing
import Warehouse

/// A cadre of unit U1 with nine tasks done in time and one overdue one, of 2025-06-15, that is part of the reform GG-1; and a filing about it.
@Suite("Filed reform risks") struct ReformRiskTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var filing: [String: String?] = [:]
        var reform: String? = "GG-1"
        /// Decision, day and cadre of a case about the event.
        var ruling: (decision: String, decided: String?)?
        var reason: ExclusionReason?
    }

    static let cases = [
        Case(testDescription: "inside a filed and accepted reform", reason: .reformRisk),
        Case(testDescription: "unit by name", filing: ["unit": "瓯海局"], reason: .reformRisk),
        Case(testDescription: "another unit's reform", filing: ["unit": "U2"]),
        Case(testDescription: "another reform of the unit", reform: "GG-2"),
        Case(testDescription: "rejected", filing: ["outcome": "rejected"]),
        Case(testDescription: "not assessed", filing: ["outcome": "pending", "assessed_date": nil]),
        Case(testDescription: "accepted after tonight", filing: ["assessed_date": "2025-12-01"]),
        Case(testDescription: "filed after the event", filing: ["filed_date": "2025-06-16"]),
        Case(testDescription: "filed on the day of the event", filing: ["filed_date": "2025-06-15"], reason: .reformRisk),
        Case(testDescription: "before the reform", filing: ["start_date": "2025-06-16"]),
        Case(testDescription: "after the reform", filing: ["end_date": "2025-06-14"]),
        Case(testDescription: "on its last day", filing: ["end_date": "2025-06-15"], reason: .reformRisk),
        Case(testDescription: "a reform without dates lasts from its filing", filing: ["start_date": nil, "end_date": nil], reason: .reformRisk),
        Case(testDescription: "a case is open", ruling: ("pending", nil), reason: .reformRisk),
        Case(testDescription: "a case is decided after tonight", ruling: ("rejected", "2025-12-01"), reason: .reformRisk),
        Case(testDescription: "a case is rejected: it counts", ruling: ("rejected", "2025-11-01")),
        Case(testDescription: "a case is approved", ruling: ("approved", "2025-11-01"), reason: .faultToleranceApproved),
        Case(testDescription: "the event names no reform, and nobody else does", reform: nil),
        Case(
            testDescription: "the event names no reform, but an open case of who answers for it names the event", reform: nil, ruling: ("pending", nil),
            reason: .reformRisk),
        Case(
            testDescription: "an open case of somebody who does not answer for the reform", filing: ["cadre_id": "B"], reform: nil, ruling: ("pending", nil)),
    ]

    @Test("an event is held out until its case is decided, and nothing else is", arguments: cases)
    func held(example: Case) throws {
        let outcome = try world(example).run()
        let observation = try outcome.observation("A", "overdue")
        #expect(observation.events == (example.reason == nil ? 1 : 0) && observation.exposure == (example.reason == nil ? 10 : 9))
        #expect(outcome.exclusions.map(\.reason) == (example.reason.map { [$0] } ?? []))
        guard example.reason == .reformRisk else { return }
        let row = try #require(outcome.exclusions.first)
        #expect(row.caseID == "FX1" && row.weightKept == 0 && row.valueBefore == 0.1 && row.valueAfter == 0)
    }

    @Test("nothing that happened on leave is the reform's doing")
    func onLeave() throws {
        var world = try world(Self.cases[0])
        try world.add(.leave, ["cadre_id": "A", "kind": "sick", "start_date": "2025-06-01", "end_date": "2025-06-30", "approved": "true"])
        try world.addCase("C1", "A", "T1", "pending", decided: nil)
        let outcome = try world.run()
        #expect(outcome.exclusions.map(\.reason) == [.reformRisk])
        // It would not count without the reform either.
        #expect(outcome.effects.map(\.outcome) == [.outsideScore])
    }

    private func world(_ example: Case) throws -> World {
        var world = try World()
        try world.add(.units, ["unit_id": "U2", "name": "龙湾局", "kind": "county"])
        try world.addCadre("A")
        try world.addFact("A", "tasks.due", "2025-04", count: 9)
        try world.addEvent(.init(cadre: "A", record: "T1", day: "2025-06-15", month: "2025-06", reform: example.reform))
        var filing: [String: String] = [
            "filing_id": "FX1", "unit": "U1", "cadre_id": "A", "subject": "GG-1", "filed_date": "2025-03-01", "assessed_date": "2025-03-20",
            "outcome": "accepted", "start_date": "2025-04-01", "end_date": "2025-12-31",
        ]
        for (field, value) in example.filing { filing[field] = value }
        try world.add(.riskFilings, filing)
        if let ruling = example.ruling { try world.addCase("C1", "A", "T1", ruling.decision, decided: ruling.decided) }
        return world
    }
}
