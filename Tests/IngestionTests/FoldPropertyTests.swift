import PipelineModel
import Tables
import Testing
import Warehouse

@testable import Ingestion

/// Rows of tasks in several target forms: repeated, contradicting, undated, late and broken ones among them.
struct RandomTasks {
    var generator: SplitMix

    mutating func csv(rows: Int) -> String {
        var text = "record_id,cadre_id,unit,post,due_date,completed_date,quality\n"
        var earlier: [String] = []
        for index in 0..<rows {
            if !earlier.isEmpty, generator.next(below: 6) == 0 {
                text += earlier[generator.next(below: earlier.count)]
                continue
            }
            let id = generator.next(below: 8) == 0 ? "T\(generator.next(below: index + 1))" : generator.next(below: 12) == 0 ? "" : "T\(index)"
            let target = ["C\(generator.next(below: 4)),,", ",U\(generator.next(below: 3)),P\(generator.next(below: 2))", ",,", ",U1,"][
                generator.next(below: 4)]
            let due = generator.next(below: 10) == 0 ? "" : day()
            let done = generator.next(below: 3) == 0 ? "" : day()
            let quality = generator.next(below: 3) == 0 ? "" : "\(generator.next(below: 100)).\(generator.next(below: 100))"
            earlier.append("\(id),\(target),\(due),\(done),\(quality)\n")
            text += earlier[earlier.count - 1]
        }
        return text
    }

    private mutating func day() -> String { "2025-\(1 + generator.next(below: 12))-\(1 + generator.next(below: 31))" }
}

/// Partials, and what the raters that they name are written as, by the memory that read them.
struct Folded {
    var partials: [FactPartial]
    let raters: [TargetTable]

    func canonical(_ partial: FactPartial) throws -> CanonicalFacts { try CanonicalFacts(partial, raters: raters) }
}

/// Folds each record of a text into the partial that `place` names, each by a memory of its own; the positions are those of one file.
///
/// - Parameter resolver: Whom targets mean; where there is none, all stand as written.
func folded(_ csv: String, into count: Int, knowing resolver: RowResolver? = nil, place: (Int) -> Int) throws -> Folded {
    var contract = SourceContract.tasks
    // Any text field can stand for a rater here: what is held is that ratings fold like everything else.
    contract.measures[2].rater = "post"
    let fold = try FactFold(contract: contract, asOf: nightOfTests)
    let text = try CSVReader(bytes: Array(csv.utf8))
    let header = try #require(try text.nextRow())
    let plan = try #require(ColumnPlan.bind(header: header, contract: contract, file: "tasks.csv").plan)
    var works = try (0..<count).map { _ in
        try RowWork(contract: contract, fold: fold, asOf: nightOfTests, identityKey: nil, plan: plan, fileID: 1)
    }
    var index = 0
    try text.forEachRecord { record in
        works[place(index)].take(record)
        index += 1
        return true
    }
    var (partials, raters): ([FactPartial], [TargetTable]) = ([], [])
    for (number, work) in works.enumerated() {
        var memory = ReadingMemory(number: number, resolver: resolver ?? .nobody)
        let part = work.finished()
        partials.append(part.resolved(LogMeanings(part.log.targets, &memory), for: .tasks, file: 1, &memory).partial)
        raters.append(memory.raters)
    }
    return Folded(partials: partials, raters: raters)
}

/// Who holds what among the people of the tests.
func resolverOfTests() throws -> RowResolver {
    let exports = try Exports()
    try exports.writePeople()
    let night = try ingest(exports, [.roster, .units, .posts])
    return try night.warehouse.read { RowResolver(TargetResolver(history: try ServiceHistory(in: $0))) }
}

func merged(_ partials: some Sequence<FactPartial>) -> FactPartial {
    partials.reduce(into: FactPartial()) { $0.merge($1) }
}

@Suite("A fold is a commutative monoid") struct FoldPropertyTests {
    /// Without a resolver every target stands as written; with one, whoever is known stands under their number.
    private static let cases = (0..<40).flatMap { seed in [false, true].map { (seed, $0) } }

