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
        let ballots = try CountedBallots(rules, night)
        let decimals = try night.transaction.all(MeasureRecord.self).first { $0.measure == rules.measure }?.decimals ?? 0
        let scale = (0..<decimals).reduce(1.0) { power, _ in power * 10 }
        var newest = ballots.outside.mapValues(\.newest)
        for voice in ballots.voices { newest[voice.cadreID] = max(newest[voice.cadreID] ?? voice.month, voice.month) }
        // One look-up a cadre: a post is not asked for once for each ballot.
        let units = Dictionary(uniqueKeysWithValues: newest.map { ($0, night.unit(of: $0, on: $1.lastDay)) })

        var (cadres, ofUnits) = (Tally(ballots, scale: scale) { $0 }, Tally(ballots, scale: scale) { units[$0] ?? nil })
        var findings: [Finding] = []
        for (level, problem) in [("cadres", cadres.adjust()), ("units", ofUnits.adjust())] {
            guard let problem else { continue }
            findings.append(
                Finding(
                    .ratersNotSeparable, .warning, at: .init(file: "double_evaluation.csv"), value: level,
                    message: "the marks of \(level) are not freed of their raters' severity: \(problem)",
                    hint: "raters must rate several and be among several; until then only the raw means are there"))
        }
        var rows = ofUnits.standings { unit in (.unit, unit, nil) } + cadres.standings { cadre in (.cadre, units[cadre] ?? nil, cadre) }
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
        return findings + (ballots.isEmpty ? [night.emptySource(.ballots, table: EvaluationStanding.table)] : [])
    }

    /// The ballots of some targets, units or cadres.
    private struct Tally {
        struct Entry {
            var sum = 0.0
            var cast = 0
            var counted = 0
            var repeated = 0
            var straightLined = 0
            var outside = 0
            var raters: Set<Int> = []
            var adjusted: AdjustedMean?

            /// In place: a copy of an entry would copy all its raters for each voice, and a whole kind of body may be one target.
            mutating func add(_ voice: CountedBallots.Voice, sum more: Double) {
                sum += more
                cast += voice.count
                if voice.isStraight {
                    straightLined += voice.count
                } else {
                    counted += 1
                    repeated += voice.count - 1
                    raters.insert(voice.rater)
                }
            }
        }

        private var entries: [String: Entry] = [:]
        private var marks: [(target: String, rater: Int, mark: Double)] = []
        private let raters: Int

        init(_ ballots: CountedBallots, scale: Double, target: (String) -> String?) {
            raters = ballots.raters
            for voice in ballots.voices {
                guard let name = target(voice.cadreID) else { continue }
                entries[name, default: Entry()].add(voice, sum: Double(voice.sum) / scale)
                if !voice.isStraight { marks.append((name, voice.rater, Double(voice.sum) / Double(voice.count) / scale)) }
            }
            for (cadreID, known) in ballots.outside {
                if let name = target(cadreID) { entries[name, default: Entry()].outside += known.count }
            }
        }

        /// Fills in the adjusted means; says why, where it cannot.
        mutating func adjust() -> String? {
            guard !marks.isEmpty else { return nil }
            let names = Set(marks.map(\.target)).sorted()
            let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
            let cells = marks.map { RatingCell(target: places[$0.target] ?? 0, rater: $0.rater, count: 1, sum: $0.mark, sumOfSquares: $0.mark * $0.mark) }
            do throws(StatisticsError) {
                let effects = try CrossedEffects(cells, targets: names.count, raters: raters, acrossParts: true)
                for (place, name) in names.enumerated() { entries[name]?.adjusted = effects.targets[place] }
                return nil
            } catch {
                return "\(error)"
            }
        }

        /// A row for each target, by name.
        func standings(_ who: (String) -> (EvaluationLevel, String?, String?)) -> [EvaluationStanding] {
            entries.sorted { $0.key < $1.key }.map { name, entry in
                let (level, unitID, cadreID) = who(name)
                let reach = (normalQuantile(0.975) ?? 0) * (entry.adjusted?.variance.squareRoot() ?? 0)
                return EvaluationStanding(
                    number: 0, level: level, unitID: unitID, cadreID: cadreID, rawMean: entry.cast > 0 ? entry.sum / Double(entry.cast) : nil,
                    adjustedMean: entry.adjusted?.mean, lower: entry.adjusted.map { $0.mean - reach }, upper: entry.adjusted.map { $0.mean + reach },
                    raters: entry.raters.count, counted: entry.counted, repeated: entry.repeated, straightLined: entry.straightLined,
                    outsidePeriod: entry.outside)
            }
        }
    }
}

extension Finding.Check {
    fileprivate static let ratersNotSeparable: Self = "RatersNotSeparable"
}
