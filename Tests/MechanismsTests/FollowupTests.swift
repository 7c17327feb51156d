import PipelineModel
import Testing
import Warehouse

@Suite("What follows from reviews") struct FollowupTests {
    private func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(iso: text)) }

    private func flag(_ id: String, _ cadre: String, _ disposition: Disposition, _ night: String) throws -> FlagRecord {
        FlagRecord(
            asOf: try day(night), flagID: id, cadreID: cadre, unitID: "U1", kind: .county, cause: "model", disposition: disposition, status: .proposed,
            concern: 0.9)
    }

    /// `A` was flagged for retraining, later for recall; the review of the day between confirmed the retraining.
    private func followup(
        _ reviews: [[String: String]], asOf: String = "2025-11-30"
    ) throws -> (followups: [DispositionFollowup], measure: [String: String], findings: [Finding]) {
        var night = try Night()
        try night.addCadre("A")
        for review in reviews { try night.add(.reviews, ["flag_id": "F1", "decision": "confirmed", "reason": "属实"].merging(review) { _, new in new }) }
        return try night.run(
            asOf: try day(asOf),
            given: { transaction in
                try transaction.insert([flag("F1", "A", .retraining, "2025-05-01"), flag("F1", "A", .recall, "2025-07-01")])
            },
            then: { findings, transaction in
                (try transaction.all(DispositionFollowup.self), try transaction.measure("fitness_checks_done", asOf: try day(asOf)), findings)
            })
    }

    @Test(
        "after a confirmed retraining the check falls due in three to six months, and is done when the review says so",
        arguments: [
            ("2025-08-30", [:], .notYetDue, "0/0"), ("2025-08-31", [:], .due, "0/0"), ("2025-11-30", [:], .due, "0/0"), ("2025-12-01", [:], .overdue, "0/1"),
            ("2025-12-01", ["fitness_date": "2025-09-15", "fitness_result": "fit"], .done, "1/1"),
            ("2025-09-14", ["fitness_date": "2025-09-15", "fitness_result": "fit"], .due, "0/0"),
            // Before its time, and with no word on what was found.
            ("2025-12-01", ["fitness_date": "2025-06-15", "fitness_result": "fit"], .overdue, "0/1"),
            ("2025-12-01", ["fitness_date": "2025-09-15"], .done, "1/1"),
        ] as [(String, [String: String], FollowupState, String)])
    func states(asOf: String, check: [String: String], state: FollowupState, measure: String) throws {
        let answer = try followup([["date": "2025-05-31"].merging(check) { _, new in new }], asOf: asOf)
        let row = try #require(answer.followups.first)
        #expect(row.disposition == .retraining && "\(row.confirmed)" == "2025-05-31")
        #expect(row.checkFrom?.description == "2025-08-31" && row.checkTo?.description == "2025-11-30")
        #expect(row.state == state && answer.measure[""] == measure)
        #expect((row.result == .fit) == (state == .done && check.count == 2) && (row.checked == nil) == (state != .done))
        #expect(row.citationChinese?.contains("回炉锻造") == true)
    }

    @Test("the disposition is the one that the reviewer read, and one without a check has none")
    func asReviewed() throws {
        let row = try #require(try followup([["date": "2025-07-02"]]).followups.first)
        #expect(row.disposition == .recall && row.state == .noCheck && row.checkFrom == nil && row.citationChinese == nil)
    }

    @Test("only what stands confirmed is followed up; without reviews a finding says that the list is empty")
    func standing() throws {
        #expect(try followup([["date": "2025-06-01", "decision": "deferred"]]).followups.isEmpty)
        #expect(try followup([["date": "2025-06-01"], ["date": "2025-06-02", "decision": "overturned"]]).followups.isEmpty)
        #expect(try followup([["date": "2025-12-24"]]).followups.isEmpty)
        #expect(try followup([["date": "2025-06-01", "flag_id": "F9"]]).followups.isEmpty)
        let none = try followup([])
        #expect(none.followups.isEmpty && none.measure == ["": "0/0"])
        #expect(none.findings.contains { $0.check == "EmptySource" && $0.value == "reviews" })
    }
}
