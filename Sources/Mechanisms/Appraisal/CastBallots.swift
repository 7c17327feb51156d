import PipelineModel
import Statistics
import Warehouse

/// What was cast for cadres and units.
struct CastBallots: Sendable {
    /// By cadre number, and by unit number.
    private(set) var cadres: BallotTally
    private(set) var units: BallotTally
    /// By cadre number; nobody who is of no known unit.
    let unitOf: [String: String]
    /// Whether no ballot was read at all.
    let isEmpty: Bool
    /// The marks that count, a target for each cadre.
    let marks: RatingTable
    private let raters: Int
    /// Of each unit the places of its cadres.
    private let members: [[Int]]

    init(_ rules: BallotRules, _ night: TrackNight) throws {
        let ballots = try CountedBallots(rules, night)
        let decimals = try night.transaction.all(MeasureRecord.self).first { $0.measure == rules.measure }?.decimals ?? 0
        // One look-up a cadre: a post is not asked for once for each ballot.
        let unit = ballots.cadres.map { night.unit(of: $0.cadreID, on: $0.newest.lastDay) }
        var cadres = BallotTally(ballots, target: ballots.cadres.map(\.cadreID))
        var units = BallotTally(ballots, target: unit)
        var (unitOf, members) = ([String: String](), [[Int]](repeating: [], count: units.names.count))
        for (index, unit) in unit.enumerated() {
            unitOf[ballots.cadres[index].cadreID] = unit
            if let cadre = cadres.targets[index], let unit = units.targets[index] { members[unit].append(cadre) }
        }

        var tables = SourceTables(voices: ballots.voices)
        try ballots.forEachBlock(scale: (0..<decimals).reduce(1.0) { power, _ in power * 10 }, night) { block in
            var (sum, mark) = (0, 0)
            for person in block.people {
                guard let cadre = ballots.places[person.cadreID], let target = cadres.targets[cadre] else { continue }
                let sums = block.sums[sum..<person.sumsEnd]
                cadres.add(person, cadre: cadre, sums: sums)
                units.add(person, cadre: cadre, sums: sums)
                tables.add(block, mark..<person.marksEnd, target: target)
                (sum, mark) = (person.sumsEnd, person.marksEnd)
            }
        }
        marks = tables.joined(targets: cadres.names.count)
        (self.cadres, self.units, self.unitOf, self.members) = (cadres, units, unitOf, members)
        (raters, isEmpty) = (ballots.raters, ballots.isEmpty)
    }

    /// The marks of cadres, and those of units, freed of how severe the raters are.
    func freed() -> (cadres: FreedMarks, units: FreedMarks) {
        (FreedMarks(marks, raters: raters), FreedMarks(marks.pooled(members), raters: raters))
    }
}

/// The marks of each source, cadre by cadre as they come.
private struct SourceTables {
    private var tables: [(marks: RatingTable, targets: [Int])] = []
    private var source: String?
    private let voices: Int

    init(voices: Int) { self.voices = voices }

    mutating func add(_ block: MarkBlock, _ marks: Range<Int>, target: Int) {
        if block.source != source {
            source = block.source
            // One source nearly always has all of them.
            tables.append((RatingTable(reserving: tables.isEmpty ? voices : 0), []))
        }
        let last = tables.count - 1
        for mark in marks { tables[last].marks.append(rater: block.raters[mark], value: block.marks[mark]) }
        tables[last].marks.endTarget()
        tables[last].targets.append(target)
    }

    /// One table of all; raters of a later source have higher numbers.
    func joined(targets: Int) -> RatingTable {
        // Of one source, as nearly always, they are in order as they stand.
        if tables.count == 1, tables[0].targets.elementsEqual(0..<targets) { return tables[0].marks }
        return RatingTable(joining: tables, targets: targets)
    }
}
