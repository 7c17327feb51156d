import PipelineModel
import Statistics
import Warehouse

/// The double evaluation (mechanism 3): what the public thinks of units and cadres, freed of how severe the raters happen to be.
enum DoubleEvaluation {
    /// Share of the period's ballots that count.
    static let measure = "ballots_counted"
    static let measures = [MeasureLabel(measure, .appraisal, "计入双评议的有效票占比", "Share of the ballots of the double evaluation that count")]

    static func run(_ night: TrackNight) throws -> [Finding] {
        guard let rules = night.pipeline.evaluation.ballots else { return [night.noRules("evaluation", table: EvaluationStanding.table)] }
        let cast = try CastBallots(rules, night)
        let freed = SideWork(2, threads: night.threads) { level in
            FreedMarks(level == 0 ? cast.marks : cast.marks.pooled(cast.cadresOfUnits), raters: cast.raters)
        }.results()
        var findings: [Finding] = []
        for (level, marks) in zip(["cadres", "units"], freed) {
            guard let problem = marks.problem else { continue }
            findings.append(
                Finding(
                    .ratersNotSeparable, .warning, at: .init(file: "double_evaluation.csv"), value: level,
                    message: "the marks of \(level) are not freed of their raters' severity: \(problem)",
                    hint: "raters must rate several and be among several; until then only the raw means are there"))
        }
        var rows = cast.units.standings(freed[1]) { unit in (.unit, unit, nil) } + cast.cadres.standings(freed[0]) { (.cadre, cast.unitOf[$0], $0) }
        for index in rows.indices { rows[index].number = index + 1 }
        try night.transaction.insert(rows)

        var values = [MeasureValue(asOf: night.asOf, measure: measure, unitID: MeasureValue.allUnits, numerator: 0, denominator: 0)]
        for row in rows {
            let cast = row.counted + row.repeated + row.straightLined
            switch row.level {
            // A cadre of no known unit counts in the sum only.
            case .cadre:
                values[0].numerator += row.counted
                values[0].denominator = (values[0].denominator ?? 0) + cast
            case .unit:
                values.append(MeasureValue(asOf: night.asOf, measure: measure, unitID: row.unitID ?? "", numerator: row.counted, denominator: cast))
            }
        }
        try night.transaction.insert(values)
        return findings + (cast.isEmpty ? [night.emptySource(.ballots, table: EvaluationStanding.table)] : [])
    }
}

/// What was cast for cadres and units. The voices themselves, of which there are millions, are gone when it is made.
private struct CastBallots: Sendable {
    let cadres: BallotTally
    let units: BallotTally
    /// By cadre number; nobody who is of no known unit.
    let unitOf: [String: String]
    /// The marks that count, a target for each cadre.
    let marks: RatingTable
    /// Of each unit the places of its cadres.
    let cadresOfUnits: [[Int]]
    let raters: Int
    /// Whether no ballot was read at all.
    let isEmpty: Bool

    init(_ rules: BallotRules, _ night: TrackNight) throws {
        let ballots = try CountedBallots(rules, night)
        let decimals = try night.transaction.all(MeasureRecord.self).first { $0.measure == rules.measure }?.decimals ?? 0
        let scale = (0..<decimals).reduce(1.0) { power, _ in power * 10 }
        // One look-up a cadre: a post is not asked for once for each ballot.
        let unit = ballots.cadres.map { night.unit(of: $0.cadreID, on: $0.newest.lastDay) }
        cadres = BallotTally(ballots, scale: scale, target: ballots.cadres.map(\.cadreID))
        units = BallotTally(ballots, scale: scale, target: unit)
        var (unitOf, members) = ([String: String](), [[Int]](repeating: [], count: units.names.count))
        for (index, unit) in unit.enumerated() {
            unitOf[ballots.cadres[index].cadreID] = unit
            if let cadre = cadres.targets[index], let unit = units.targets[index] { members[unit].append(cadre) }
        }
        (self.unitOf, cadresOfUnits) = (unitOf, members)
        marks = try ballots.table(cadres.targets.map { $0 ?? 0 }, scale: scale)
        (raters, isEmpty) = (ballots.raters, ballots.isEmpty)
    }
}

extension Finding.Check {
    fileprivate static let ratersNotSeparable: Self = "RatersNotSeparable"
}
