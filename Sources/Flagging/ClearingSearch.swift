import Statistics
import Warehouse

/// What one indicator alone would have to be for a flag not to stand.
///
/// The posterior of the cadre is computed anew for each trial value, everybody else and the peers' hyper-parameters unchanged. Events change by whole ones,
/// means continuously; neither beyond what a peer four standard deviations better than the mean is expected to show, which nobody can be asked for.
/// The search halves the range between the observed value and the best one. All trials of some cadres of a scheme are computed together, step by step;
/// no cadre's answer depends on who the others are, so that threads may search for some each.
struct ClearingSearch {
    /// Searched for together: their first trials are about a block of posteriors.
    static let size = 64

    /// A cadre whose flag is to be cleared.
    struct Person {
        let dossier: Dossier
        /// The flag does not stand where the probability of concern is under this.
        let line: Double
    }

    struct Outcome {
        /// By cadre and indicator, in the unit of the observed value.
        var clearedAt: [String: [String: Double]] = [:]
        /// Cadres whose scorecard could not be reproduced from fits and observations; nothing is said of what would clear them.
        var notReproduced: [String] = []
    }

    private let model: PeerPosterior
    private let people: [Person]
    /// K per person.
    private let judgements: [[PeerPosterior.Judgement?]]
    /// K terms per person: those of the scorecard.
    private var terms: [[LikelihoodTerm]] = []
    /// K weights per person: every trial of hundreds asks for them.
    private let weights: [[Double]]

    init(_ people: [Person], model: PeerPosterior) throws(StatisticsError) {
        self.people = people
        self.model = model
        weights = people.map { model.weights(of: $0.dossier) }
        judgements = people.map { model.judgements(of: $0.dossier) }
        for own in judgements {
            var unit: [LikelihoodTerm] = []
            for judgement in own { unit.append(try judgement?.term() ?? .missing) }
            terms.append(unit)
        }
    }

    func run() throws(StatisticsError) -> Outcome {
        var outcome = Outcome()
        let baseline = try concerns(people.indices.map { ($0, 0, nil) })
        var trials: [ClearingTrial] = []
        for (index, person) in people.enumerated() {
            guard (baseline[index] - person.dossier.card.concern).magnitude <= 1e-5 else {
                outcome.notReproduced.append(person.dossier.card.cadreID)
                continue
            }
            for place in model.indicators.indices {
                guard let judgement = judgements[index][place],
                    let trial = ClearingTrial(judgement, weight: weights[index][place], person: index, place: place)
                else { continue }
                trials.append(trial)
            }
        }
        let best = try concerns(trials.map { ($0.person, $0.place, $0.observation(at: $0.high)) })
        trials = zip(trials, best).filter { $0.1 < people[$0.0.person].line }.map(\.0)
        while true {
            let open = trials.indices.filter { !trials[$0].isDone }
            guard !open.isEmpty else { break }
            let found = try concerns(open.map { (trials[$0].person, trials[$0].place, trials[$0].observation(at: trials[$0].middle)) })
            for (index, concern) in zip(open, found) { trials[index].halve(clears: concern < people[trials[index].person].line) }
        }
        for trial in trials {
            outcome.clearedAt[people[trial.person].dossier.card.cadreID, default: [:]][model.indicators[trial.place]] = trial.value
        }
        return outcome
    }

    /// The probability of concern of each person with one observation replaced, or none.
    private func concerns(_ changes: [(person: Int, place: Int, observation: Statistics.Observation?)]) throws(StatisticsError) -> [Double] {
        guard !changes.isEmpty else { return [] }
        var units = UnitTerms(dimension: model.indicators.count)
        units.reserveCapacity(changes.count)
        for change in changes {
            var unit = terms[change.person]
            if let observation = change.observation, let judgement = judgements[change.person][change.place] {
                unit[change.place] = try judgement.term(of: observation)
            }
            try units.append(unit)
        }
        let posteriors = try JointPosteriors(units, correlation: model.correlation)
        return changes.enumerated().map { index, change in
            posteriors.composite(of: index, weights: weights[change.person]).probability(below: people[change.person].dossier.card.line)
        }
    }
}
