import PipelineModel
import Testing
import Warehouse

@testable import Reporting

@Suite struct SummaryTests {
    @Test(
        "cells of one to four people are blank, and what would give them away with them",
        arguments: [
            // judged, not judged, flagged → cadres, judged, not judged, flagged; beside a unit in which nothing is small
            (Tally(judged: 0, notJudged: 0, flagged: 0), ["0", "0", "0", "0"], false),
            (Tally(judged: 3, notJudged: 1, flagged: 1), ["", "", "", ""], true),
            (Tally(judged: 3, notJudged: 1, flagged: 0), ["", "", "", ""], true),
            (Tally(judged: 5, notJudged: 0, flagged: 0), ["5", "5", "0", "0"], false),
            (Tally(judged: 20, notJudged: 2, flagged: 5), ["22", "", "", "5"], true),
            (Tally(judged: 20, notJudged: 6, flagged: 4), ["26", "20", "6", ""], true),
            (Tally(judged: 20, notJudged: 6, flagged: 5), ["26", "20", "6", "5"], false),
        ])
    func suppression(tally: Tally, cells: [String], isSuppressed: Bool) throws {
        let other = SummaryLine(unitID: "U2", kind: .county, tally: Tally(judged: 40, notJudged: 9, flagged: 8))
        let summary = Summary(units: [SummaryLine(unitID: "U1", kind: .county, tally: tally), other])
        let line = try #require(summary.units.first)
        let shown = [
            line.hidesCadres ? "" : "\(tally.cadres)", line.hidesJudged ? "" : "\(tally.judged)", line.hidesJudged ? "" : "\(tally.notJudged)",
            line.hidesFlagged ? "" : "\(tally.flagged)",
        ]
        #expect(shown == cells)
        #expect(line.isSuppressed == isSuppressed)
        // The other unit and the kind would give it away together, so one of them is blank as well.
        #expect((summary.units[1].isSuppressed || summary.kinds[0].isSuppressed) == isSuppressed)
    }

    @Test("a kind of one unit is blank where the unit is")
    func oneUnit() {
        let summary = Summary(units: [SummaryLine(unitID: "U1", kind: .county, tally: Tally(judged: 1, notJudged: 1, flagged: 1))])
        #expect(summary.kinds.count == 1 && summary.kinds[0].hidesCadres && summary.kinds[0].hidesJudged && summary.kinds[0].hidesFlagged)
    }

    @Test("units and kinds count people in service, judged or not, and each flagged person once")
    func counts() throws {
        let night = try Night()
        defer { night.remove() }
        try night.fill(members: 12, flags: [.recall, .recall, .recall, .supportTalk, .supportTalk, .recall])
        try night.warehouse.write { try night.flag("C1", .retraining, number: 9, in: $0) }
        try night.export()
        let kinds = try night.records("summary_by_kind")
        #expect(kinds.map { $0["kind"] } == ["county"])
        let county = try #require(kinds.first)
        // One cadre of the other unit is not judged: that is blank, and what would give it away.
        #expect([county["cadres"], county["judged"], county["not_judged"], county["flagged"]] == ["13", "", "", "6"])
        #expect(county["share_flagged"] == "0.4615")
        // Wilson's limits for 6 of 13, by hand from the formula.
        #expect([county["share_low"], county["share_high"]] == ["0.2321", "0.7086"])
        let units = try night.records("summary_by_unit")
        #expect(units.map { $0["unit_id"] } == ["U1", "U2"])
        #expect(units.map { $0["cadres"] } == ["", ""])
        #expect(units.map { $0["suppressed"] } == ["true", "true"])
    }
}
