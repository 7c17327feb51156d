import PipelineModel
import Testing
import Warehouse

@testable import Ingestion

@Suite("Rows of one key") struct DuplicateTests {
    private static let head = "record_id,cadre_id,unit,post,due_date,completed_date,quality\n"
    private static let rows = [
        "T1,C1,,,2025-03-10,2025-03-09,80.5\n", "T2,C1,,,2025-03-11,,\n", "T3,,U1,P1,2025-06-30,2025-07-05,60\n",
        "T4,,U1,P1,2025-07-01,2025-07-05,61.25\n", "T5,,乙局,P1,2025-07-01,,\n", "T6,C2,,,2025-04-01,2025-04-20,\n",
    ]

    private func night(_ files: [String: [String]], contracts: [SourceContract] = [.tasks]) throws -> Ingested {
        let exports = try Exports()
        try exports.writePeople()
        for (name, rows) in files { try exports.write(name, DuplicateTests.head + rows.joined()) }
        return try ingest(exports, [.roster, .units, .posts] + contracts)
    }

    @Test("delivering a file twice, cutting it in several and shuffling its rows change neither facts nor evidence", arguments: 0..<6)
    func deliveries(seed: Int) throws {
        var generator = SplitMix(state: UInt64(seed))
        let rows = DuplicateTests.rows
        let plain = try night(["tasks.csv": rows])
        let expected = try Counted(plain)
        #expect(expected.facts.count == 11 && expected.events.count == 4)

        let twice = try night(["tasks_1.csv": rows, "tasks_2.csv": rows.shuffled(using: &generator)])
        #expect(try Counted(twice) == expected)
        #expect(try twice.account("tasks") == Account(read: 12, accepted: 6, duplicate: 6))
        #expect(try twice.all(SourceFileRecord.self).filter { $0.source == "tasks" }.map(\.rowsDuplicate) == [6, 0])
        #expect(try twice.first("DuplicateRows").message.contains("6 rows"))
        #expect(try twice.unresolvedTargets().map(\.rows) == [1])

        let order = rows.shuffled(using: &generator)
        #expect(try Counted(try night(["tasks.csv": order])) == expected)
        let cut = 1 + generator.next(below: 4)
        #expect(try Counted(try night(["tasks_1.csv": Array(order[..<cut]), "tasks_2.csv": Array(order[cut...])])) == expected)
    }

    @Test("of contradicting rows the later one is kept, in one file and across two", arguments: [true, false])
    func contradictions(inOneFile: Bool) throws {
        let (old, new) = ("T2,C1,,,2025-03-11,,\n", "T2,C2,,,2025-03-11,2025-03-10,70\n")
        let night = try night(inOneFile ? ["tasks.csv": [old, new]] : ["tasks_1.csv": [old], "tasks_2.csv": [new]])
        #expect(try Counted(night) == Counted(try self.night(["tasks.csv": [new]])))
        #expect(try night.account("tasks") == Account(read: 2, accepted: 1, duplicate: 1))
        let finding = try night.first("ContradictingRows")
        #expect(finding.severity == .warning && finding.location.line == 2 && finding.message.contains("record_id"))
        #expect(finding.message.contains(inOneFile ? "tasks.csv:3" : "tasks_2.csv:2"))
        #expect(!night.checks.contains("DuplicateRows"))
    }

    @Test("rows say the same that are only written otherwise, wherever they lie", arguments: [1 << 20, 150])
    func writtenOtherwise(bytesInRange: Int) throws {
        let exports = try Exports()
        try exports.writePeople()
        let filling = (0..<20).map { "F\($0),C1,,,2025-03-11,,\n" }.joined()
        let rows = ["T2,C1,,,2025-03-11,2025-03-10,70\n", filling, "\"T2\",C1 ,,,2025-03-11,\"2025-03-10\",70.0\n", "F3,C1,,,2025-03-12,,\n"]
        try exports.write("tasks.csv", DuplicateTests.head + rows.joined())
        let night = try ingest(exports, [.roster, .units, .posts, .tasks], cutting: FileCutting(threads: 2, bytesInRange: bytesInRange))
        #expect(try night.account("tasks") == Account(read: 23, accepted: 21, duplicate: 2))
        #expect(try night.first("DuplicateRows").location.line == 2)
        #expect(try night.first("ContradictingRows").location.line == 6)
    }

