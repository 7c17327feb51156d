import PipelineModel
import Testing
import Warehouse

@testable import Ingestion

/// Ratings keep who gave them, as a number that says nothing of the rater.
@Suite struct RatingTests {
    private static let ballots: SourceContract = {
        var contract = SourceContract.plain(
            .ballots, ["record_id", "rater_id", "cadre_id", "date", "score"], key: ["record_id"], keep: .facts)
        contract.measures = [Measure(name: "ballots.score", month: "date", value: "score", rater: "rater_id")]
        return contract
    }()

    private func exports(_ rows: [String]) throws -> Exports {
        let exports = try Exports()
        try exports.write("roster.csv", "cadre_id,name,birth_date,unit,entry_date\nC1,张一,,,\nC2,李二,,,\n")
        try exports.write("ballots.csv", "record_id,rater_id,cadre_id,date,score\n" + rows.map { $0 + "\n" }.joined())
        return exports
    }

    @Test("a mark that another memory takes back than the one that read it is gone")
    func takenBackElsewhere() {
        var memories = [ReadingMemory(number: 0, resolver: .nobody), ReadingMemory(number: 1, resolver: .nobody)]
        func log(_ raters: [String], _ memory: Int) -> FactPartial {
            var writer = LogWriter()
            for rater in raters {
                var (target, rater) = ("C1", rater)
                let place = target.withUTF8 { writer.intern(.cadre, $0) }
                rater.withUTF8 { writer.mark(place, on: FactPartial.noDay, by: $0, month: 3, measure: 0, value: 80) }
            }
            let log = writer.finished()
            return log.resolved(LogMeanings(log.targets, &memories[memory]), file: 1, &memories[memory])
        }
        var partial = log(["qian", "zhao", "zhao"], 0)
        partial.retract(log(["sun", "zhao"], 1), at: [])
        partial.merge(log(["sun"], 0))
        let logs = SourceLogs(cadres: 1, in: SpillFile(in: nil))
        logs.take(partial)
        let numbers = RaterNumbers(logs.raters, written: memories.map(\.raters))
        var left: [Int32: Int] = [:]
        partial.marks.added.forEach { mark, memory in left[numbers[mark.rater, memory: memory], default: 0] += 1 }
        partial.marks.takenBack.forEach { mark, memory in left[numbers[mark.rater, memory: memory], default: 0] -= 1 }
        // qian, sun, zhao.
        #expect(left == [1: 1, 2: 0, 3: 1])
    }

    @Test("cells hold what each rater gave each cadre in a month, and add up to the facts")
    func cells() throws {
        let rows = [
            "B1,zhao,C1,2025-11-03,80", "B2,zhao,C1,2025-11-20,90", "B3,qian,C1,2025-11-03,70.5", "B4,qian,C2,2025-12-01,60",
            "B5,qian,C9,2025-12-01,60", "B4,qian,C2,2025-12-01,60", "B2,zhao,C1,2025-11-20,85",
        ]
        let night = try ingest(try exports(rows), [.roster, Self.ballots])
        let cells = try night.ratings()
        #expect(cells.map(\.cadreID) == ["C1", "C1", "C2"])
        // qian comes before zhao: 1 and 2, whatever the order of the rows.
        #expect(cells.map(\.rater) == [1, 2, 1])
        #expect(cells.map(\.count) == [1, 2, 1])
        #expect(cells.map(\.sum) == [7050, 8000 + 8500, 6000])
        #expect(cells[1].sumOfSquares == 8000 * 8000 + 8500 * 8500)
        let facts = try night.facts()
        #expect(facts.map(\.sum).reduce(0, +) == cells.map(\.sum).reduce(0, +))
        #expect(try ingest(try exports(rows.reversed()), [.roster, Self.ballots]).ratings().map(\.rater) == [1, 2, 1])
    }

    @Test("what a rater is called is kept nowhere")
    func pseudonyms() throws {
        let night = try ingest(try exports(["B1,rater-zhao,C1,2025-11-03,80"]), [.roster, Self.ballots])
        #expect(try night.ratings().map(\.rater) == [1])
        #expect(try night.rows(.ballots).isEmpty)
        #expect(!night.findings.contains { "\($0)".contains("zhao") })
    }
}
