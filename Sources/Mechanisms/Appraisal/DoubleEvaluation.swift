import PipelineModel
import Warehouse

/// The double evaluation (mechanism 3): what the public thinks of units and cadres, freed of how severe the raters happen to be.
enum DoubleEvaluation {
    /// Share of the period's ballots that count.
    static let measure = "ballots_counted"
    static let measures = [MeasureLabel(measure, .appraisal, "计入双评议的有效票占比", "Share of the ballots of the double evaluation that count")]

    /// Counts the ballots, and begins to free them of their raters' severity: that waits for nothing else, and other rows are read meanwhile.
    static func start(_ night: TrackNight) throws -> Started {
        guard let rules = night.pipeline.evaluation.ballots else { return Started(cast: nil) }
        let cast = try CastBallots(rules, night)
        return Started(cast: cast, freed: SideWork(1, threads: night.threads) { _ in cast.freed() })
    }

    /// Ballots that are counted, and whose raters' severity is being worked out.
    struct Started {
        /// `nil` where no rules say what counts.
        fileprivate let cast: CastBallots?
        /// Cadres, then units.
        fileprivate var freed: SideWork<[FreedMarks]>?

        /// Stores the standings when they are there.
        func finish(_ night: TrackNight) throws -> [Finding] {
            guard let cast, let freed = freed?.results().first else { return [night.noRules("evaluation", table: EvaluationStanding.table)] }
            return try store(cast, freed, night)
        }
    }

    private static func store(_ cast: CastBallots, _ freed: [FreedMarks], _ night: TrackNight) throws -> [Finding] {
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

extension Finding.Check {
    fileprivate static let ratersNotSeparable: Self = "RatersNotSeparable"
}
