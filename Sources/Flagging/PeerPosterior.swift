import Foundation
import PipelineModel
import Statistics
import Warehouse

/// The hyper-parameters of one scheme as the analysis left them: what it takes to compute a cadre's posterior anew.
struct PeerPosterior {
    /// In a fixed order: rows and columns of `correlation`.
    let indicators: [String]
    let correlation: SquareMatrix
    private let directions: [String: Direction]
    /// By group, then indicator.
    private let fits: [String: [String: GroupFitRecord]]
    /// By group, then indicator: variance of single values within a person, pooled over the group.
    private let pooled: [String: [String: Double]]

    init(
        kind: KindOfBody, dossiers: [Dossier], pipeline: Pipeline, correlations: [CorrelationRecord], fits: [String: [String: GroupFitRecord]],
        pooled: [String: [String: Double]]
    ) {
        let ownCorrelations = correlations.filter { $0.kind == kind }
        let names = Set(ownCorrelations.flatMap { [$0.first, $0.second] } + dossiers.flatMap { $0.estimates.map(\.indicator) }).sorted()
        let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        var matrix = SquareMatrix(identity: names.count)
        for record in ownCorrelations {
            guard let row = places[record.first], let column = places[record.second], row != column else { continue }
            matrix[row, column] = record.correlation
            matrix[column, row] = record.correlation
        }
        indicators = names
        correlation = matrix
        directions = Dictionary(
            pipeline.indicators.map { ($0.id, $0.moreIsBetter ? .higherIsBetter : .lowerIsBetter) }, uniquingKeysWith: { first, _ in first })
        self.fits = fits
        self.pooled = pooled
    }

    /// The cadre's weights, in the order of `indicators`.
    func weights(of dossier: Dossier) -> [Double] {
        let weights = Dictionary(dossier.estimates.map { ($0.indicator, $0.weight) }, uniquingKeysWith: { first, _ in first })
        return indicators.map { weights[$0] ?? 0 }
    }

    /// The likelihood of an observation of the cadre, of the recorded one where none is given; `missing` where the indicator is not judged in the group.
    func term(_ indicator: String, of dossier: Dossier, value: Statistics.Observation?) throws(StatisticsError) -> LikelihoodTerm {
        guard let fit = fits[dossier.card.groupID]?[indicator], let location = fit.location, let spread = fit.spread, let direction = directions[indicator],
            dossier.estimates.contains(where: { $0.indicator == indicator && $0.isObserved })
        else { return .missing }
        return try LikelihoodTerm(
            value ?? observation(indicator, of: dossier), location: location, spread: spread, direction: direction, dispersion: fit.dispersion)
    }

    private func observation(_ indicator: String, of dossier: Dossier) -> Statistics.Observation? {
        guard let record = dossier.observations[indicator], record.exposure > 0, let value = record.judgedValue else { return nil }
        switch record.family {
        case "rate": return record.events.map { .count(events: $0, exposure: record.exposure) }
        case "share": return record.events.map { .share(events: $0, trials: record.exposure) }
        default:
            // As the analysis does, so that the posterior is that of the scorecard.
            return record.samplingVariance(pooled: pooled[record.groupID]?[indicator]).map { .mean(value: value, variance: $0) }
        }
    }

    /// The search for what the indicator would have to be; `nil` where it cannot change the composite.
    func trial(_ indicator: String, of dossier: Dossier, person: Int, place: Int) -> ClearingTrial? {
        guard let fit = fits[dossier.card.groupID]?[indicator], let location = fit.location, let spread = fit.spread, spread > 0,
            let direction = directions[indicator], weights(of: dossier)[place] > 0,
            dossier.estimates.contains(where: { $0.indicator == indicator && $0.isObserved }),
            let observed = observation(indicator, of: dossier)
        else { return nil }
        let isHigherBetter = direction == .higherIsBetter
        let bestLink = location + direction.rawValue * 4 * spread
        /// Whole events above, or below, what was counted.
        func whole(_ events: Double, limit: Double, _ make: @escaping (Double) -> Statistics.Observation) -> ClearingTrial? {
            let start = isHigherBetter ? events.rounded(.down) : events.rounded(.up)
            let steps = isHigherBetter ? limit.rounded(.up) - start : start
            guard steps >= 1 else { return nil }
            return ClearingTrial(person: person, place: place, low: 0, high: steps, isWhole: true) { step in
                step == 0 ? make(events) : make(isHigherBetter ? min(limit, start + step) : start - step)
            }
        }
        switch observed {
        case .count(let events, let exposure):
            return whole(events, limit: max(events, exposure * exp(bestLink))) { .count(events: $0, exposure: exposure) }
        case .share(let events, let trials):
            return whole(events, limit: trials) { .share(events: $0, trials: trials) }
        case .mean(let value, let variance):
            guard isHigherBetter ? bestLink > value : bestLink < value else { return nil }
            return ClearingTrial(person: person, place: place, low: value, high: bestLink, isWhole: false) { .mean(value: $0, variance: variance) }
        }
    }
}
