import Appraisal
import PipelineModel
import Testing
import Warehouse

/// Thirty peers who differ. `A` has five overdue tasks of twenty, and a case about one of them; `B` has the same tasks and no case, so B is A without the case.
@Suite("Effects of fault-tolerance cases") struct FaultToleranceEffectTests {
    private func world() throws -> World {
        var world = try World()
        for number in 0..<30 {
            let id = "P\(number < 10 ? "0" : "")\(number)"
            try world.addCadre(id)
            for month in ["2025-02", "2025-05", "2025-08", "2025-10"] {
                try world.addFact(id, "tasks.due", month, count: 20)
                try world.addFact(id, "tasks.overdue", month, count: number % 10)
            }
        }
        for id in ["A", "B"] {
            try world.addCadre(id)
            try world.addFact(id, "tasks.due", "2025-04", count: 15)
            for number in 1...5 { try world.addEvent(.init(cadre: id, record: "\(id)-\(number)", day: "2025-05-1\(number)", month: "2025-05")) }
        }
        return world
    }

    @Test(
        "before is what it would be without the case, after is as judged",
        arguments: [("approved", nil, FaultToleranceOutcome.excluded, 1.0), ("mitigated", "0.4", .mitigated, 0.6)]
            as [(String, String?, FaultToleranceOutcome, Double)])
    func composites(decision: String, weight: String?, outcome: FaultToleranceOutcome, excluded: Double) throws {
        var world = try world()
        try world.addCase("C1", "A", "A-3", decision, weight: weight)
        let night = try world.run()
        let (a, b) = (try card("A", night), try card("B", night))
        let effect = try #require(night.effects.first)
        #expect(night.effects.count == 1 && effect.outcome == outcome && abs(effect.eventsExcluded - excluded) < 1e-12)
        let (meanAfter, concernAfter) = (try #require(effect.meanAfter), try #require(effect.concernAfter))
        let (meanBefore, concernBefore) = (try #require(effect.meanBefore), try #require(effect.concernBefore))
        #expect(abs(meanAfter - a.mean) < 1e-9 && abs(concernAfter - a.concern) < 1e-9)
        #expect(abs(meanBefore - b.mean) < 1e-9 && abs(concernBefore - b.concern) < 1e-9)
        #expect(meanBefore < a.mean && effect.flaggedBefore == nil)
    }

    @Test("each case speaks of its own event, with the other's left out")
    func several() throws {
        var world = try world()
        for number in [1, 2] { try world.addCase("C\(number)", "A", "A-\(number)", "approved") }
        try world.addCase("C9", "B", "B-1", "approved")
        let night = try world.run()
        // A with one event put back has four of nineteen, as B has.
        let (b, effects) = (try card("B", night), night.effects)
        #expect(effects.map(\.caseID) == ["C1", "C2", "C9"])
        for effect in effects.prefix(2) { #expect(abs(try #require(effect.meanBefore) - b.mean) < 1e-9) }
    }

    @Test("open, rejected and pointless cases, and cases of people who are not judged, are rows without a difference")
    func without() throws {
        var world = try world()
        try world.addCadre("N", since: "2025-10-01")
        try world.addCase("C1", "A", "A-1", "pending", decided: nil)
        try world.addCase("C2", "A", "A-2", "rejected")
        try world.addCase("C3", "A", "A-3", "approved", decided: "2025-12-24")
        try world.addCase("C4", "A", "nothing", "approved")
        try world.addCase("C5", "N", "N-1", "approved")
        let effects = try world.run().effects
        #expect(effects.map(\.decision) == [.pending, .rejected, .pending, .approved, .approved])
        #expect(effects.map(\.outcome) == [.counts, .counts, .counts, .outsideScore, .outsideScore])
        #expect(effects.allSatisfy { $0.meanBefore == nil && $0.eventsExcluded == 0 })
        #expect(effects.map { $0.meanAfter == nil } == [false, false, false, false, true])
        #expect(effects[2].decided == nil && effects[3].decided != nil)
    }

    @Test("an open or rejected case does not make its event count: before the window, of nobody judged, or unknown, it is outside the score")
    func outside() throws {
        var world = try world()
        try world.addCadre("N", since: "2025-10-01")
        for (cadre, record, day) in [("A", "A-old", "2023-05-11"), ("N", "N-1", "2025-10-11")] {
            try world.addEvent(.init(cadre: cadre, record: record, day: day, month: String(day.prefix(7))))
        }
        for (number, (cadre, record)) in [("A", "A-1"), ("A", "A-old"), ("N", "N-1"), ("A", "nothing")].enumerated() {
            try world.addCase("C\(number)", cadre, record, "rejected")
            try world.addCase("D\(number)", cadre, record, "pending", decided: nil)
        }
        let effects = try world.run().effects
        let expected: [FaultToleranceOutcome] = [.counts, .outsideScore, .outsideScore, .outsideScore]
        #expect(effects.map(\.outcome) == expected + expected)
    }

    @Test("considerations and distinctions are passed on; what the form leaves blank stays blank")
    func considerations() throws {
        var world = try world()
        try world.add(
            .faultTolerance,
            [
                "case_id": "C1", "cadre_id": "A", "event_source": "tasks", "event_record_id": "A-1", "decision": "approved", "decided_date": "2025-06-01",
                "motive": "favourable", "redress": "neutral", "trying_first": "true", "for_development": "false",
            ])
        let effect = try #require(try world.run().effects.first)
        #expect(effect.motive == .favourable && effect.redress == .neutral && effect.nature == nil)
        #expect(effect.tryingFirst == true && effect.notForbidden == nil && effect.forDevelopment == false)
    }

    private func card(_ cadre: String, _ night: Outcome) throws -> ScorecardRecord {
        try #require(night.scorecards.first { $0.cadreID == cadre && $0.window == .current })
    }
}
