import Foundation
import PipelineModel
import Statistics
import Warehouse

/// What one indicator alone would have to be for a flag not to stand.
///
/// The posterior of the cadre is computed anew for each trial value, everybody else and the peers' hyper-parameters unchanged. Events change by whole ones,
/// means continuously; neither beyond what a peer four standard deviations better than the mean is expected to show, which nobody can be asked for.
/// The search halves the range between the observed value and the best one. All trials of all cadres of a scheme are computed together, step by step.
struct ClearingSearch {
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
    /// K terms per person: those of the scorecard.
    private var terms: [[LikelihoodTerm]] = []
    /// K weights per person: every trial of hundreds asks for them.
    private let weights: [[Double]]
    private let threads: Int

    init(_ people: [Person], model: PeerPosterior, threads: Int) throws(StatisticsError) {
        self.people = people
        self.model = model
        self.threads = threads
        weights = people.map { model.weights(of: $0.dossier) }
        for person in people {
            var unit: [LikelihoodTerm] = []
            for indicator in model.indicators {
                unit.append(try model.term(indicator, of: person.dossier, value: nil))
            }
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
                if let trial = model.trial(model.indicators[place], of: person.dossier, person: index, place: place) { trials.append(trial) }
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
            if let observation = change.observation {
                unit[change.place] = try model.term(model.indicators[change.place], of: people[change.person].dossier, value: observation)
            }
            try units.append(unit)
        }
        let posteriors = try JointPosteriors(units, correlation: model.correlation, threads: threads)
        return changes.enumerated().map { index, change in
            posteriors.composite(of: index, weights: weights[change.person]).probability(below: people[change.person].dossier.card.line)
        }
    }
}

/// The search for one person and indicator: between a step that does not clear and one that does.
struct ClearingTrial {
    let person: Int
    let place: Int
    /// Does not clear the flag.
    private(set) var low: Double
    /// Clears it.
    private(set) var high: Double
    /// Whether a step is a whole event.
    private let isWhole: Bool
    private let make: (Double) -> Statistics.Observation?

    init(person: Int, place: Int, low: Double, high: Double, isWhole: Bool, make: @escaping (Double) -> Statistics.Observation?) {
        (self.person, self.place, self.low, self.high, self.isWhole, self.make) = (person, place, low, high, isWhole, make)
    }

    var isDone: Bool { isWhole ? high - low <= 1 : (high - low).magnitude <= 1e-9 * max(1, high.magnitude) }

    var middle: Double { isWhole ? ((low + high) / 2).rounded(.down) : (low + high) / 2 }

    mutating func halve(clears: Bool) {
        if clears { high = middle } else { low = middle }
    }

    func observation(at step: Double) -> Statistics.Observation? { make(step) }

    /// Events per exposure, or the mean, at the smallest change that clears.
    var value: Double? {
        switch make(high) {
        case .count(let events, let exposure): events / exposure
        case .share(let events, let trials): events / trials
        case .mean(let value, _): value
        case nil: nil
        }
    }
}
