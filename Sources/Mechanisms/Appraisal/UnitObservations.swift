import PipelineModel
import Statistics

/// What was observed of the units of one kind on one measure of the contest. One entry per unit in each list.
struct UnitObservations: Sendable {
    private(set) var observations: [Observation?] = []
    /// `nil` for a mean.
    private(set) var events: [Int?] = []
    private(set) var trials: [Int] = []
    private(set) var values: [Double?] = []
    /// φ of the units' months; 1 for a mean, and where nothing can be seen.
    private(set) var dispersion = 1.0

    init(_ contest: ContestMeasure, units: [String], sums: ContestSums) {
        switch contest.observation {
        case .share(let events, let trials): readShares(events, trials, units, sums)
        case .mean(let values): readMeans(values, units, sums)
        }
    }

    private mutating func readShares(_ eventsName: String, _ trialsName: String, _ units: [String], _ sums: ContestSums) {
        var jumps = Dispersion()
        for unit in units {
            let (count, of) = (sums.total(eventsName, unit).count, sums.total(trialsName, unit).count)
            events.append(count)
            trials.append(of)
            values.append(of > 0 ? Double(count) / Double(of) : nil)
            // More events than trials cannot be, and says nothing.
            observations.append(of > 0 && count <= of ? .share(events: Double(count), trials: Double(of)) : nil)
            let counted = Dictionary(sums.months(eventsName, unit).map { ($0.month, $0.sums.count) }, uniquingKeysWith: { first, _ in first })
            let months = sums.months(trialsName, unit).map { (events: Double(counted[$0.month] ?? 0), trials: Double($0.sums.count)) }
            try? jumps.addShares(months)
        }
        dispersion = jumps.phi
    }

    private mutating func readMeans(_ name: String, _ units: [String], _ sums: ContestSums) {
        let scale = sums.scale(of: name)
        let moments = units.map { unit in
            let total = sums.total(name, unit)
            return Moments(count: total.count, sum: total.sum, sumOfSquares: total.squares)
        }
        // Of single values about their unit's mean, pooled: a unit with two values that happen to agree is not certain.
        let freedom = moments.reduce(0) { $0 + max(0, $1.count - 1) }
        let squares = moments.reduce(0.0) { $0 + ($1.variance ?? 0) * Double(max(0, $1.count - 1)) }
        let pooled = freedom > 0 && squares > 0 ? squares / Double(freedom) / (scale * scale) : nil
        for own in moments {
            events.append(nil)
            trials.append(own.count)
            values.append(own.mean.map { $0 / scale })
            observations.append(
                own.mean.flatMap { mean in pooled.map { .mean(value: mean / scale, variance: $0 / Double(own.count)) } })
        }
    }
}
