import PipelineModel
import Testing
import Warehouse

@testable import Reporting

@Suite struct SummaryTests {
    @Test(
        "cells of one to four people are blank, and what would give them away with them",
        arguments: [
            // judged, not judged, flagged → cadres, judged, not judged, flagged
            (Tally(judged: 0, notJudged: 0, flagged: 0), ["0", "0", "0", "0"], false),
            (Tally(judged: 3, notJudged: 1, flagged: 1), ["", "", "", ""], true),
            (Tally(judged: 3, notJudged: 1, flagged: 0), ["", "", "", ""], true),
            (Tally(judged: 5, notJudged: 0, flagged: 0), ["5", "5", "0", "0"], false),
            (Tally(judged: 20, notJudged: 2, flagged: 5), ["22", "", "", "5"], true),
            (Tally(judged: 20, notJudged: 6, flagged: 4), ["26", "20", "6", ""], true),
            (Tally(judged: 20, notJudged: 6, flagged: 5), ["26", "20", "6", "5"], false),
        ])
    func suppression(tally: Tally, cells: [String], isSuppressed: Bool) {
        let line = SummaryLine(unitID: "U1", kind: .county, tally: tally, suppresses: true)
        let shown = [
            line.hidesEverything ? "" : "\(tally.cadres)", line.hidesJudged ? "" : "\(tally.judged)", line.hidesJudged ? "" : "\(tally.notJudged)",
            line.hidesFlagged ? "" : "\(tally.flagged)",
        ]
        #expect(shown == cells)
        #expect(line.isSuppressed == isSuppressed)
    }

    @Test("the department's lines by kind are whole")
    func kindsAreWhole() {
        #expect(!SummaryLine(kind: .county, tally: Tally(judged: 1, notJudged: 1, flagged: 1)).isSuppressed)
    }

    @Test("units and kinds count people in service, judged or not, and each flagged person once")
    func counts() throws {
        let night = try Night()
        defer { night.remove() }
        try night.fill(members: 6, flags: [.recall, .recall])
        try night.warehouse.write { try night.flag("C1", .retraining, number: 3, in: $0) }
        try night.export()
        let kinds = try night.records("summary_by_kind")
        #expect(kinds.map { $0["kind"] } == ["county"])
        let county = try #require(kinds.first)
        #expect([county["cadres"], county["judged"], county["not_judged"], county["flagged"]] == ["7", "6", "1", "2"])
        #expect(county["share_flagged"] == "0.2857")
        // Wilson's limits for 2 of 7, by hand from the formula.
        #expect([county["share_low"], county["share_high"]] == ["0.0822", "0.6411"])
        let units = try night.records("summary_by_unit")
        #expect(units.map { $0["unit_id"] } == ["U1", "U2"])
        #expect(units.map { $0["cadres"] } == ["6", ""])
        #expect(units.map { $0["flagged"] } == ["", ""])
        #expect(units.map { $0["suppressed"] } == ["true", "true"])
    }
}
