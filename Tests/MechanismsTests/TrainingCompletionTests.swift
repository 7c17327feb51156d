import PipelineModel
import Testing
import Warehouse

@Suite("Training completion") struct TrainingCompletionTests {
    /// Six enrolments in the last twelve months, one of somebody without a known unit, one without a result; one older and one not yet known.
    private func night() throws -> Night {
        var night = try Night()
        for (id, unit) in [("A", "U1"), ("B", "U2"), ("C", "nowhere")] { try night.addCadre(id, unit: unit) }
        for (id, required, held, result) in [
            ("A", "true", "2025-05-01", "passed"), ("A", "true", "2025-06-01", "failed"), ("B", "false", "2025-07-01", "missed"),
            ("C", "true", "2025-08-01", "passed"), ("B", "false", "2025-09-01", nil), ("A", "true", "2024-12-01", "missed"),
            ("A", "true", "2024-11-30", "failed"), ("A", "true", "2025-12-05", "failed"),
        ] {
            var row = ["cadre_id": id, "course": "甲班", "required": required, "held_date": held]
            row["result"] = result
            try night.add(.training, row)
        }
        return night
    }

    @Test("counts by course and unit, and over all units, whose rows sum to it")
    func counts() throws {
        try night().run { findings, transaction in
            let rows = try transaction.all(TrainingCompletion.self)
            #expect(rows.map(\.scope) == [.all, .unit, .unit, .unit])
            #expect(rows.map(\.unitID) == [nil, nil, "U1", "U2"])
            #expect(rows.map { [$0.enrolled, $0.passed, $0.failed, $0.missed] } == [[6, 2, 1, 2], [1, 1, 0, 0], [3, 1, 1, 1], [2, 0, 0, 1]])
            #expect(
                rows.map { [$0.required, $0.requiredPassed, $0.requiredFailed, $0.requiredMissed] } == [
                    [4, 2, 1, 1], [1, 1, 0, 0], [3, 1, 1, 1], [0, 0, 0, 0],
                ])
            let (all, required) = (try transaction.measure("training_passed"), try transaction.measure("required_training_passed"))
            #expect(all == ["": "2/5", "U1": "1/3", "U2": "0/1"])
            #expect(required == ["": "2/4", "U1": "1/3"])
            #expect(!findings.contains { $0.value == "training" && $0.check == "EmptySource" })
        }
    }

    @Test("the months are the department's to set")
    func months() throws {
        var night = try night()
        night.pipeline.training = TrainingRules(citation: BilingualText(chinese: "", english: ""))
        night.pipeline.training?.completionMonths = 3
        try night.run { _, transaction in
            let enrolled = try transaction.all(TrainingCompletion.self).map(\.enrolled)
            #expect(enrolled == [1, 1], "only the one of September")
        }
    }

    @Test("without rows: empty, the shares unknown, and a finding")
    func empty() throws {
        try Night().run { findings, transaction in
            let (rows, share) = (try transaction.all(TrainingCompletion.self), try transaction.measure("training_passed"))
            #expect(rows.isEmpty && share == ["": "0/0"])
            #expect(findings.contains { $0.check == "EmptySource" && $0.message.hasPrefix("training_completion.csv is empty") })
        }
    }
}

@Suite("Front-line postings") struct FrontlinePostingTests {
    @Test("sent by year, kind and unit of the day; posted tonight is whoever has not come back")
    func counts() throws {
        var night = try Night()
        for (id, unit) in [("A", "U1"), ("B", "U1"), ("C", "U2"), ("D", "nowhere")] { try night.addCadre(id, unit: unit) }
        try night.addCadre("gone", roster: ["status": "left"])
        for (id, kind, start, end) in [
            ("A", "inspection", "2024-02-01", "2024-08-01"), ("A", "inspection", "2025-02-01", "2025-11-29"), ("B", "inspection", "2025-03-01", "2025-11-30"),
            ("B", "keyProject", "2025-04-01", nil), ("C", "inspection", "2025-05-01", "2026-03-01"), ("D", "inspection", "2025-06-01", nil),
            ("C", "inspection", "2025-12-01", nil),
        ] {
            var row = ["cadre_id": id, "kind": kind, "start_date": start]
            row["end_date"] = end
            try night.add(.frontlinePostings, row)
        }
        try night.run { _, transaction in
            let rows = try transaction.all(FrontlinePostingCount.self)
            let shown = rows.map { "\($0.year) \($0.kind?.rawValue ?? "") \($0.scope.rawValue) \($0.unitID ?? "-") \($0.sent) \($0.cadres) \($0.postedNow)" }
            #expect(
                shown == [
                    "2024 inspection all - 1 1 0", "2024 inspection unit U1 1 1 0", "2025 inspection all - 4 4 3", "2025 inspection unit - 1 1 1",
                    "2025 inspection unit U1 2 2 1", "2025 inspection unit U2 1 1 1", "2025 keyProject all - 1 1 1", "2025 keyProject unit U1 1 1 1",
                ])
            let (posted, sent) = (try transaction.measure("frontline_posted_now"), try transaction.measure("frontline_sent_this_year"))
            #expect(posted == ["": "3/4", "U1": "1/2", "U2": "1/1"], "B twice is one cadre")
            #expect(sent == ["": "5/-", "U1": "3/-", "U2": "1/-"])
        }
    }

    @Test("without rows nothing is said, not even a zero")
    func empty() throws {
        var night = try Night()
        try night.addCadre("A")
        try night.run { findings, transaction in
            let (rows, share) = (try transaction.all(FrontlinePostingCount.self), try transaction.measure("frontline_posted_now"))
            #expect(rows.isEmpty && share.isEmpty)
            #expect(findings.contains { $0.check == "EmptySource" && $0.value == "frontline_postings" })
        }
    }
}
