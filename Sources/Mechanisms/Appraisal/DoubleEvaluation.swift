import PipelineModel
import Warehouse

/// The double evaluation (mechanism 3): what the public thinks of units and cadres, freed of how severe the raters happen to be.
enum DoubleEvaluation {
    /// Share of the period's ballots that count.
    static let measure = "ballots_counted"
    static let measures = [MeasureLabel(measure, .appraisal, "计入双评议的有效票占比", "Share of the ballots of the double evaluation that count")]

    static func run(_ night: TrackNight) throws -> [Finding] {
        guard let rules = night.pipeline.evaluation.ballots else { return [night.noRules("evaluation", table: EvaluationStanding.table)] }
        let cast = try CastBallots(rules, night)
        let (cadres, units) = cast.freed()
        var findings: [Finding] = []
        for (level, marks) in [("cadres", cadres), ("units", units)] {
            guard let problem = marks.problem else { continue }
            findings.append(
                Finding(
                    .ratersNotSeparable, .warning, at: .init(file: "double_evaluation.csv"), value: level,
                    message: "the marks of \(level) are not freed of their raters' severity: \(problem)",
                    hint: "raters must rate several and be among several; until then only the raw means are there"))
        }
        var rows = cast.units.standings(units) { unit in (.unit, unit, nil) } + cast.cadres.standings(cadres) { (.cadre, cast.unitOf[$0], $0) }
        for index in rows.indices { rows[index].number = index + 1 }
        night.store(rows)

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
        night.store(values)
        return findings + (cast.isEmpty ? [night.emptySource(.ballots, table: EvaluationStanding.table)] : [])
    }
}

extension Finding.Check {
    fileprivate static let ratersNotSeparable: Self = "RatersNotSeparable"
}
