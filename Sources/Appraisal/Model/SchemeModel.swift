import PipelineModel
import Statistics
import Warehouse

/// One scheme's model in one window: its people, what was observed of them, and where they stand.
///
/// A class: it is looked up for each member.
final class SchemeModel: Sendable {
    let scheme: AppraisalScheme
    let indicators: [SchemePlans.PlannedIndicator]
    /// The scheme's groups, by their place among all groups of the window.
    let groups: [Int]
    let groupIDs: [String]
    /// N members, by their place among all members of the window.
    let slots: [Int]
    /// N places in `groups`.
    let group: [Int]
    let observed: ModelObservations
    /// K: groups in which nothing tells how much of the values is chance.
    let silentGroups: [Int]
    /// K, those of indicators that nobody has an observation of given to the others.
    let weights: [Double]
    /// K.
    let isObserved: [Bool]
    /// groups × K.
    let dispersion: [Double]
    /// `nil` where nobody is observed on anything, or R cannot be found.
    let model: PeerModel?
    /// What can be seen of a wrong model; `nil` where there is none.
    let checks: ModelChecks?

    init(
        _ plan: SchemePlans.Plan, slots: [Int], members: [Member], observations: Observations, facts: WindowFacts, threads: Int
    ) throws(AppraisalError) {
        (scheme, indicators, self.slots) = (plan.scheme, plan.indicators, slots)
        let ids = Dictionary(slots.map { (members[$0].group, members[$0].groupID) }, uniquingKeysWith: { first, _ in first })
        let groups = ids.keys.sorted()
        let places = Dictionary(uniqueKeysWithValues: groups.enumerated().map { ($1, $0) })
        self.groups = groups
        groupIDs = groups.map { ids[$0] ?? "" }
        let group = slots.map { places[members[$0].group] ?? 0 }
        self.group = group
        let records = SchemeRecords(observations: observations, slots: slots)
        let observed = ModelObservations(records, group: group, groups: groups.count, indicators: plan.indicators)
        self.observed = observed
        silentGroups = plan.indicators.indices.map { observed.groupsWithoutVariance(records, group: group, indicator: $0) }
        let count = plan.indicators.count
        let isObserved = (0..<count).map { indicator in
            slots.indices.contains { observed.observations[$0 * count + indicator]?.isInformative ?? false }
        }
        self.isObserved = isObserved
        let kept = zip(plan.scheme.weights, isObserved).map { $1 ? $0.weight : 0 }
        let sum = kept.reduce(0, +)
        weights = sum > 0 ? kept.map { $0 / sum } : kept
        dispersion = groups.flatMap { group in (0..<count).map { facts.phi(group: group, indicator: $0) } }
        guard sum > 0 else {
            (model, checks) = (nil, nil)
            return
        }
        let input = PeerModelInput(
            directions: plan.indicators.map { $0.indicator.moreIsBetter ? .higherIsBetter : .lowerIsBetter }, weights: weights, group: group,
            groups: groups.count, observations: observed.observations, dispersion: dispersion, concernShare: plan.scheme.concernShare,
            threads: threads)
        do throws(StatisticsError) {
            let fitted = try PeerModel(input)
            (model, checks) = (fitted, ModelChecks(fitted, input))
        } catch {
            guard case .notConverged = error else { throw .model(error, scheme: plan.scheme.kind.rawValue) }
            (model, checks) = (nil, nil)
        }
    }

    /// μ, σ, φ and how the fits ended, by group and indicator.
    func fitRecords(_ window: AppraisalWindow) -> [GroupFitRecord] {
        guard let model else { return [] }
        return model.fits.enumerated().map { place, fit in
            GroupFitRecord(
                window: window, groupID: groupIDs[place / indicators.count], indicator: indicators[place % indicators.count].indicator.id,
                people: fit.people, location: fit.location, spread: fit.spread, ownSpread: fit.ownSpread, dispersion: dispersion[place],
                convergence: fit.convergence,
                goodness: fit.goodness?.ratio)
        }
    }

    /// R, each pair once, and each indicator with itself.
    func correlationRecords(_ window: AppraisalWindow) -> [CorrelationRecord] {
        guard let model else { return [] }
        return indicators.indices.flatMap { row in
            indicators.indices.dropFirst(row).map { column in
                CorrelationRecord(
                    window: window, kind: scheme.kind, first: indicators[row].indicator.id, second: indicators[column].indicator.id,
                    correlation: model.correlation[row, column], iterations: model.iterations, converged: model.isConverged)
            }
        }
    }

    /// Whether an indicator speaks of a person: something was observed, and the peers could be fitted.
    private func speaks(_ person: Int, _ indicator: Int, _ model: PeerModel) -> Bool {
        guard let observation = observed.observations[person * indicators.count + indicator], observation.isInformative else { return false }
        return model.fits[group[person] * indicators.count + indicator].spread != nil
    }

    /// Whether any indicator speaks of a person. Where R cannot be found nobody is placed, though there is something to place.
    func isObserved(person: Int) -> Bool {
        guard let model else { return isObserved.contains(true) }
        return indicators.indices.contains { speaks(person, $0, model) }
    }

    /// A person's composite and what it is compared with.
    func scorecard(_ window: AppraisalWindow, person: Int, cadreID: String) -> ScorecardRecord? {
        guard let model else { return nil }
        let composite = model.composites[person]
        return ScorecardRecord(
            window: window, cadreID: cadreID, kind: scheme.kind, groupID: groupIDs[group[person]], mean: composite.mean,
            deviation: composite.standardDeviation, line: model.line, concern: model.concern[person], outstanding: model.outstanding[person],
            indicatorsObserved: indicators.indices.count { speaks(person, $0, model) })
    }

    /// A person's standings, one for each indicator; the contributions sum to the composite's mean.
    ///
    /// - Parameter records: The person's observations, K.
    func estimates(
        _ window: AppraisalWindow, person: Int, cadreID: String, records: ArraySlice<ObservationRecord>, z: Double
    ) -> [EstimateRecord] {
        guard let model else { return [] }
        return indicators.indices.map { indicator in
            let standing = model.posteriors.marginal(of: person, indicator)
            let record = records[records.startIndex + indicator]
            let deviation = standing.standardDeviation
            return EstimateRecord(
                window: window, cadreID: cadreID, indicator: record.indicator, groupID: groupIDs[group[person]], value: record.value,
                adjustedValue: record.adjustedValue, peerMedian: record.peerMedian, mean: standing.mean, deviation: deviation,
                lower: standing.mean - z * deviation,
                upper: standing.mean + z * deviation, weight: weights[indicator], contribution: weights[indicator] * standing.mean,
                isObserved: speaks(person, indicator, model))
        }
    }
}
