import PipelineModel
import Testing
import Warehouse

@Suite("Training roster") struct TrainingRosterTests {
    private static let none = BilingualText(chinese: "无", english: "none")

    private static func course(_ id: String, _ reasons: [TrainingReason], _ dimensions: [Dimension] = [], capacity: Int? = nil) -> TrainingRules.Course {
        var course = TrainingRules.Course(id: id, name: id + "班", label: none)
        (course.reasons, course.dimensions, course.capacity, course.validYears) = (reasons, dimensions, capacity, 2)
        return course
    }

    /// One course for capability and for key posts, with two places, and one for conduct; leading posts must have the first.
    private static var rules: TrainingRules {
        var rules = TrainingRules(
            citation: none, courses: [course("ability", TrainingReason.allCases, [.capability], capacity: 2), course("spirit", [.retrainingFlag], [.conduct])])
        rules.required = [.init(course: "ability", condition: .isOne(field: "post_type", of: ["领导岗位"]), graceMonths: 6, citation: none)]
        return rules
    }

    private func night(_ rules: TrainingRules? = rules) throws -> Night {
        var night = try Night()
        night.pipeline.training = rules
        night.pipeline.indicators = [("skill", Dimension.capability), ("petitions", .conduct)].map { id, dimension in
            Indicator(id: id, label: Self.none, dimension: dimension, observation: .mean(values: "x"), moreIsBetter: true)
        }
        for id in ["A", "B", "C", "D", "E", "F", "J"] { try night.addCadre(id) }
        for (id, since) in [("G", "2020-01-01"), ("H", "2020-01-01"), ("I", "2020-01-01"), ("N", "2025-06-15")] {
            try night.addCadre(id, since: since, post: ["post_type": "领导岗位"])
        }
        try night.addCadre("K", roster: ["status": "retired"])
        for (id, held, result) in [("H", "2025-01-10", "passed"), ("I", "2023-01-01", "passed"), ("G", "2025-01-10", "failed")] {
            try night.add(.training, ["cadre_id": id, "course": "ability班", "held_date": held, "result": result])
        }
        return night
    }

    private func flag(_ cadre: String, _ concern: Double?, asOf: CalendarDate, _ disposition: Disposition = .retraining) -> FlagRecord {
        FlagRecord(
            asOf: asOf, flagID: "M" + cadre, cadreID: cadre, unitID: "U1", kind: .county, cause: "model", disposition: disposition, status: .proposed,
            concern: concern)
    }

    private func estimate(_ cadre: String, _ indicator: String, mean: Double, upper: Double, weight: Double, observed: Bool = true) -> EstimateRecord {
        EstimateRecord(
            window: .current, cadreID: cadre, indicator: indicator, groupID: "g", value: 1, peerMedian: 2, mean: mean, deviation: 1, lower: mean - 1,
            upper: upper, weight: weight, contribution: weight * mean, isObserved: observed)
    }

    /// A and B are flagged by the model, J by a rule and not judged, K is retired, E another disposition; C and D have a gap, E might, F's is inferred.
    private func fill(_ transaction: Transaction, asOf: CalendarDate = Night.asOf) throws {
        try transaction.clearFlags(asOf: asOf)
        try transaction.insert([flag("A", 0.9, asOf: asOf), flag("B", 0.95, asOf: asOf), flag("J", nil, asOf: asOf), flag("K", 0.99, asOf: asOf)])
        try transaction.insert([flag("E", 0.99, asOf: asOf, .supportTalk)])
        try transaction.insert([
            estimate("A", "skill", mean: -1, upper: 0, weight: 0.6), estimate("A", "petitions", mean: -2, upper: -1, weight: 0.4),
            estimate("B", "skill", mean: -1.5, upper: 0, weight: 0.6), estimate("B", "petitions", mean: 0.5, upper: 1, weight: 0.4),
            estimate("C", "skill", mean: -1.8, upper: -0.8, weight: 0.6), estimate("D", "skill", mean: -1.6, upper: -0.6, weight: 0.6),
            estimate("E", "skill", mean: -1.9, upper: -0.4, weight: 0.6), estimate("E", "petitions", mean: -3, upper: -2, weight: 0.4),
            estimate("F", "skill", mean: -2, upper: -1, weight: 0.6, observed: false),
        ])
    }

    private func show(_ entry: TrainingRosterEntry) -> String {
        "\(entry.place) \(entry.cadreID) \(entry.status.rawValue) \(entry.reason.rawValue) \(entry.waitingSince)"
    }

