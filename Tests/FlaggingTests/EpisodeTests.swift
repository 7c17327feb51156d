import Flagging
import PipelineModel
import Testing
import Warehouse

@Suite("Flags of the model from night to night") struct EpisodeTests {
    private let first = Night.asOf

    private func night(_ concern: Double?, petitions: [(String, String)] = [("W1", "2025-05-05")]) throws -> Night {
        var night = try Night(judging: [Judged("A", quality: 66, petitions: 4, concern: concern), Judged("B")])
        for (record, day) in petitions { night.addPetition(record, "A", day) }
        return night
    }

    private func review(_ night: inout Night, _ flagID: String, _ decision: String, _ date: CalendarDate) throws {
        try night.add(.reviews, ["flag_id": flagID, "decision": decision, "reason": "核实", "date": "\(date)"])
    }

    @Test("a standing flag stays until its probability falls under the clearing line", arguments: [(0.95, "kept"), (0.5, "kept"), (0.499, "cleared")])
    func steadiness(concern: Double, change: String) throws {
        let warehouse = try Warehouse(path: ":memory:")
        let before = try night(0.95).tiers(in: warehouse, asOf: first)
        #expect(before.changes.map(\.change) == [.new] && before.changes[0].lastNight == nil && before.changes[0].concernLastNight == nil)
        let after = try night(concern).tiers(in: warehouse, asOf: first.adding(days: 1))
        #expect(after.flags.map(\.flagID) == (change == "kept" ? before.flags.map(\.flagID) : []))
        let row = try #require(after.changes.first)
        #expect(after.changes.count == 1 && row.change.rawValue == change && row.flagID == before.flags[0].flagID)
        #expect(row.lastNight == first && row.concern == concern && row.concernLastNight == 0.95)
        #expect(row.why.contains(" / "))
        if change == "cleared" { #expect(row.why.hasSuffix("probability 0.499 has fallen under 0.5")) }
        // Who is kept is flagged, and not watched.
        #expect(after.watched.isEmpty)
    }

    @Test("steadiness flags nobody by itself")
    func notNew() throws {
        let outcome = try night(0.6).tiers()
        #expect(outcome.flags.isEmpty && outcome.changes.isEmpty)
    }

    @Test("running a night again changes nothing, the changes since last night among them")
    func again() throws {
        let warehouse = try Warehouse(path: ":memory:")
        let before = try night(0.95).tiers(in: warehouse, asOf: first)
        let once = try night(0.7).tiers(in: warehouse, asOf: first.adding(days: 1))
        #expect(try night(0.7).tiers(in: warehouse, asOf: first.adding(days: 1)) == once)
        #expect(try night(0.95).tiers(in: warehouse, asOf: first) == before)
    }

    @Test("evidence comes and goes, and the flag keeps its number; cleared and flagged anew, it gets another")
    func number() throws {
        let warehouse = try Warehouse(path: ":memory:")
        let one = try night(0.95).tiers(in: warehouse, asOf: first).flags
        let two = try night(0.95, petitions: [("W2", "2025-11-02"), ("W1", "2025-05-05")]).tiers(in: warehouse, asOf: first.adding(days: 1)).flags
        let three = try night(0.96, petitions: []).tiers(in: warehouse, asOf: first.adding(days: 2)).flags
        #expect(one.count == 1 && one.map(\.flagID) == two.map(\.flagID) && one.map(\.flagID) == three.map(\.flagID))
        #expect(one[0].flagID.count == 13 && one[0].flagID.hasPrefix("F"))
        let cleared = try night(0.2).tiers(in: warehouse, asOf: first.adding(days: 3))
        #expect(cleared.flags.isEmpty && cleared.changes.map(\.change) == [.cleared])
        // The night without any flag is last night all the same.
        let anew = try night(0.95).tiers(in: warehouse, asOf: first.adding(days: 4))
        #expect(anew.flags.count == 1 && anew.flags[0].flagID != one[0].flagID)
        #expect(anew.changes.map(\.change) == [.new] && anew.changes[0].lastNight == first.adding(days: 3))
    }

    @Test("another post is another flag, and the old one does not stay in it")
    func anotherPost() throws {
        let warehouse = try Warehouse(path: ":memory:")
        let old = try night(0.95).tiers(in: warehouse, asOf: first).flags
        var moved = try night(0.7)
        moved.judged[0].postStart = first.adding(days: 1)
        let quiet = try moved.tiers(in: warehouse, asOf: first.adding(days: 1))
        #expect(quiet.flags.isEmpty && quiet.changes.map(\.why) == ["已任新职 / the flag was about another post"])
        let other = try Warehouse(path: ":memory:")
        _ = try night(0.95).tiers(in: other, asOf: first)
        moved.judged[0].concern = 0.95
        let loud = try moved.tiers(in: other, asOf: first.adding(days: 1))
        #expect(loud.flags.count == 1 && loud.flags[0].flagID != old[0].flagID)
        #expect(Set(loud.changes.map(\.change)) == [.new, .cleared])
    }

    @Test("an overturned flag stays silent while no new evidence arrives, whatever becomes of the old")
    func overturned() throws {
        let warehouse = try Warehouse(path: ":memory:")
        let flag = try #require(try night(0.95).tiers(in: warehouse, asOf: first).flags.first)
        for (day, petitions) in [(1, [("W1", "2025-05-05")]), (2, []), (3, [("W1", "2025-05-05")]), (30, [("W1", "2025-05-05")])] {
            var quiet = try night(0.95, petitions: petitions)
            try review(&quiet, flag.flagID, "overturned", first.adding(days: 1))
            let outcome = try quiet.tiers(in: warehouse, asOf: first.adding(days: day))
            #expect(outcome.flags.isEmpty && outcome.watched.isEmpty, "day \(day)")
            #expect(outcome.findings.contains { $0.check == "SilencedByReview" && $0.value == "1" })
            #expect(!outcome.findings.contains { $0.check == "UnknownFlag" })
            #expect(outcome.changes.map(\.why) == (day == 1 ? ["经复核推翻 / overturned by a review"] : []))
        }
    }

    @Test("a row that the reviewer cannot have seen makes a new flag, which then stands by itself")
    func reopened() throws {
        let warehouse = try Warehouse(path: ":memory:")
        let flag = try #require(try night(0.95).tiers(in: warehouse, asOf: first).flags.first)
        var quiet = try night(0.95)
        try review(&quiet, flag.flagID, "overturned", first.adding(days: 1))
        _ = try quiet.tiers(in: warehouse, asOf: first.adding(days: 1))
        // Counted in November, delivered in December.
        quiet.addPetition("W2", "A", "2025-11-20")
        let loud = try quiet.tiers(in: warehouse, asOf: first.adding(days: 2))
        #expect(loud.flags.count == 1 && loud.flags[0].flagID != flag.flagID && loud.changes.map(\.change) == [.new])
        let next = try quiet.tiers(in: warehouse, asOf: first.adding(days: 3))
        #expect(next.flags.map(\.flagID) == loud.flags.map(\.flagID) && next.changes.map(\.change) == [.kept])
        // A new flag must be earned: steadiness carries no overturned one on.
        let other = try Warehouse(path: ":memory:")
        _ = try night(0.95).tiers(in: other, asOf: first)
        quiet.judged[0].concern = 0.7
        #expect(try quiet.tiers(in: other, asOf: first.adding(days: 2)).flags.isEmpty)
    }

    @Test("a decision that is taken back brings the flag back under its number")
    func takenBack() throws {
        let warehouse = try Warehouse(path: ":memory:")
        let flag = try #require(try night(0.95).tiers(in: warehouse, asOf: first).flags.first)
        var reviewed = try night(0.95)
        try review(&reviewed, flag.flagID, "overturned", first.adding(days: 1))
        _ = try reviewed.tiers(in: warehouse, asOf: first.adding(days: 1))
        try review(&reviewed, flag.flagID, "confirmed", first.adding(days: 2))
        #expect(try reviewed.tiers(in: warehouse, asOf: first.adding(days: 2)).flags.map(\.flagID) == [flag.flagID])
    }

    @Test("an overturning ends when no month that the reviewer saw is counted any more")
    func ended() throws {
        let warehouse = try Warehouse(path: ":memory:")
        let flag = try #require(try night(0.95).tiers(in: warehouse, asOf: first).flags.first)
        for (day, flags) in [("2026-10-31", 0), ("2026-11-30", 1)] {
            var late = try night(0.95, petitions: [])
            // The window of twelve months: from November 2025, and from December 2025.
            try review(&late, flag.flagID, "overturned", first.adding(days: 1))
            let outcome = try late.tiers(in: warehouse, asOf: try #require(CalendarDate(iso: day)))
            #expect(outcome.flags.count == flags, "\(day)")
        }
    }

    @Test(
        "marks of three months since the decision, on the wrong side of the peers' median, are new evidence where no row can be",
        arguments: [
            (["2026-01", "2026-02", "2026-03"], 70, 1), (["2026-02", "2026-03"], 70, 0), (["2026-01", "2026-02", "2026-03"], 90, 0),
            (["2025-12", "2026-01", "2026-02"], 70, 0), (["2025-09", "2025-10", "2025-11", "2026-03"], 70, 0),
        ])
    func newMarks(months: [String], mark: Int, flags: Int) throws {
        let warehouse = try Warehouse(path: ":memory:")
        let flag = try #require(try night(0.95, petitions: []).tiers(in: warehouse, asOf: first).flags.first)
        var later = try night(0.95, petitions: [])
        try review(&later, flag.flagID, "overturned", first.adding(days: 1))
        for month in months {
            later.marks.append(
                MonthlyFact(
                    cadreID: "A", measure: "tasks.quality", month: try #require(Month(iso: month)), count: 2, sum: 200 * mark,
                    sumOfSquares: 20_000 * mark * mark))
        }
        let outcome = try later.tiers(in: warehouse, asOf: try #require(CalendarDate(iso: "2026-03-31")))
        #expect(outcome.flags.count == flags && !outcome.flags.contains { $0.flagID == flag.flagID })
        #expect(outcome.findings.contains { $0.check == "SilencedByReview" } == (flags == 0))
    }

    @Test("a trigger's flag says why it is new, kept, replaced and cleared")
    func triggers() throws {
        let warehouse = try Warehouse(path: ":memory:")
        var night = try Night()
        try night.addAppraisal("K1", "A", "incompetent", "2025-01-20")
        let new = try night.tiers(in: warehouse, asOf: first)
        #expect(new.changes.map(\.why) == ["规则成立 / the rule holds"])
        let kept = try night.tiers(in: warehouse, asOf: first.adding(days: 1))
        #expect(kept.changes.map(\.change) == [.kept] && kept.changes[0].concern == nil)
        try night.addAppraisal("K2", "A", "incompetent", "2025-10-20")
        let replaced = try night.tiers(in: warehouse, asOf: first.adding(days: 2))
        #expect(Set(replaced.changes.map(\.change)) == [.new, .cleared])
        #expect(replaced.changes.contains { $0.flagID == new.flags[0].flagID && $0.why.contains("replaced by flag \(replaced.flags[0].flagID)") })
        let cleared = try Night().tiers(in: warehouse, asOf: first.adding(days: 3))
        #expect(cleared.changes.map(\.why) == ["规则不再成立 / the rule no longer holds"])
    }

    @Test("who leaves is cleared with the reason", arguments: [("retired", "不在岗 / no longer in service"), ("active", "本次未作评价 / not judged tonight")])
    func gone(status: String, why: String) throws {
        let warehouse = try Warehouse(path: ":memory:")
        var night = try Night(judging: [Judged("P", quality: 66, petitions: 4, concern: 0.95)])
        _ = try night.tiers(in: warehouse, asOf: first)
        night = try Night(judging: [Judged("B")])
        try night.addCadre("P", status: status)
        let outcome = try night.tiers(in: warehouse, asOf: first.adding(days: 1))
        #expect(outcome.flags.isEmpty && outcome.changes.map(\.why) == [why])
    }
}
