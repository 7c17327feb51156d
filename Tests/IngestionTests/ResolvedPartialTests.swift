import PipelineModel
import Testing
import Warehouse

@testable import Ingestion

@Suite("Targets are resolved where they are read") struct ResolvedPartialTests {
    /// What each cadre comes to by cadre, month and measure, as it would be stored.
    private func facts(_ partial: FactPartial, _ resolver: TargetResolver, raters: [TargetTable]) throws -> [[Int64]] {
        let contract = SourceContract.tasks
        var source = IngestedSource(contract: contract, fold: try FactFold(contract: contract, asOf: nightOfTests), asOf: nightOfTests)
        var (read, own) = (ReadRows(cadres: resolver.cadreIDs.count, threads: 2, in: SpillFile(in: nil)), partial)
        read.spill.take(&own, linesLater: 0)
        read.takeEvidence(of: &own)
        read.partial = own
        source.beginSettling(read, raters: raters, threads: 1)
        source.settle()
        let measures = source.fold.measures.count
        let holders = try SourceHolders(source.partial, source.evidence, resolver: resolver)
        let ordered = try SourceByCadre(source, holders: holders, cadres: resolver.cadreIDs.count).part(0, rank: Array(0..<measures))
        var facts: [[Int64]] = []
        var sums = MonthlySums(measures: measures)
        for cadre in resolver.cadreIDs.indices {
            ordered.add(cadre, to: &sums)
            sums.drain { measure, month, own in
                facts.append([Int64(cadre), Int64(month), Int64(measure), own.count, own.sum, own.sumOfSquares])
            }
        }
        return facts
    }

    @Test("whoever is known while rows are read comes to the same as whoever is found when all are read", arguments: 0..<40)
    func sameFacts(seed: Int) throws {
        let exports = try Exports()
        try exports.writePeople()
        let night = try ingest(exports, [.roster, .units, .posts])
        let resolver = try night.warehouse.read { TargetResolver(history: try ServiceHistory(in: $0)) }
        var random = RandomTasks(generator: SplitMix(state: UInt64(seed) + 300))
        let csv = random.csv(rows: 120)
        let places = (0..<120).map { _ in random.generator.next(below: 3) }
        let plain = try folded(csv, into: 1) { _ in 0 }
        let known = try folded(csv, into: 3, knowing: RowResolver(resolver)) { places[$0] }
        let expected = try facts(plain.partials[0], resolver, raters: plain.raters)
        #expect(!expected.isEmpty)
        #expect(try facts(merged(known.partials), resolver, raters: known.raters) == expected)
        var afterTakingBack = merged(known.partials)
        afterTakingBack.retract(known.partials[2], at: [])
        #expect(try facts(afterTakingBack, resolver, raters: known.raters) == facts(merged(known.partials[..<2]), resolver, raters: known.raters))
    }

    @Test("nothing is lost, whoever is known stands under their number, and only who is not known is listed as sighted", arguments: 0..<20)
    func keepsAll(seed: Int) throws {
        let resolver = try resolverOfTests()
        var random = RandomTasks(generator: SplitMix(state: UInt64(seed) + 700))
        let csv = random.csv(rows: 120)
        let plain = try folded(csv, into: 1) { _ in 0 }
        let resolved = try folded(csv, into: 1, knowing: resolver) { _ in 0 }
        let (before, after) = (try plain.canonical(plain.partials[0]), try resolved.canonical(resolved.partials[0]))
        func totals(_ facts: CanonicalFacts) -> [Int32: Sums] { facts.cells.reduce(into: [:]) { $0[$1.key.measure, default: Sums()] += $1.value } }
        #expect(totals(after) == totals(before))
        #expect(after.evidence.values.reduce(0, +) == before.evidence.values.reduce(0, +))
        #expect(after.sightings.values.reduce(0) { $0 + $1.rows } < before.sightings.values.reduce(0) { $0 + $1.rows })
        let known = Set(resolver.cadreIDs)
        for (cell, _) in after.cells {
            // The post P1 of U1 was held from 2020-01-01 on; before that, and without a day, by nobody.
            if case .written(let key) = cell.target, key.form == .unitAndPost, key.parts == ["U1", "P1"] { #expect(cell.day == FactPartial.noDay) }
            if case .cadre(let place) = cell.target { #expect(resolver.cadreIDs.indices.contains(Int(place))) }
        }
        #expect(after.cells.keys.contains { if case .cadre = $0.target { true } else { false } })
        for target in after.sightings.keys where target.target.form == .cadre {
            #expect(!known.contains(target.target.parts[0]), "\(target.target.parts) is known")
        }
    }
}
