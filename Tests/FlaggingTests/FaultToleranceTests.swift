import Flagging
import PipelineModel
import Testing
import Warehouse

@Suite("Fault tolerance and flags") struct FaultToleranceTests {
    private func effect(_ cadre: String, before: Double?) -> FaultToleranceEffect {
        FaultToleranceEffect(
            caseID: "C-\(cadre)", cadreID: cadre, eventSource: "petitions", eventRecordID: "X", decision: .approved, decided: nil, motive: nil, conditions: nil,
            procedure: nil, nature: nil, consequences: nil, redress: nil, tryingFirst: nil, notForbidden: nil, forDevelopment: nil, outcome: .excluded,
            eventsExcluded: 1, meanBefore: nil, meanAfter: nil, concernBefore: before, concernAfter: nil, flaggedBefore: nil, flaggedAfter: nil, fileID: 1,
            line: 1)
    }

    /// P and Q are named at 10%: (0.01 + 0.19) / 2. R at 0.6 is not.
    @Test("whoever would reach tonight's line would be named; who may not be named is not named either way")
    func named() throws {
        let people = [Judged("P", quality: 60, concern: 0.99), Judged("Q", quality: 62, concern: 0.81), Judged("R", quality: 78, concern: 0.6)]
        let night = try Night(judging: people)
        let effects = [effect("P", before: 0.999), effect("Q", before: nil), effect("R", before: 0.85), effect("S", before: 0.99)]
        let found = try night.completed(effects)
        #expect(found.map(\.flaggedAfter) == [true, true, false, nil])
        #expect(found.map(\.flaggedBefore) == [true, nil, true, nil])
        let under = try night.completed([effect("R", before: 0.8)])
        #expect(under.map(\.flaggedBefore) == [false])
    }

    @Test(
        "a flag that stood last night stays with and without the case, down to the clearing line",
        arguments: [(0.6, 0.7, true, true), (0.4, 0.7, false, true), (0.4, 0.45, false, false)])
    func steady(concern: Double, before: Double, isFlagged: Bool, wouldBe: Bool) throws {
        let warehouse = try Warehouse(path: ":memory:")
        func night(_ concern: Double) throws -> Night { try Night(judging: [Judged("P", quality: 60, concern: concern), Judged("Q", concern: 0.95)]) }
        _ = try night(0.97).run(in: warehouse, asOf: Night.asOf.adding(days: -1))
        let found = try night(concern).completed([effect("P", before: before)], in: warehouse)
        #expect(found.map(\.flaggedAfter) == [isFlagged] && found.map(\.flaggedBefore) == [wouldBe])
        // Without last night's flag the line is tonight's.
        let alone = try night(concern).completed([effect("P", before: before)])
        #expect(alone.map(\.flaggedAfter) == [false] && alone.map(\.flaggedBefore) == [false])
    }

    @Test("where nobody is named, whoever is as sure as the promise asks would be")
    func nobody() throws {
        let night = try Night(judging: [Judged("P", quality: 80, concern: 0.1)])
        let (sure, unsure) = (try night.completed([effect("P", before: 0.9)]), try night.completed([effect("P", before: 0.89)]))
        #expect(sure.map(\.flaggedBefore) == [true] && unsure.map(\.flaggedBefore) == [false])
    }

    @Test("an event inside a filed and accepted reform risk triggers no rule until its case is decided", arguments: [nil, "pending", "rejected"])
    func held(decision: String?) throws {
        var night = try Night()
        night.pipeline.triggers = [Night.trigger("case", .recall, .discipline, .all([]), months: 24)]
        try night.add(.discipline, ["record_id": "D1", "cadre_id": "A", "date": "2025-06-15", "reform": "GG-1"])
        try night.add(.discipline, ["record_id": "D2", "cadre_id": "B", "date": "2025-06-15", "reform": "GG-2"])
        try night.add(
            .riskFilings,
            [
                "filing_id": "FX1", "unit": "U1", "subject": "GG-1", "filed_date": "2025-03-01", "assessed_date": "2025-03-20", "outcome": "accepted",
            ])
        if let decision {
            try night.add(
                .faultTolerance,
                ["case_id": "C1", "cadre_id": "A", "event_source": "discipline", "event_record_id": "D1", "decision": decision])
        }
        #expect(try night.run().flags.map(\.cadreID).sorted() == (decision == "rejected" ? ["A", "B"] : ["B"]))
    }
}

extension Night {
    /// Flags with these effects left by the analysis, and gives back what flagging made of them.
    fileprivate func completed(_ effects: [FaultToleranceEffect], in warehouse: Warehouse? = nil) throws -> [FaultToleranceEffect] {
        var night = self
        night.effects = effects
        let warehouse = try warehouse ?? Warehouse(path: ":memory:")
        _ = try night.run(in: warehouse)
        return try warehouse.read { try $0.all(FaultToleranceEffect.self) }
    }
}
