import PipelineModel
import Testing
import Warehouse

@testable import Ingestion

@Suite("Targets are resolved part by part") struct ResolvedPartialTests {
    /// Who holds what among the people of the tests.
    private func resolver() throws -> RowResolver {
        let exports = try Exports()
        try exports.writePeople()
        let night = try ingest(exports, [.roster, .units, .posts])
        return try night.warehouse.read { RowResolver(TargetResolver(history: try ServiceHistory(in: $0))) }
    }

    @Test("resolving parts and merging them is merging them and resolving", arguments: 0..<20)
    func commutes(seed: Int) throws {
        let resolver = try resolver()
        var random = RandomTasks(generator: SplitMix(state: UInt64(seed) + 300))
        let csv = random.csv(rows: 80)
        let places = (0..<80).map { _ in random.generator.next(below: 3) }
        let parts = try folded(csv, into: 3) { places[$0] }
        let before = CanonicalFacts(merged(parts.map { $0.resolved(by: RowResolution(resolver)) }))
        let after = CanonicalFacts(merged(parts).resolved(by: RowResolution(resolver)))
        #expect(before == after)
        #expect(CanonicalFacts(merged(parts).resolved(by: RowResolution(resolver)).resolved(by: RowResolution(resolver))) == after)
    }

    @Test("nothing is lost, whoever is known stands under their number, and only who is not known is listed as sighted", arguments: 0..<20)
    func keepsAll(seed: Int) throws {
        let resolver = try resolver()
        var random = RandomTasks(generator: SplitMix(state: UInt64(seed) + 700))
        let plain = try folded(random.csv(rows: 120), into: 1) { _ in 0 }[0]
        let resolved = plain.resolved(by: RowResolution(resolver))
        func totals(_ facts: FactPartial) -> [Int32: Sums] { facts.cells.reduce(into: [:]) { $0[$1.0.measure, default: Sums()] += $1.1 } }
        #expect(totals(resolved) == totals(plain))
        #expect(resolved.evidence.count == plain.evidence.count)
        let rows = { (facts: FactPartial) in facts.sightings.reduce(0) { $0 + $1.1.rows } }
        #expect(rows(resolved) < rows(plain))
        let known = Set(resolver.cadreIDs)
        for (cell, _) in resolved.cells {
            let key = resolved.targets.keys[Int(cell.target)]
            if key.form == .unitAndPost, key.parts == ["U1", "P1"] {
                // The post P1 of U1 was held from 2020-01-01 on; before that, and without a day, by nobody.
                #expect(cell.day == FactPartial.noDay)
            }
        }
        for (target, _) in resolved.sightings {
            let key = resolved.targets.keys[Int(target.target)]
            if key.form == .cadre { #expect(!known.contains(key.parts[0]), "\(key.parts) is known") }
        }
    }
}