    @Test("reasons in their order, then size, then waiting, then number; the capacity parts invited from waiting")
    func queue() throws {
        try night().run(given: { try fill($0) }) { findings, transaction in
            let rows = try transaction.all(TrainingRosterEntry.self)
            #expect(
                rows.filter { $0.course == "ability" }.map(show) == [
                    "1 J invited retrainingFlag 2025-11-30", "2 B invited retrainingFlag 2025-11-30", "3 C waits capabilityGap 2025-11-30",
                    "4 D waits capabilityGap 2025-11-30", "5 G waits requiredCourse 2020-07-01", "6 I waits requiredCourse 2025-01-01",
                ])
            #expect(rows.filter { $0.course == "spirit" }.map(show) == ["1 A invited retrainingFlag 2025-11-30"])
            let byCadre = Dictionary(uniqueKeysWithValues: rows.map { ($0.cadreID, $0) })
            #expect(byCadre["A"]?.dimension == .conduct && byCadre["B"]?.dimension == .capability && byCadre["J"]?.dimension == nil)
            #expect(byCadre["A"]?.flagID == "MA" && byCadre["C"]?.indicator == "skill" && byCadre["G"]?.size == nil)
            #expect(byCadre["J"]?.size == 1 && abs((byCadre["C"]?.size ?? 0) - 0.3) < 1e-12)
            let invited = try transaction.measure("training_invited")
            #expect(invited == ["": "3/7", "U1": "3/7"])
            #expect(
                !findings.contains {
                    ["EmptySource", "NoCourseForNeed", "TrainingHistoryTooShort", "NoRules"].contains($0.check.rawValue) && $0.value == "training"
                })
        }
    }

    @Test("another order is another queue, and a cadre with two reasons stands once, by the first")
    func order() throws {
        var rules = Self.rules
        rules.order = [.requiredCourse, .capabilityGap, .retrainingFlag]
        try night(rules).run(given: { transaction in
            try fill(transaction)
            try transaction.insert([estimate("G", "skill", mean: -2, upper: -1, weight: 0.6)])
        }) { _, transaction in
            let rows = try transaction.all(TrainingRosterEntry.self).filter { $0.course == "ability" }
            #expect(rows.map(\.cadreID) == ["G", "I", "C", "D", "J", "B"])
            #expect(rows.first?.otherReasons == "capabilityGap" && rows.first?.reason == .requiredCourse)
        }
    }

    @Test("who waits keeps the first day of the need; a course passed after the flag answers it, one passed before does not")
    func waiting() throws {
        let warehouse = try Warehouse(path: ":memory:")
        let later = Night.asOf.adding(days: 7)
        var night = try night()
        try night.add(.training, ["cadre_id": "A", "course": "spirit班", "held_date": "2025-11-01", "result": "passed"])
        try night.run(in: warehouse, given: { try fill($0) }) { _, transaction in
            let named = try transaction.all(TrainingRosterEntry.self).map(\.cadreID)
            #expect(named.contains("A"))
        }
        try night.add(.training, ["cadre_id": "B", "course": "ability班", "held_date": "2025-12-05", "result": "passed"])
        for _ in 0..<2 {
            try night.run(in: warehouse, asOf: later, given: { try fill($0, asOf: later) }) { _, transaction in
                let rows = try transaction.all(TrainingRosterEntry.self)
                let tonight = rows.filter { $0.asOf == later && $0.course == "ability" }
                #expect(tonight.map(show).prefix(2) == ["1 J invited retrainingFlag 2025-11-30", "2 C invited capabilityGap 2025-11-30"])
                #expect(tonight.map(\.cadreID) == ["J", "C", "D", "G", "I"])
                #expect(rows.count { $0.asOf == Night.asOf } == 7, "the earlier night stays")
            }
        }
    }

    @Test("without training rows nobody is known to lack a course; without rules nobody is named; findings say so")
    func unknown() throws {
        var night = try Night()
        night.pipeline.training = Self.rules
        try night.addCadre("G", post: ["post_type": "领导岗位"])
        try night.run { findings, transaction in
            let rows = try transaction.all(TrainingRosterEntry.self)
            #expect(rows.isEmpty)
            #expect(findings.contains { $0.check == "EmptySource" && $0.message.hasPrefix("training_roster.csv does not say who lacks") })
        }
        night.pipeline.training = nil
        try night.run { findings, transaction in
            let invited = try transaction.measure("training_invited")
            #expect(invited.isEmpty)
            #expect(Set(findings.filter { $0.check == "NoRules" }.compactMap(\.value)).isSuperset(of: ["training", "targets", "selection", "rotation"]))
        }
    }

    @Test("needs that no course is for, and an export that begins too late, are findings")
    func shortcomings() throws {
        var rules = Self.rules
        rules.courses[0].reasons = [.requiredCourse]
        rules.courses[0].validYears = 5
        try night(rules).run(given: { try fill($0) }) { findings, transaction in
            let rows = try transaction.all(TrainingRosterEntry.self)
            let needs = findings.filter { $0.check == "NoCourseForNeed" }
            #expect(needs.map(\.value) == ["capabilityGap"] && needs.first?.message.hasPrefix("2 times") == true)
            #expect(findings.contains { $0.check == "TrainingHistoryTooShort" && $0.value == "2023-01-01" })
            // B's weakest dimension has no course, so the next one's is taken; J, of whom the model says nothing, gets the first for flags.
            #expect(rows.filter { $0.course == "spirit" }.map(\.cadreID) == ["J", "B", "A"])
        }
    }
}
