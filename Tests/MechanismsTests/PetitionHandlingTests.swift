import PipelineModel
import Testing
import Warehouse

@Suite("Petition handling") struct PetitionHandlingTests {
    /// Tonight is 2025-11-30; the window of 12 months begins on 2024-12-01.
    private func night(_ petitions: [[String: String]], rules: Bool = true) throws -> Night {
        var night = try Night()
        if rules {
            night.pipeline.deadlines = Deadlines(petitions: PetitionDeadlines(citation: BilingualText(chinese: "信访工作条例", english: "Regulations")))
        }
        for (index, petition) in petitions.enumerated() {
            try night.add(.petitions, ["record_id": "X\(index)", "unit": "U1", "kind": "appeal"].merging(petition) { _, new in new })
        }
        return night
    }

    private func rows(_ petitions: [[String: String]], asOf: CalendarDate = Night.asOf) throws -> [PetitionHandling] {
        try night(petitions).run(asOf: asOf) { _, transaction in try transaction.all(PetitionHandling.self) }
    }

    @Test("counts what was accepted and closed in time, by whoever handles it")
    func counts() throws {
        let rows = try rows([
            ["received": "2025-03-01", "accepted_date": "2025-03-16", "closed": "2025-05-15"],  // in time to the day, twice
            ["received": "2025-03-01", "accepted_date": "2025-03-17", "closed": "2025-05-17"],  // late, late
            ["received": "2025-03-01", "accepted_date": "2025-03-02", "closed": "2025-05-31", "due_date": "2025-05-31"],  // extended by 30 days
            ["received": "2025-03-01", "accepted_date": "2025-03-02", "closed": "2025-06-01", "due_date": "2025-12-31"],  // extended beyond 30
            ["received": "2025-03-01", "handling_unit": "潘桥街道", "kind": "accusation"],  // never accepted, open
        ])
        #expect(rows.map(\.unitID) == ["U1", "U2"])
        let first = try #require(rows.first)
        #expect([first.received, first.acceptanceDue, first.acceptedInTime] == [4, 4, 3])
        #expect([first.closingDue, first.closedInTime, first.extended, first.openBeyond] == [4, 2, 2, 0])
        let second = try #require(rows.last)
        #expect([second.acceptanceDue, second.acceptedInTime, second.closingDue, second.openBeyond] == [1, 0, 0, 1])
        #expect(second.kind == .accusation)
    }

    @Test("only what is known tonight counts: a day that is still to come has not passed, and an answer after tonight is not yet given")
    func knowledge() throws {
        let petitions = [
            ["received": "2025-11-20", "accepted_date": "2025-11-21"],  // both days still to come
            ["received": "2025-09-01", "accepted_date": "2025-09-02", "closed": "2025-12-05"],  // answered after tonight: late
            ["received": "2025-12-01", "accepted_date": "2025-12-02"],  // not yet received
            ["received": "2025-10-20", "accepted_date": "2025-12-02"],  // accepted after tonight: late; closing unknown
        ]
        let row = try #require(try rows(petitions).first)
        #expect([row.received, row.acceptanceDue, row.acceptedInTime] == [3, 2, 1])
        #expect([row.closingDue, row.closedInTime] == [1, 0])
        #expect([row.openInAcceptance, row.openInClosing, row.openInExtension, row.openBeyond] == [1, 1, 1, 0])
    }

    @Test("an open petition counts by age however old it is; a withdrawn one is neither open nor late")
    func open() throws {
        let row = try #require(
            try rows([
                ["received": "2023-01-01", "accepted_date": "2023-01-02"],
                ["received": "2025-01-01", "accepted_date": "2025-01-02", "finding": "withdrawn"],
            ]).first)
        #expect([row.received, row.closingDue, row.openBeyond] == [1, 0, 1])
    }

    @Test("where no export records acceptance, a blank day says nothing")
    func unrecorded() throws {
        let row = try #require(try rows([["received": "2025-03-01"], ["received": "2025-03-01", "closed": "2025-03-20"]]).first)
        #expect([row.received, row.acceptanceDue, row.closingDue, row.openBeyond] == [2, 0, 0, 1])
        #expect(row.acceptance == FunnelReading() && row.closing == FunnelReading())
    }

    @Test("a petition of no known unit counts in the sum and in a row of its own, and is in no funnel")
    func noUnit() throws {
        try night([["received": "2025-03-01", "accepted_date": "2025-03-02", "unit": "某局"]]).run { _, transaction in
            let row = try #require(try transaction.all(PetitionHandling.self).first)
            #expect(row.unitID == nil && row.acceptanceDue == 1 && row.acceptance.place == nil)
            let measure = try transaction.measure("petitions_accepted_in_time")
            #expect(measure == ["": "1/1"])
        }
    }

    @Test("one unit with one petition lies within its own limits; a unit far under the others outside them")
    func funnel() throws {
        let one = try #require(try rows([["received": "2025-03-01", "accepted_date": "2025-03-02", "closed": "2025-03-20"]]).first)
        #expect(one.acceptance.place == .within && one.acceptance.expected == 1 && one.acceptance.upper998 == 1)
        var night = try night([])
        for unit in 1...12 {
            try night.add(.units, ["unit_id": "V\(unit)", "name": "局\(unit)", "kind": "county"])
            for number in 0..<60 {
                let isLate = unit == 12 ? number < 40 : number < 4
                try night.add(
                    .petitions,
                    [
                        "record_id": "Y\(unit)-\(number)", "unit": "V\(unit)", "kind": "appeal", "received": "2025-03-01",
                        "accepted_date": isLate ? "2025-04-20" : "2025-03-05",
                    ])
            }
        }
        let places = try night.run { _, transaction in try transaction.all(PetitionHandling.self).map { ($0.unitID ?? "", $0.acceptance.place) } }
        for (unit, place) in places { #expect(place == (unit == "V12" ? .below998 : .within), "\(unit)") }
    }

    @Test("without rows, and without rules, the table is empty and a finding says so")
    func empty() throws {
        try night([]).run { findings, transaction in
            let measure = try transaction.measure("petitions_closed_in_time")
            #expect(measure == ["": "0/0"])
            #expect(findings.contains { $0.check == "EmptySource" && $0.value == "petitions" })
        }
        try night([["received": "2025-03-01"]], rules: false).run { findings, transaction in
            let rows = try transaction.all(PetitionHandling.self)
            #expect(rows.isEmpty)
            #expect(findings.contains { $0.check == "NoRules" && $0.value == "deadlines" })
        }
    }
}
