import Flagging
import PipelineModel
import Testing
import Warehouse

@Suite struct ReviewTests {
    private let firstNight = CalendarDate(year: 2025, month: 11, day: 29)!

    @Test("the same evidence keeps its flag's number from night to night, wherever the row lies; new evidence makes another")
    func stable() throws {
        var night = try Night()
        try night.addAppraisal("K1", "A", "incompetent", "2025-01-20")
        let first = try #require(try night.run(asOf: firstNight).flags.first?.flagID)
        var moved = try Night()
        try moved.addAppraisal("K0", "B", "competent", "2025-01-01")
        try moved.addAppraisal("K1", "A", "incompetent", "2025-01-20")
        #expect(try moved.run().flags.map(\.flagID) == [first])
        try moved.addAppraisal("K9", "A", "incompetent", "2025-09-20")
        #expect(try moved.run().flags.map(\.flagID) != [first])
    }

    @Test("a row without a number is known by its day")
    func unnumbered() throws {
        var (one, other) = (try Night(), try Night())
        try one.addAppraisal(nil, "A", "incompetent", "2025-01-20")
        try other.addAppraisal(nil, "A", "incompetent", "2025-01-21")
        #expect(try one.run().flags.map(\.flagID) != other.run().flags.map(\.flagID))
        #expect(try one.run().evidence.first?.recordID == nil)
    }

