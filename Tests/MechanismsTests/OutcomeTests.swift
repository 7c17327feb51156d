import PipelineModel
import Testing
import Warehouse

@Suite("Outcomes by disposition") struct OutcomeTests {
    private static let before = CalendarDate(year: 2024, month: 5, day: 3)!
    private static let confirmed = CalendarDate(year: 2024, month: 5, day: 20)!
    /// The first kept night whose twelve months lie after the decision: June 2024 to May 2025.
    private static let after = CalendarDate(year: 2025, month: 5, day: 31)!

    private struct Person {
        var id: String
        var before: Double
        var after: Double?
        var group = "g"
        var isFlagged = false
        /// Raised after the decision, and not reviewed.
        var isFlaggedLater = false
    }

    private func standing(_ person: Person, _ mean: Double, _ asOf: CalendarDate) -> StandingRecord {
        StandingRecord(asOf: asOf, cadreID: person.id, kind: .county, groupID: person.group, mean: mean, deviation: 0.3)
    }

    /// Every flagged person had a retraining confirmed.
    private func outcome(_ people: [Person], rules: ReviewRules.OutcomeRules = .init(), asOf: CalendarDate = Night.asOf) throws -> DispositionOutcome {
        var night = try Night()
        night.pipeline.reviews.outcomes = rules
        for person in people {
            try night.addCadre(person.id)
            guard person.isFlagged else { continue }
            try night.add(.reviews, ["flag_id": "F\(person.id)", "decision": "confirmed", "reason": "属实", "date": "\(OutcomeTests.confirmed)"])
        }
        return try night.run(
            asOf: asOf,
            given: { transaction in
                for person in people {
                    try transaction.insert([standing(person, person.before, OutcomeTests.before)])
                    // A night later in the year tells nothing more; one before it would still count what came before the decision.
                    try transaction.insert([
                        standing(person, 9, OutcomeTests.after.adding(days: -1)), standing(person, -9, OutcomeTests.after.adding(days: 40)),
                    ])
                    if let after = person.after { try transaction.insert([standing(person, after, OutcomeTests.after)]) }
                    guard person.isFlagged || person.isFlaggedLater else { continue }
                    let night = person.isFlagged ? OutcomeTests.before : OutcomeTests.confirmed.adding(days: 1)
                    try transaction.insert([
                        FlagRecord(
                            asOf: night, flagID: "F\(person.id)", cadreID: person.id, unitID: "U1", kind: .county, cause: "model",
                            disposition: .retraining, status: .proposed, concern: 0.9)
                    ])
                }
            },
            then: { _, transaction in try #require(try transaction.all(DispositionOutcome.self).first { $0.disposition == .retraining }) })
    }

    /// Cases at −1.5 … −1.1, each with a similar cadre 0.01 away.
    private func pairs(cases: [Double], similar: [Double]) -> [Person] {
        var people: [Person] = []
        for (index, (change, other)) in zip(cases, similar).enumerated() {
            let before = -1.5 + 0.1 * Double(index)
            people.append(Person(id: "A\(index)", before: before, after: before + change, isFlagged: true))
            people.append(Person(id: "B\(index)", before: before + 0.01, after: before + 0.01 + other))
        }
        return people
    }

    private let one = ReviewRules.OutcomeRules(matches: 1, caliper: 0.05, minimumCases: 5, level: 0.90)

    @Test("when everybody alike rises as much, nothing is sold as success")
    func regression() throws {
        let outcome = try outcome(pairs(cases: [0.6, 0.7, 0.5, 0.6, 0.6], similar: [0.6, 0.6, 0.6, 0.7, 0.5]), rules: one)
        #expect(outcome.remark == .estimated && outcome.cases == 5 && outcome.confirmed == 5)
        #expect(abs((outcome.change ?? 0) - 0.6) < 1e-12 && abs((outcome.comparisonChange ?? 0) - 0.6) < 1e-12)
        // Effects 0, 0.1, −0.1, −0.1, 0.1: standard deviation 0.1, t(0.95; 4) = 2.131847.
        #expect(abs(outcome.effect ?? 1) < 1e-12)
        #expect(abs((outcome.upper ?? 0) - 2.131847 * 0.1 / 5.0.squareRoot()) < 1e-6 && abs((outcome.lower ?? 0) + (outcome.upper ?? 0)) < 1e-12)
        #expect(abs((outcome.before ?? 0) + 1.3) < 1e-12 && abs((outcome.after ?? 0) + 0.7) < 1e-12)
    }

    @Test("what is more than the others' rise is the effect")
    func effect() throws {
        let outcome = try outcome(pairs(cases: [0.9, 0.9, 0.9, 0.9, 0.9], similar: [0.6, 0.6, 0.6, 0.6, 0.6]), rules: one)
        #expect(abs((outcome.effect ?? 0) - 0.3) < 1e-12)
    }

    @Test("who was like a case and fell afterwards is compared as well: what came after the decision chooses nobody")
    func flaggedLater() throws {
        var people = pairs(cases: [0.6, 0.6, 0.6, 0.6, 0.6], similar: [0.6, 0.6, 0.6, 0.6, -0.9])
        people[9].isFlaggedLater = true
        let outcome = try outcome(people, rules: one)
        #expect(outcome.cases == 5 && outcome.unmatched == 0)
        #expect(abs((outcome.comparisonChange ?? 0) - 0.3) < 1e-12 && abs((outcome.effect ?? 0) - 0.3) < 1e-12)
    }

    @Test("too few cases say nothing, but are counted; nobody is compared with the flagged, other groups or those far away")
    func tooFew() throws {
        var people = pairs(cases: [0.6, 0.6, 0.6, 0.6, 0.6], similar: [0, 0, 0, 0, 0])
        people[1].isFlagged = true
        people[3].group = "h"
        people[5].before = 2
        people[7].after = nil
        let outcome = try outcome(people, rules: one)
        // A4 and its match; B0 was flagged too and has nobody alike.
        #expect(outcome.confirmed == 6 && outcome.cases == 1 && outcome.unmatched == 5 && outcome.remark == .tooFewToSay)
        #expect(outcome.effect == nil && outcome.before == nil && outcome.change == nil && outcome.lower == nil)
    }

    @Test("a case waits until a whole window lies after the decision; without cases there is nothing to say")
    func waiting() throws {
        let outcome = try outcome(pairs(cases: [0.6], similar: [0]), rules: one, asOf: OutcomeTests.after.adding(days: -1))
        #expect(outcome.waiting == 1 && outcome.cases == 0 && outcome.remark == .noCases)
        let empty = try Night().run { _, transaction in try transaction.all(DispositionOutcome.self) }
        #expect(empty.count == 4 && empty.allSatisfy { $0.remark == .noCases && $0.confirmed == 0 && $0.effect == nil })
    }

    @Test("the standings of the first night of a month are kept, and a night run again changes no other")
    func kept() throws {
        let warehouse = try Warehouse(path: ":memory:")
        func run(_ day: String, _ mean: Double) throws -> [String] {
            try Night().run(
                in: warehouse, asOf: try #require(CalendarDate(iso: day)),
                given: { transaction in
                    try transaction.insert([
                        ScorecardRecord(
                            window: .current, cadreID: "A", kind: .county, groupID: "g", mean: mean, deviation: 0.3, line: -1, concern: 0.1, outstanding: 0.1,
                            indicatorsObserved: 3)
                    ])
                }, then: { _, transaction in try transaction.all(StandingRecord.self).map { "\($0.asOf) \($0.mean)" } })
        }
        #expect(try run("2025-10-30", 0.1) == ["2025-10-30 0.1"])
        #expect(try run("2025-11-02", 0.2) == ["2025-10-30 0.1", "2025-11-02 0.2"])
        #expect(try run("2025-11-03", 0.3) == ["2025-10-30 0.1", "2025-11-02 0.2"])
        #expect(try run("2025-11-02", 0.4) == ["2025-10-30 0.1", "2025-11-02 0.4"])
    }
}