    private func resolver(_ isKnown: Bool) throws -> RowResolver? { isKnown ? try resolverOfTests() : nil }

    @Test("folding parts and merging them in any order and grouping is folding all", arguments: cases)
    func partsAndWhole(seed: Int, isKnown: Bool) throws {
        var random = RandomTasks(generator: SplitMix(state: UInt64(seed)))
        let (csv, resolver) = (random.csv(rows: 60), try resolver(isKnown))
        let one = try folded(csv, into: 1, knowing: resolver) { _ in 0 }
        let whole = try one.canonical(one.partials[0])
        #expect(!whole.cells.isEmpty && !whole.evidence.isEmpty && !whole.replaced.isEmpty && whole.undatedRows >= 0)

        let places = (0..<60).map { _ in random.generator.next(below: 4) }
        let folded = try folded(csv, into: 4, knowing: resolver) { places[$0] }
        let parts = folded.partials
        #expect(try folded.canonical(merged(parts)) == whole)
        #expect(try folded.canonical(merged(parts.reversed())) == whole)
        #expect(try folded.canonical(merged(parts.shuffled(using: &random.generator))) == whole)
        let left = merged([merged([parts[0], parts[1]]), merged([parts[2], parts[3]])])
        let right = merged([parts[0], merged([parts[1], merged([parts[2], parts[3]])])])
        #expect(try folded.canonical(left) == folded.canonical(right))
        #expect(try folded.canonical(left) == whole)
    }

    @Test("the empty partial changes nothing on either side", arguments: 0..<5)
    func neutral(seed: Int) throws {
        var random = RandomTasks(generator: SplitMix(state: UInt64(seed)))
        let folded = try folded(random.csv(rows: 30), into: 1) { _ in 0 }
        let partial = folded.partials[0]
        #expect(try folded.canonical(merged([FactPartial(), partial])) == folded.canonical(partial))
        #expect(try folded.canonical(merged([partial, FactPartial()])) == folded.canonical(partial))
        #expect(FactPartial().isBare && !partial.isBare)
    }

    @Test("taking rows back leaves what the other rows alone come to", arguments: cases)
    func retraction(seed: Int, isKnown: Bool) throws {
        var random = RandomTasks(generator: SplitMix(state: UInt64(seed) + 1_000))
        let csv = random.csv(rows: 60)
        let places = (0..<60).map { _ in random.generator.next(below: 3) == 0 ? 1 : 0 }
        let folded = try folded(csv, into: 2, knowing: try resolver(isKnown)) { places[$0] }
        let parts = folded.partials
        var partial = merged(parts)
        partial.retract(parts[1], at: Set(places.indices.filter { places[$0] == 1 }.map { Position(file: 1, line: Int32($0) + 2) }))
        let (left, alone) = (try folded.canonical(partial), try folded.canonical(parts[0]))
        #expect(left.cells == alone.cells)
        #expect(left.ratings == alone.ratings)
        #expect(left.evidence == alone.evidence)
        #expect(left.sightings.mapValues(\.rows) == alone.sightings.mapValues(\.rows))
        #expect(left.undatedRows == alone.undatedRows)
    }

    @Test("the row that stands last wins whoever saw it first")
    func keys() throws {
        var key = RecordHash()
        key.mix(7)
        let rows = (1...4).map { Position(file: 1, line: Int32($0)) }
        var forwards = KeyIndex()
        for row in rows { forwards.insert(key, at: row) }
        var (one, two) = (KeyIndex(), KeyIndex())
        one.insert(key, at: rows[3])
        one.insert(key, at: rows[0])
        two.insert(key, at: rows[1])
        two.insert(key, at: rows[2])
        var (left, right) = (one, two)
        left.merge(two)
        right.merge(one)
        #expect(try left.replaced(threads: 1) == right.replaced(threads: 3))
        #expect(try left.replaced(threads: 2) == forwards.replaced(threads: 1))
        #expect(try left.replaced(threads: 2) == rows.dropLast().map { KeyIndex.Replaced(position: $0, by: rows[3]) })
        #expect(try left.standing() == [rows[3]])
    }
}
