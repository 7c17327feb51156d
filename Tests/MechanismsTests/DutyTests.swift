import PipelineModel
import Testing
import Warehouse

@Suite("Filings, cases and inquiries") struct DutyTests {
    private func night() throws -> Night {
        var night = try Night()
        for (id, due, assessed, outcome) in [
            ("F1", "2025-04-01", "2025-04-01", "accepted"), ("F2", "2025-04-01", "2025-04-11", "rejected"), ("F3", "2025-11-20", nil, "pending"),
            ("F4", "2025-12-15", "2025-12-05", "accepted"), ("F5", nil, "2025-04-01", "accepted"),
        ] {
            var row = ["filing_id": id, "unit": id == "F2" ? "某局" : "U1", "subject": "GG-1", "filed_date": "2025-03-01", "outcome": outcome]
            (row["assessment_due"], row["assessed_date"]) = (due, assessed)
            try night.add(.riskFilings, row)
        }
        try night.add(.riskFilings, ["filing_id": "F6", "unit": "U1", "subject": "GG-1", "filed_date": "2025-12-01"])
        for (id, due, rectified, unit) in [
            ("M1", "2025-05-01", "2025-04-30", "U1"), ("M2", "2025-05-01", "2025-05-04", "潘桥街道"), ("M3", "2025-11-25", "2025-12-02", nil),
            ("M4", "2025-12-20", nil, "U1"), ("M5", nil, nil, "U1"),
        ] {
            var row = ["record_id": id, "aired_date": "2025-04-01"]
            (row["unit"], row["due_date"], row["rectified_date"]) = (unit, due, rectified)
            try night.add(.mediaInquiries, row)
        }
        return night
    }

    @Test("a filing is assessed in time, late, open or overdue; an assessment after tonight is not yet known")
    func filings() throws {
        try night().run { _, transaction in
            let filings = try transaction.all(RiskFilingStatus.self)
            #expect(filings.map(\.progress) == [.doneInTime, .doneLate, .overdue, .open, nil])
            #expect(filings.map(\.daysLate) == [nil, 10, 10, nil, nil])
            #expect(filings.map(\.outcome) == [.accepted, .rejected, .pending, .pending, .accepted])
            #expect(filings.map(\.unitID) == ["U1", nil, "U1", "U1", "U1"])
            let measure = try transaction.measure("risk_filings_assessed_in_time")
            #expect(measure == ["": "1/3", "U1": "1/2"])
        }
    }

    @Test("a filing shows what it holds out of scores, and what of it has no case")
    func held() throws {
        var night = try night()
        try night.add(.faultTolerance, ["case_id": "C1", "cadre_id": "A", "event_source": "tasks", "event_record_id": "T1", "decision": "pending"])
        try night.run(given: { transaction in
            // One event in two indicators, another in one, and one that another protection took out.
            for (number, (record, reason)) in [("T1", .reformRisk), ("T1", .reformRisk), ("T2", .reformRisk), ("T3", .onLeave)].enumerated()
                as EnumeratedSequence<[(String, ExclusionReason)]>
            {
                try transaction.insert([
                    ExclusionRecord(
                        number: number + 1, cadreID: "A", indicator: nil, source: "tasks", recordID: record, fileID: nil, line: nil, eventDate: nil,
                        reason: reason, caseID: reason == .reformRisk ? "F1" : nil, weightKept: 0, valueBefore: nil, valueAfter: nil)
                ])
            }
        }) { _, transaction in
            let filing = try #require(try transaction.all(RiskFilingStatus.self).first)
            #expect(filing.filingID == "F1" && filing.eventsHeld == 2 && filing.heldWithoutCase == 1)
        }
    }

    @Test("an inquiry is rectified in time, late, open or overdue; without a unit of its own it is of no unit")
    func inquiries() throws {
        try night().run { _, transaction in
            let inquiries = try transaction.all(MediaInquiryStatus.self)
            #expect(inquiries.map(\.progress) == [.doneInTime, .doneLate, .overdue, .open, nil])
            #expect(inquiries.map(\.daysLate) == [nil, 3, 5, nil, nil])
            #expect(inquiries.map(\.unitID) == ["U1", "U2", nil, "U1", "U1"])
            #expect(inquiries[2].rectified == nil)
            let measure = try transaction.measure("media_rectified_in_time")
            #expect(measure == ["": "1/3", "U1": "1/1", "U2": "0/1"])
        }
    }

    @Test("the share of decided cases is that of the effects the analysis left")
    func cases() throws {
        var night = try Night()
        try night.addCadre("A")
        try night.run(given: { transaction in
            for (number, decision) in [FaultToleranceDecision.approved, .pending, .rejected].enumerated() {
                try transaction.insert([
                    FaultToleranceEffect(
                        caseID: "C\(number)", cadreID: "A", eventSource: "tasks", eventRecordID: "T", decision: decision, decided: nil, motive: nil,
                        conditions: nil, procedure: nil, nature: nil, consequences: nil, redress: nil, tryingFirst: nil, notForbidden: nil,
                        forDevelopment: nil, outcome: .counts, eventsExcluded: 0, meanBefore: nil, meanAfter: nil, concernBefore: nil, concernAfter: nil,
                        flaggedBefore: nil, flaggedAfter: nil, fileID: 1, line: number)
                ])
            }
        }) { _, transaction in
            let measure = try transaction.measure("fault_tolerance_decided")
            #expect(measure == ["": "2/3", "U1": "2/3"])
        }
    }

    @Test("without rows the tables are empty and findings say so")
    func empty() throws {
        try Night().run { findings, transaction in
            let (filings, inquiries) = (try transaction.all(RiskFilingStatus.self), try transaction.all(MediaInquiryStatus.self))
            #expect(filings.isEmpty && inquiries.isEmpty)
            for role in ["risk_filings", "media_inquiries", "fault_tolerance"] {
                #expect(findings.contains { $0.check == "EmptySource" && $0.value == role }, "\(role)")
            }
        }
    }
}