    @Test("only an overturned flag is silent", arguments: [("overturned", 0), ("confirmed", 1), ("deferred", 1)])
    func decisions(decision: String, flags: Int) throws {
        let warehouse = try Warehouse(path: ":memory:")
        var night = try flagged()
        let flag = try #require(try night.run(in: warehouse, asOf: firstNight).flags.first)
        try review(&night, flag.flagID, decision, "2025-11-30")
        let outcome = try night.run(in: warehouse)
        #expect(outcome.flags.filter { $0.asOf == Night.asOf }.count == flags)
        #expect(outcome.flags.filter { $0.asOf == firstNight } == [flag])
        #expect(outcome.findings.map(\.check) == (flags == 0 ? ["SilencedByReview"] : []))
        if flags == 0 { #expect(outcome.findings.first?.severity == .note && outcome.findings.first?.value == "1") }
        // The night before is not rewritten by a decision of the night after.
        #expect(try night.run(in: warehouse, asOf: firstNight).flags.filter { $0.asOf == firstNight } == [flag])
    }

    @Test("new evidence speaks in spite of an old review")
    func newEvidence() throws {
        let warehouse = try Warehouse(path: ":memory:")
        var night = try flagged()
        let flag = try #require(try night.run(in: warehouse, asOf: firstNight).flags.first)
        try review(&night, flag.flagID, "overturned", "2025-11-30")
        try night.addAppraisal("K2", "A", "incompetent", "2025-11-01")
        let outcome = try night.run(in: warehouse)
        #expect(outcome.flags.filter { $0.asOf == Night.asOf }.count == 1 && outcome.findings.isEmpty)
    }

    @Test("where the newest row goes, what remains was seen: the rule stays silent under its old number")
    func fewerRows() throws {
        let warehouse = try Warehouse(path: ":memory:")
        var night = try flagged()
        try night.addAppraisal("K2", "A", "incompetent", "2025-02-20")
        let flag = try #require(try night.run(in: warehouse, asOf: firstNight).flags.first)
        var corrected = try flagged()
        try review(&corrected, flag.flagID, "overturned", "2025-11-30")
        let outcome = try corrected.run(in: warehouse)
        #expect(outcome.flags == [flag])
        #expect(outcome.findings.map(\.check) == ["SilencedByReview"])
        #expect(try corrected.run(in: warehouse, asOf: Night.asOf.adding(days: 1)).flags == [flag])
        // Without the review the row that remains is a flag of its own.
        #expect(try flagged().run(in: warehouse).flags.filter { $0.asOf == Night.asOf }.map(\.flagID) != [flag.flagID])
    }

    @Test("a row of an earlier day that arrives late is new: it speaks under a number of its own, until that is overturned too")
    func lateRow() throws {
        let warehouse = try Warehouse(path: ":memory:")
        var night = try flagged()
        let flag = try #require(try night.run(in: warehouse, asOf: firstNight).flags.first)
        try review(&night, flag.flagID, "overturned", "2025-11-29")
        try night.addAppraisal("K0", "A", "incompetent", "2024-12-20")
        let tomorrow = Night.asOf.adding(days: 1)
        let raised = try #require(try night.run(in: warehouse).flags.first { $0.asOf == Night.asOf })
        #expect(raised.flagID != flag.flagID)
        #expect(try night.run(in: warehouse, asOf: tomorrow).flags.first { $0.asOf == tomorrow }?.flagID == raised.flagID)
        try review(&night, raised.flagID, "overturned", "\(tomorrow)")
        #expect(try night.run(in: warehouse, asOf: tomorrow).flags.allSatisfy { $0.asOf < tomorrow })
        #expect(try night.run(in: warehouse, asOf: tomorrow.adding(days: 1)).findings.map(\.check) == ["SilencedByReview"])
    }

    @Test(
        "of several reviews the newest decides, and of several on a day one that overturns",
        arguments: [
            ([("overturned", "2025-11-28"), ("confirmed", "2025-11-29")], 1), ([("confirmed", "2025-11-28"), ("overturned", "2025-11-29")], 0),
            ([("overturned", "2025-11-29"), ("confirmed", "2025-11-29")], 0), ([("overturned", "2025-12-01")], 1),
        ] as [([(String, String)], Int)])
    func several(reviews: [(String, String)], flags: Int) throws {
        var night = try flagged()
        let flagID = try #require(try night.run().flags.first?.flagID)
        for (decision, date) in reviews { try review(&night, flagID, decision, date) }
        #expect(try night.run().flags.count == flags)
        #expect(try night.reversed().run().flags.count == flags)
    }

    @Test("a review of a flag that no night has raised is told with its place")
    func unknown() throws {
        var night = try flagged()
        let line = try review(&night, "F000000000000", "overturned", "2025-11-20")
        let finding = try #require(try night.run().findings.first)
        #expect(finding.check == "UnknownFlag" && finding.severity == .warning && finding.value == "F000000000000")
        #expect(finding.location == .init(file: "reviews.csv", line: line, field: "flag_id"))
    }

    @Test("a flag is known from an earlier night, from tonight, and from tonight although silenced; not from a later night")
    func known() throws {
        let warehouse = try Warehouse(path: ":memory:")
        var night = try flagged()
        let flagID = try #require(try night.run(in: warehouse).flags.first?.flagID)
        // Tonight again, overturned meanwhile: the flag is gone from the table, and yet no riddle.
        try review(&night, flagID, "overturned", "2025-11-29")
        #expect(try night.run(in: warehouse).findings.map(\.check) == ["SilencedByReview"])
        // Its evidence gone: known from an earlier night, unknown on a night before that.
        let other = try Warehouse(path: ":memory:")
        _ = try flagged().run(in: other)
        var empty = try Night()
        try review(&empty, flagID, "confirmed", "2025-11-01")
        #expect(try empty.run(in: other, asOf: firstNight).findings.map(\.check) == ["UnknownFlag"])
        #expect(try empty.run(in: other, asOf: Night.asOf.adding(days: 1)).findings.isEmpty)
    }

    @Test("running a night again replaces that night and no other")
    func again() throws {
        let warehouse = try Warehouse(path: ":memory:")
        let night = try flagged()
        _ = try night.run(in: warehouse, asOf: firstNight)
        let once = try night.run(in: warehouse)
        #expect(try night.run(in: warehouse) == once)
        #expect(once.flags.map(\.asOf) == [firstNight, Night.asOf])
        #expect(try Night().run(in: warehouse).flags.map(\.asOf) == [firstNight])
    }

    private func flagged() throws -> Night {
        var night = try Night()
        try night.addAppraisal("K1", "A", "incompetent", "2025-01-20")
        return night
    }

    @discardableResult
    private func review(_ night: inout Night, _ flagID: String, _ decision: String, _ date: String) throws -> Int {
        try night.add(.reviews, ["flag_id": flagID, "decision": decision, "reason": "核实", "date": date])
    }
}
