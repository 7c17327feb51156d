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
        let comparisons = rules.measures.flatMap { Self.comparisons(of: $0, sums, night) }
        // Each on its own: with the same seed all draw the same numbers, which are made once as far as that takes no more than some 30 MB.
        let most = comparisons.map(\.units.count).max() ?? 0
        let normals = SeededNormals(seed: UInt64(rules.seed), ahead: min(most * rules.draws, 4_000_000))
        let models = SideWork(comparisons.count, threads: night.threads) { comparisons[$0].model(rules, normals) }.results()
        var findings: [Finding] = []
        var found: [String: [ContestStanding]] = [:]
        for (comparison, model) in zip(comparisons, models) {
            found[comparison.contest.id, default: []] += comparison.standings(model.fitted)
            if model.hasFailed { findings.append(comparison.notFitted) }
        }
        for contest in rules.measures {
            guard case .share = contest.observation else { continue }
            night.store(values(found[contest.id] ?? [], contest, asOf: night.asOf))
        }
        var standings = rules.measures.flatMap { found[$0.id] ?? [] }
        for index in standings.indices { standings[index].number = index + 1 }
        night.store(standings)
        if standings.isEmpty { findings += roles(of: rules).map { night.emptySource($0, table: ContestStanding.table) } }
        return findings
    }

    /// The comparisons on one measure, a kind of body each; none where a source that makes it was not read tonight.
    private static func comparisons(of contest: ContestMeasure, _ sums: ContestSums, _ night: TrackNight) -> [ContestComparison] {
        guard contest.needed.allSatisfy(sums.isKnown), let main = contest.needed.last else { return [] }
        let byKind = Dictionary(grouping: sums.units(main), by: { night.history.units[$0]?.kind })
        return KindOfBody.allCases.compactMap { kind in
            byKind[kind].map { ContestComparison(contest: contest, kind: kind, units: $0, observed: UnitObservations(contest, units: $0, sums: sums)) }
        }
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
