import PipelineModel
import Statistics
import Warehouse

/// The six-field contest (mechanism 3): units of one kind of body side by side, with ranks as wide as what is not known, so that ties look like ties.
enum ContestStandings {
    /// What a share is called among the measures of the opinion.
    static func measure(_ contest: ContestMeasure) -> String { "contest_\(contest.id)" }
    /// Only shares are kept night by night: a rate or a mean is no count of cases.
    static func measures(_ pipeline: Pipeline) -> [MeasureLabel] {
        (pipeline.contest?.measures ?? []).compactMap { contest in
            guard case .share = contest.observation else { return nil }
            return MeasureLabel(measure(contest), .appraisal, contest.label.chinese, contest.label.english)
        }
    }

    static func run(_ night: TrackNight) throws -> [Finding] {
        guard let rules = night.pipeline.contest else { return [night.noRules("contest", table: ContestStanding.table)] }
        let window = MonthWindow(trailing: rules.windowMonths, asOf: night.asOf)
        let sums = try ContestSums(Set(rules.measures.flatMap(\.needed)), window: window, night)
        var (findings, standings) = ([Finding](), [ContestStanding]())
        for contest in rules.measures {
            let (found, problems) = try compare(contest, rules: rules, sums: sums, night)
            standings += found
            findings += problems
            if case .share = contest.observation { try night.transaction.insert(values(found, contest, asOf: night.asOf)) }
        }
        for index in standings.indices { standings[index].number = index + 1 }
        try night.transaction.insert(standings)
        if standings.isEmpty { findings += roles(of: rules).map { night.emptySource($0, table: ContestStanding.table) } }
        return findings
    }

    /// The standings of every kind of body on one measure.
    private static func compare(
        _ contest: ContestMeasure, rules: ContestRules, sums: ContestSums, _ night: TrackNight
    ) throws -> ([ContestStanding], [Finding]) {
        guard contest.needed.allSatisfy(sums.isKnown), let main = contest.needed.last else { return ([], []) }
        let byKind = Dictionary(grouping: sums.units(main).sorted(), by: { night.history.units[$0]?.kind })
        var (standings, findings) = ([ContestStanding](), [Finding]())
        for kind in KindOfBody.allCases {
            guard let units = byKind[kind] else { continue }
            let observed = UnitObservations(contest, units: units, sums: sums)
            var model: UnitModel?
            do throws(StatisticsError) {
                model = try UnitModel(
                    observed.observations, direction: contest.moreIsBetter ? .higherIsBetter : .lowerIsBetter, dispersion: observed.dispersion,
                    level: rules.rankLevel, draws: rules.draws, seed: UInt64(rules.seed))
            } catch {
                findings.append(
                    Finding(
                        .contestNotFitted, .warning, at: .init(file: "contest_standings.csv"), value: contest.id,
                        message: "the units of kind \(kind.rawValue) could not be compared on \(contest.id); they have no rank",
                        hint: "look at their values: nearly all may have all events or none"))
            }
            let count = observed.observations.count { $0?.isInformative ?? false }
            for (place, unit) in units.enumerated() {
                let standing = model?.standings[place]
                standings.append(
                    ContestStanding(
                        number: 0, measure: contest.id, field: contest.field, unitID: unit, kind: kind, events: observed.events[place],
                        trials: observed.trials[place], value: observed.values[place], adjusted: standing?.adjusted, lower: standing?.interval.lower,
                        upper: standing?.interval.upper, units: count, rank: standing?.rank.median, rankBest: standing?.rank.best,
                        rankWorst: standing?.rank.worst))
            }
        }
        return (standings, findings)
    }

    private static func values(_ standings: [ContestStanding], _ contest: ContestMeasure, asOf: CalendarDate) -> [MeasureValue] {
        var all = MeasureValue(asOf: asOf, measure: measure(contest), unitID: MeasureValue.allUnits, numerator: 0, denominator: 0)
        var values: [MeasureValue] = []
        for standing in standings.sorted(by: { $0.unitID < $1.unitID }) {
            let events = standing.events ?? 0
            values.append(MeasureValue(asOf: asOf, measure: all.measure, unitID: standing.unitID, numerator: events, denominator: standing.trials))
            all.numerator += events
            all.denominator = (all.denominator ?? 0) + standing.trials
        }
        return [all] + values
    }

    /// The roles that the measures come from.
    private static func roles(of rules: ContestRules) -> [SourceRole] {
        let names = Set(rules.measures.flatMap(\.needed).compactMap { $0.split(separator: ".").first.map(String.init) })
        return SourceRole.allCases.filter { names.contains($0.rawValue) }
    }
}

extension ContestMeasure {
    /// The measures it is made of: what says how much there was to do comes last.
    var needed: [String] {
        switch observation {
        case .share(let events, let trials): [events, trials]
        case .mean(let values): [values]
        }
    }
}

extension Finding.Check {
    fileprivate static let contestNotFitted: Self = "ContestNotFitted"
}
