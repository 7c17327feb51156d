import PipelineModel
import Testing
import Warehouse

@Suite("Clarifications due") struct ClarificationsDueTests {
    /// Four people were cleared: one published in time, one published after tonight, one overdue, one without a limit.
    private func night() throws -> Night {
        var night = try Night()
        for id in ["A", "B", "C", "D"] { try night.addCadre(id, unit: id == "D" ? "U2" : "U1") }
        for (id, due, published) in [("A", "2025-10-01", "2025-09-20"), ("B", "2025-12-31", "2025-12-05"), ("C", "2025-11-20", nil), ("D", nil, nil)] {
            var row = ["case_id": "Q\(id)", "cadre_id": id, "finding": "mistaken", "decided_date": "2025-09-01"]
            row["due_date"] = due
            row["published_date"] = published
            try night.add(.clarifications, row)
        }
        return night
    }

    @Test("lists who waits, with the days left; what is published after tonight is not yet known")
    func waiting() throws {
        try night().run { findings, transaction in
            let due = try transaction.all(ClarificationDue.self)
            #expect(due.map(\.cadreID) == ["B", "C", "D"])
            #expect(due.map(\.daysLeft) == [31, -10, nil])
            #expect(due.allSatisfy { $0.finding == .mistaken })
            let published = try transaction.measure("clarifications_published")
            #expect(published == ["": "1/4", "U1": "1/3", "U2": "0/1"])
            #expect(!findings.contains { $0.value == "clarifications" })
        }
    }

    @Test("a finding made after tonight is not yet known")
    func decidedLater() throws {
        try night().run(asOf: CalendarDate(year: 2025, month: 8, day: 31)!) { _, transaction in
            let due = try transaction.all(ClarificationDue.self)
            #expect(due.isEmpty)
        }
    }

    @Test("without rows the table is empty, the share unknown, and a finding says so")
    func empty() throws {
        try Night().run { findings, transaction in
            let (due, published) = (try transaction.all(ClarificationDue.self), try transaction.measure("clarifications_published"))
            #expect(due.isEmpty)
            #expect(published == ["": "0/0"])
            #expect(findings.contains { $0.check == "EmptySource" && $0.value == "clarifications" })
        }
    }

    @Test("a night run again replaces itself, and the measures of other nights stay")
    func again() throws {
        let warehouse = try Warehouse(path: ":memory:")
        let earlier = CalendarDate(year: 2025, month: 11, day: 29)!
        for asOf in [earlier, Night.asOf, Night.asOf] { try night().run(in: warehouse, asOf: asOf) { _, _ in } }
        try warehouse.read { transaction in
            let (due, before) = (try transaction.all(ClarificationDue.self), try transaction.measure("clarifications_published", asOf: earlier))
            #expect(due.count == 3)
            #expect(before == ["": "1/4", "U1": "1/3", "U2": "0/1"])
        }
    }
}
