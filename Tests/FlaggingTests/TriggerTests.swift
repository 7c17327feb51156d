import Flagging
import PipelineModel
import Testing
import Warehouse

@Suite struct TriggerTests {
    @Test("a flag says who, why, by which provision, and where the evidence lies")
    func whole() throws {
        var night = try Night()
        let line = try night.addAppraisal("K1", "A", "incompetent", "2025-01-20", year: "2024")
        try night.addAppraisal("K2", "B", "competent", "2025-01-20", year: "2024")
        let outcome = try night.run()
        let flag = try #require(outcome.flags.first)
        #expect(outcome.flags.count == 1 && outcome.findings.isEmpty)
        #expect(flag.cadreID == "A" && flag.cause == "trigger:annual_incompetent" && flag.disposition == .recall && flag.status == .proposed)
        #expect(flag.unitID == "U1" && flag.kind == .county && flag.asOf == Night.asOf)
        #expect(flag.flagID.count == 13 && flag.flagID.hasPrefix("F") && flag.flagID.dropFirst().allSatisfy { $0.isHexDigit && !$0.isUppercase })
        #expect(
            outcome.reasons == [
                FlagReason(
                    asOf: Night.asOf, flagID: flag.flagID, number: 1, cause: flag.cause, statementChinese: "规则", statementEnglish: "rule annual_incompetent",
                    citationChinese: "条款", citationEnglish: "article of annual_incompetent", clearedByChinese: "复核", clearedByEnglish: "review",
                    eventsCounted: 1, eventsExcluded: 0)
            ])
        #expect(
            outcome.evidence == [
                FlagEvidence(
                    asOf: Night.asOf, flagID: flag.flagID, number: 1, cadreID: "A", source: "appraisals_export", recordID: "K1", file: "appraisals.csv",
                    line: line, eventDate: CalendarDate(iso: "2025-01-20"))
            ])
    }

    /// Eighteen months before 2025-11-30 is 2024-05-30.
    @Test(
        "only rows within the months count",
        arguments: [("2024-05-29", false), ("2024-05-30", true), ("2025-11-30", true), ("2025-12-01", false)])
    func months(date: String, isFlagged: Bool) throws {
        var night = try Night()
        try night.addAppraisal("K1", "A", "incompetent", date)
        #expect(try night.run().flags.count == (isFlagged ? 1 : 0))
    }

    @Test("a row without a day counts for nothing")
    func undated() throws {
        var night = try Night()
        night.pipeline.triggers = [Night.trigger("case", .recall, .discipline, .all([]), months: 24)]
        try night.add(.discipline, ["record_id": "D1", "cadre_id": "A"])
        try night.add(.discipline, ["record_id": "D2", "cadre_id": "B", "date": "2025-01-01"])
        #expect(try night.run().flags.map(\.cadreID) == ["B"])
    }

    @Test(
        "so many years running",
        arguments: [
            (["2023", "2024"], 2), (["2022", "2023", "2024"], 3), (["2022", "2024"], 0), (["2024"], 0), (["2024", "2024"], 0), (["2021", "2022", "2024"], 0),
            (["2023", "2023", "2024"], 3), (["2021", "2023", "2024"], 2), ([nil, "2024"], 0),
        ] as [([String?], Int)])
    func consecutive(years: [String?], evidence: Int) throws {
        var night = try Night()
        // All within the months: what the years say decides, not when the grade was written.
        for (index, year) in years.enumerated() { try night.addAppraisal("K\(index)", "A", "basicallyCompetent", "2025-0\(index + 1)-10", year: year) }
        let outcome = try night.run()
        #expect(outcome.flags.count == (evidence > 0 ? 1 : 0))
        #expect(outcome.evidence.count == evidence && (outcome.reasons.first?.eventsCounted ?? 0) == evidence)
    }

    @Test("evidence comes newest first")
    func newestFirst() throws {
        var night = try Night()
        night.pipeline.triggers[0].pattern = .count(2)
        for (record, date) in [("K1", "2025-01-20"), ("K3", "2025-03-01"), ("K2", "2025-02-01"), ("K4", "2025-02-01")] {
            try night.addAppraisal(record, "A", "incompetent", date)
        }
        #expect(try night.run().evidence.map(\.recordID) == ["K3", "K4", "K2", "K1"])
    }

    @Test("a count asks for so many")
    func count() throws {
        var night = try Night()
        night.pipeline.triggers[0].pattern = .count(2)
        try night.addAppraisal("K1", "A", "incompetent", "2025-01-20")
        #expect(try night.run().flags.isEmpty)
        try night.addAppraisal("K2", "A", "incompetent", "2025-02-20")
        #expect(try night.run().flags.count == 1)
    }

    @Test(
        "a correction after the as-of date has not been made",
        arguments: [(nil, "2025-06-01", true), ("2025-05-01", "2025-06-01", false), ("2025-12-10", "2025-06-01", true), (nil, "2025-12-10", false)]
            as [(String?, String, Bool)])
    func uncorrected(corrected: String?, due: String, isFlagged: Bool) throws {
        var night = try Night()
        var values = ["record_id": "W1", "cadre_id": "A", "kind": "admonition", "date": "2025-03-01", "correction_due": due]
        values["corrected_date"] = corrected
        try night.add(.warnings, values)
        #expect(try night.run().flags.map(\.cause) == (isFlagged ? ["trigger:admonition_not_corrected"] : []))
    }

    @Test("one flag for each cause")
    func severalCauses() throws {
        var night = try Night()
        try night.addAppraisal("K1", "A", "incompetent", "2025-01-20", year: "2024")
        try night.addAppraisal("K2", "A", "basicallyCompetent", "2024-01-20", year: "2023")
        try night.addAppraisal("K3", "A", "basicallyCompetent", "2023-01-20", year: "2022")
        let outcome = try night.run()
        #expect(Set(outcome.flags.map(\.cause)) == ["trigger:annual_incompetent", "trigger:basically_competent_twice"])
        #expect(Set(outcome.flags.map(\.flagID)).count == 2)
        for flag in outcome.flags { #expect(outcome.reasons.contains { $0.flagID == flag.flagID && !$0.citationChinese.isEmpty }) }
    }

    @Test("nobody is flagged who is not on the roster, not in service, or not resolved", arguments: ["retired", "left", "suspended"])
    func notInService(status: String) throws {
        var night = try Night()
        try night.addCadre("C", status: status)
        try night.addAppraisal("K1", "C", "incompetent", "2025-01-20")
        try night.addAppraisal("K2", "stranger", "incompetent", "2025-01-20")
        try night.add(.appraisals, ["kind": "annual", "grade": "incompetent", "date": "2025-01-20"])
        let outcome = try night.run()
        #expect(outcome.flags.isEmpty && outcome.findings.isEmpty)
    }

    @Test("a number in doubt is told, not flagged")
    func doubt() throws {
        var night = try Night()
        night.doubtful = ["A"]
        let line = try night.addAppraisal("K1", "A", "incompetent", "2025-01-20")
        let outcome = try night.run()
        #expect(outcome.flags.isEmpty)
        let finding = try #require(outcome.findings.first)
        #expect(finding.check == "IdentityInDoubt" && finding.value == "A" && finding.location == .init(file: "appraisals.csv", line: line))
    }

    @Test("a petition counts towards a rule only with a finding that counts, made by then")
    func petitions() throws {
        var night = try Night()
        night.pipeline.triggers = [Night.trigger("any_petition", .supportTalk, .petitions, .all([]), dated: "received", months: 12)]
        for (index, finding) in ["substantiated", "partlySubstantiated", "unsubstantiated", "malicious", "pending"].enumerated() {
            try night.addCadre("P\(index)")
            try night.add(
                .petitions, ["record_id": finding, "finding": finding, "received": "2025-05-01", "closed": "2025-06-01"], resolved: "P\(index)")
        }
        try night.add(.petitions, ["record_id": "open", "received": "2025-05-01"], resolved: "A")
        try night.add(.petitions, ["record_id": "later", "finding": "substantiated", "received": "2025-05-01", "closed": "2025-12-05"], resolved: "B")
        #expect(Set(try night.run().evidence.compactMap(\.recordID)) == ["substantiated", "partlySubstantiated"])
        night.pipeline.protections.countingFindings = [.substantiated]
        #expect(try night.run().evidence.map(\.recordID) == ["substantiated"])
    }

    @Test(
        "an approved case takes its event out of the rule",
        arguments: [
            ("approved", "appraisals", "A", "2025-06-01", true), ("approved", "appraisals_export", "A", "2025-06-01", true),
            ("approved", "tasks", "A", "2025-06-01", false), ("approved", "appraisals", "B", "2025-06-01", false),
            ("approved", "appraisals", "A", "2025-12-01", false), ("mitigated", "appraisals", "A", "2025-06-01", false),
            ("pending", "appraisals", "A", "2025-06-01", false),
        ])
    func cleared(decision: String, source: String, cadre: String, decided: String, isCleared: Bool) throws {
        var night = try Night()
        try night.addAppraisal("K1", "A", "incompetent", "2025-01-20")
        try night.addAppraisal("K2", "A", "incompetent", "2025-02-20")
        try night.add(
            .faultTolerance,
            ["case_id": "C1", "cadre_id": cadre, "event_source": source, "event_record_id": "K2", "decision": decision, "decided_date": decided])
        let outcome = try night.run()
        let reason = try #require(outcome.reasons.first)
        #expect(reason.eventsCounted == (isCleared ? 1 : 2) && reason.eventsExcluded == (isCleared ? 1 : 0))
        #expect(outcome.evidence.map(\.recordID) == (isCleared ? ["K1"] : ["K2", "K1"]))
    }

    @Test("a trigger that does not fit its source is refused by name")
    func badTrigger() throws {
        var night = try Night()
        night.pipeline.triggers = [Night.trigger("odd", .recall, .appraisals, .missing(field: "colour"), months: 12)]
        let error = #expect(throws: FlaggingError.self) { try night.run() }
        #expect(error.map { "\($0)".contains("odd") && "\($0)".contains("colour") } == true)
        night.pipeline.triggers = [Night.trigger("odd", .recall, .reviews, .all([]), months: 12)]
        #expect(throws: FlaggingError.self) { try night.run() }
        night.pipeline.triggers = [Night.trigger("odd", .recall, .appraisals, .all([]), dated: "day", months: 12)]
        #expect(throws: FlaggingError.self) { try night.run() }
    }

    @Test("the order of rows changes nothing")
    func order() throws {
        var night = try Night()
        for number in 0..<20 {
            try night.addAppraisal(
                "K\(number)", number % 2 == 0 ? "A" : "B", number % 3 == 0 ? "incompetent" : "basicallyCompetent", "2025-0\(1 + number % 9)-10",
                year: "\(2020 + number % 5)")
        }
        #expect(try night.run() == night.reversed().run())
        #expect(try !night.run().flags.isEmpty)
    }
}
