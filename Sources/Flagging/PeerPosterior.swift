import PipelineModel
import Statistics
import Warehouse

/// The hyper-parameters of one scheme as the analysis left them: what it takes to compute a cadre's posterior anew.
struct PeerPosterior {
    let kind: KindOfBody
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
        self.kind = kind
        indicators = names
        correlation = matrix
        directions = Dictionary(
            pipeline.indicators.map { ($0.id, $0.moreIsBetter ? .higherIsBetter : .lowerIsBetter) }, uniquingKeysWith: { first, _ in first })
        self.fits = fits
        self.pooled = pooled
    }

    /// What the search needs of one cadre and indicator, looked up once: it asks thousands of times.
    struct Judgement {
        let location: Double
        let spread: Double
        let dispersion: Double
        let direction: Direction
        /// As recorded; `nil` where nothing was.
        let observation: Statistics.Observation?

        /// The likelihood of an observation of the cadre, of the recorded one where none is given.
        func term(of value: Statistics.Observation? = nil) throws(StatisticsError) -> LikelihoodTerm {
            try LikelihoodTerm(value ?? observation, location: location, spread: spread, direction: direction, dispersion: dispersion)
        }
    }

    /// The cadre's weights, in the order of `indicators`.
    func weights(of dossier: Dossier) -> [Double] {
        let weights = Dictionary(dossier.estimates.map { ($0.indicator, $0.weight) }, uniquingKeysWith: { first, _ in first })
        return indicators.map { weights[$0] ?? 0 }
    }

    /// How the cadre is judged on each of `indicators`; `nil` where the indicator is not judged in the group, or says nothing of the cadre.
    func judgements(of dossier: Dossier) -> [Judgement?] {
        let own = fits[dossier.card.groupID]
        return indicators.map { indicator in
            guard let fit = own?[indicator], let location = fit.location, let spread = fit.spread, let direction = directions[indicator],
                dossier.estimates.contains(where: { $0.indicator == indicator && $0.isObserved })
            else { return nil }
            return Judgement(
                location: location, spread: spread, dispersion: fit.dispersion, direction: direction, observation: observation(indicator, of: dossier))
        }
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
}
