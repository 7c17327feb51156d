import Foundation
import Statistics

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

    /// The search for what an indicator would have to be; `nil` where it cannot change the composite.
    ///
    /// - Parameters:
    ///   - judgement: How the person is judged on it.
    ///   - weight: Of the indicator in the composite.
    init?(_ judgement: PeerPosterior.Judgement, weight: Double, person: Int, place: Int) {
        guard judgement.spread > 0, weight > 0, let observed = judgement.observation else { return nil }
        let isHigherBetter = judgement.direction == .higherIsBetter
        let bestLink = judgement.location + judgement.direction.rawValue * 4 * judgement.spread
        /// Whole events above, or below, what was counted.
        func whole(_ events: Double, limit: Double, _ make: @escaping (Double) -> Statistics.Observation) -> ClearingTrial? {
            let start = isHigherBetter ? events.rounded(.down) : events.rounded(.up)
            let steps = isHigherBetter ? limit.rounded(.up) - start : start
            guard steps >= 1 else { return nil }
            return ClearingTrial(person: person, place: place, low: 0, high: steps, isWhole: true) { step in
                step == 0 ? make(events) : make(isHigherBetter ? min(limit, start + step) : start - step)
            }
        }
        let trial: ClearingTrial?
        switch observed {
        case .count(let events, let exposure):
            trial = whole(events, limit: max(events, exposure * exp(bestLink))) { .count(events: $0, exposure: exposure) }
        case .share(let events, let trials):
            trial = whole(events, limit: trials) { .share(events: $0, trials: trials) }
        case .mean(let value, let variance):
            guard isHigherBetter ? bestLink > value : bestLink < value else { return nil }
            trial = ClearingTrial(person: person, place: place, low: value, high: bestLink, isWhole: false) { .mean(value: $0, variance: variance) }
        }
        guard let trial else { return nil }
        self = trial
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
