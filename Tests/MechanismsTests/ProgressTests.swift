import Foundation
import PipelineModel
import Testing
import Warehouse

@testable import Mechanisms

@Suite("Implementation progress") struct ProgressTests {
    private func night(published: [String]) throws -> Night {
        var night = try Night()
        for id in ["A", "B", "C"] {
            try night.addCadre(id, unit: id == "C" ? "U2" : "U1")
            var row = ["case_id": "Q\(id)", "cadre_id": id, "decided_date": "2024-01-01"]
            if published.contains(id) { row["published_date"] = "2024-02-01" }
            try night.add(.clarifications, row)
        }
        return night
    }

    private func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(iso: text)) }

    @Test("tonight stands beside the newest night of last month and of the month a year ago; what no night tells is unknown")
    func nights() throws {
        let warehouse = try Warehouse(path: ":memory:")
        for (night, published) in [("2024-11-05", []), ("2025-10-02", ["A"]), ("2025-10-20", ["A", "C"]), ("2025-11-29", ["A"])] {
            try self.night(published: published).run(in: warehouse, asOf: try day(night)) { _, _ in }
        }
        let rows = try night(published: ["A", "B", "C"]).run(in: warehouse) { _, transaction in
            try transaction.all(ImplementationProgress.self).filter { $0.measure == "clarifications_published" }
        }
        #expect(rows.map(\.unitID) == ["", "U1", "U2"])
        #expect(rows.map(\.numerator) == [3, 2, 1] && rows.map(\.denominator) == [3, 2, 1])
        #expect(rows.map(\.lastMonthNumerator) == [2, 1, 1] && rows.allSatisfy { $0.lastMonthNight == CalendarDate(iso: "2025-10-20") })
        #expect(rows.map(\.yearAgoNumerator) == [0, 0, 0] && rows.allSatisfy { $0.yearAgoNight == CalendarDate(iso: "2024-11-05") })
        #expect(rows[0].labelChinese == "已澄清正名的占比" && rows[0].mechanism == .clarification)
        // A first night knows of no other.
        let alone = try night(published: []).run { _, transaction in try transaction.all(ImplementationProgress.self) }
        #expect(alone.allSatisfy { $0.lastMonthNight == nil && $0.lastMonthNumerator == nil && $0.yearAgoNight == nil })
    }

    @Test("a unit that tonight says nothing of keeps its line, with blanks for tonight")
    func gone() throws {
        let warehouse = try Warehouse(path: ":memory:")
        try night(published: ["C"]).run(in: warehouse, asOf: try day("2025-10-20")) { _, _ in }
        let rows = try Night().run(in: warehouse) { _, transaction in
            try transaction.all(ImplementationProgress.self).filter { $0.measure == "clarifications_published" }
        }
        #expect(rows.map(\.unitID) == ["", "U1", "U2"])
        #expect(rows.map(\.numerator) == [0, nil, nil] && rows.map(\.denominator) == [0, nil, nil] && rows.map(\.lastMonthNumerator) == [1, 0, 1])
    }

    @Test("every measure that tracking writes has a label in both languages, and every label is of a measure that is written")
    func labels() throws {
        var night = try Night()
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        night.pipeline = try Pipeline.load(path: root.appending(path: "pipelines/nightly.yaml").path).pipeline
        let labels = MeasureLabel.all(night.pipeline)
        let ids = labels.map(\.id)
        #expect(Set(ids).count == ids.count)
        // By mechanism, a target under the one whose provision it cites.
        let places = labels.compactMap { Mechanism.allCases.firstIndex(of: $0.mechanism) }
        #expect(places == places.sorted())
        #expect(labels.first { $0.id == "target_professional_cadres" }?.mechanism == .education)
        #expect(labels.allSatisfy { !$0.label.chinese.isEmpty && !$0.label.english.isEmpty })
        try night.addCadre("A")
        try night.add(.frontlinePostings, ["cadre_id": "A", "kind": "inspection", "start_date": "2025-09-01"])
        // Each measure has a line for all units, even where there was nothing to count.
        let written = try night.run { _, transaction in Set(try transaction.all(MeasureValue.self).map(\.measure)) }
        #expect(written.subtracting(ids).sorted() == [], "add these to MeasureLabel.all")
        #expect(Set(ids).subtracting(written).sorted() == [])
    }
}
