import Flagging
import PipelineModel
import Testing
import Warehouse

@Suite("Tiers of the model") struct TierTests {
    @Test("the flagged, the watched and nobody else, over all schemes together")
    func prefixes() throws {
        var people = [0.95, 0.95, 0.86, 0.86, 0.60, 0.5, 0.1].enumerated().map { Judged("P\($0)", concern: $1) }
        people[1].kind = .township
        people[4].kind = .university
        let outcome = try Night(judging: people).tiers()
        // Sums of 1 − p: .05 .10 .24 .38 .78 1.28 2.18; means: .05 .05 .08 .095 .156 .213 .311.
        #expect(Set(outcome.flags.map(\.cadreID)) == ["P0", "P1", "P2", "P3"])
        #expect(outcome.flags.allSatisfy { $0.cause == "model" && $0.status == .proposed && $0.disposition == .supportTalk })
        #expect(outcome.flags.first { $0.cadreID == "P2" }?.concern == 0.86)
        #expect(outcome.watched.map(\.cadreID) == ["P4", "P5"])
        #expect(outcome.watched.map(\.kind) == [.university, .county])
    }

    @Test("it may be nobody", arguments: [[0.5, 0.89], [0.2], []])
    func nobody(concerns: [Double]) throws {
        let outcome = try Night(judging: concerns.enumerated().map { Judged("P\($0)", concern: $1) }).tiers()
        #expect(outcome.flags.isEmpty && outcome.changes.isEmpty && outcome.findings.isEmpty)
    }

    @Test("the rates are the department's to set")
    func rates() throws {
        var night = try Night(judging: [0.99, 0.8, 0.6].enumerated().map { Judged("P\($0)", concern: $1) })
        night.pipeline.flagging = FlaggingRules(falseFlagRate: 0.05, watchRate: 0.2)
        var outcome = try night.tiers()
        #expect(outcome.flags.map(\.cadreID) == ["P0"] && outcome.watched.map(\.cadreID) == ["P1"])
        night.pipeline.flagging.falseFlagRate = 0.2034
        outcome = try night.tiers()
        #expect(outcome.flags.count == 3 && outcome.watched.isEmpty)
    }

    @Test("commendation is the mirror image; its number lasts as long as the post; nobody is commended whom a rule flags")
    func commendations() throws {
        var people = (0..<4).map { Judged("P\($0)", quality: 80, concern: 0) }
        for (index, probability) in [0.97, 0.9, 0.95, 0.2].enumerated() { people[index].outstanding = probability }
        people[0].quality = 90
        var night = try Night(judging: people)
        night.pipeline.triggers = [Night.incompetent]
        try night.addAppraisal("K1", "P2", "incompetent", "2025-01-20")
        let outcome = try night.tiers()
        #expect(outcome.commended.map(\.cadreID) == ["P0", "P1"])
        #expect(outcome.commended[0].strongest == "quality" && outcome.commended[0].unitID == "U1" && outcome.commended[0].outstanding == 0.97)
        #expect(outcome.commended.allSatisfy { $0.commendationID.hasPrefix("C") && $0.commendationID.count == 13 && $0.status == .proposed })
        let later = try night.tiers(asOf: Night.asOf.adding(days: 5))
        #expect(later.commended.map(\.commendationID) == outcome.commended.map(\.commendationID))
        night.judged[0].postStart = CalendarDate(year: 2025, month: 1, day: 1)!
        #expect(try night.tiers().commended.first?.commendationID != outcome.commended.first?.commendationID)
    }

    @Test("a commendation shows every indicator beside the peers, and its contributions sum to the composite; nobody else has any")
    func commendationContributions() throws {
        var people = (0..<2).map { Judged("P\($0)", quality: 80 + 10 * Double($0), concern: 0) }
        (people[0].outstanding, people[1].outstanding) = (0.2, 0.97)
        let (night, warehouse) = (try Night(judging: people), try Warehouse(path: ":memory:"))
        for _ in 0..<2 { _ = try night.run(in: warehouse) }
        try warehouse.read { transaction in
            let (rows, commended) = (try transaction.all(CommendationContribution.self), try transaction.all(CommendationRecord.self))
            #expect(rows.map(\.indicator) == ["petitions", "quality"])
            #expect(rows.allSatisfy { $0.cadreID == "P1" && $0.commendationID == commended.first?.commendationID })
            #expect(abs(rows.reduce(0) { $0 + $1.contribution } - people[1].mean) < 1e-9)
            #expect(rows.last?.value == 90 && rows.first?.eventsCounted == 1)
        }
    }

    @Test("people in doubt and people not in service are in no tier, and take no place in it")
    func outside() throws {
        let people = [Judged("A", concern: 0.99), Judged("B", concern: 0.98), Judged("P2", concern: 0.85)]
        var night = try Night(judging: people)
        night.doubtful = ["A"]
        night.judged.append(Judged("gone", concern: 0.99))
        try night.addCadre("gone", status: "retired")
        let outcome = try night.tiers()
        // Without the two the prefix is 0.02, then (0.02 + 0.15) / 2.
        #expect(outcome.flags.map(\.cadreID).sorted() == ["B", "P2"] && outcome.watched.isEmpty)
    }
}