    @Test("three rows of one key: each is measured by the one that stands")
    func three() throws {
        let (a, b) = ("T2,C1,,,2025-03-11,,\n", "T2,C1,,,2025-03-11,2025-03-10,70\n")
        let night = try night(["tasks.csv": [a, b, a]])
        #expect(try night.account("tasks") == Account(read: 3, accepted: 1, duplicate: 2))
        #expect(try night.first("DuplicateRows").location.line == 2)
        #expect(try night.first("ContradictingRows").location.line == 3)
        #expect(try night.evidence().map(\.line) == [4])
    }

    @Test("kept rows: the later one stands in the warehouse")
    func keptRows() throws {
        let exports = try Exports()
        try exports.writePeople()
        try exports.write("awards.csv", "record_id,cadre_id,award\nA1,C1,一\nA1,C1,二\nA1,C1,二\n,C1,三\n,C1,四\n,C1,四\n")
        let awards = SourceContract.plain(.awards, ["record_id", "cadre_id", "award"], key: ["record_id"])
        let night = try ingest(exports, [.roster, .units, .posts, awards])
        // Rows without a number are not the same row for that: only what is repeated word for word is.
        #expect(try night.rows(.awards).map(\.line) == [4, 5, 7])
        #expect(try night.account("awards") == Account(read: 6, accepted: 3, duplicate: 3))
        #expect(night.findings.filter { $0.check == "ContradictingRows" }.map(\.location.line) == [2])
    }

    @Test("rows without a key are all kept")
    func noKey() throws {
        let exports = try Exports()
        try exports.writePeople()
        try exports.write("awards.csv", "cadre_id,award\nC1,一\nC1,一\n")
        let night = try ingest(exports, [.roster, .units, .posts, .plain(.awards, ["cadre_id", "award"])])
        #expect(try night.account("awards") == Account(read: 2, accepted: 2))
    }

    @Test(
        "two people of one number are in doubt, one person told twice is not",
        arguments: [("C1,张一,U1\nC1,李二,U1\n", true), ("C1,张一,U1\nC1,张一,U2\n", false), ("C1,张一,U1\nC1,,U1\n", false)])
    func twoPeople(rows: String, areTwo: Bool) throws {
        let exports = try Exports()
        try exports.write("roster.csv", "cadre_id,name,unit\n" + rows + "C3,王三,U1\n")
        let night = try ingest(exports, [.plain(.roster, ["cadre_id", "name", "unit"], key: ["cadre_id"])])
        #expect(night.error == nil)
        #expect(try night.account("roster") == Account(read: 3, accepted: 2, duplicate: 1))
        #expect(try night.all(DoubtfulCadre.self).map(\.cadreID) == (areTwo ? ["C1"] : []))
        let finding = try night.first(areTwo ? "TwoPeopleOneNumber" : "ContradictingRows")
        #expect(finding.location.line == 2 && finding.message.contains("roster.csv:3"))
        #expect(finding.severity == (areTwo ? .error : .warning))
    }

    @Test("two sources may add to one measure, but not in different units")
    func sharedMeasure() throws {
        var second = SourceContract.tasks
        second.name = "tasks_of_towns"
        second.pattern = "towns*.csv"
        let files = ["tasks.csv": ["T2,C1,,,2025-03-11,,\n"], "towns.csv": ["T2,C1,,,2025-03-12,,\n"]]
        let night = try night(files, contracts: [.tasks, second])
        #expect(try night.facts().map(\.count) == [2, 2])
        #expect(try night.evidence().map(\.source) == ["tasks", "tasks_of_towns"])
        second.measures[0].value = "quality"
        let refused = try self.night(files, contracts: [.tasks, second])
        guard case .configuration = refused.error else {
            Issue.record("the night went on")
            return
        }
        #expect(refused.checks == ["MeasureOfTwoUnits"])
    }
}
