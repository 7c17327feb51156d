/// A mean over worlds with its standard error.
public struct Estimate: Hashable, Sendable {
    public let mean: Double
    /// Of the mean; 0 for one value.
    public let standardError: Double

    /// Of some values; 0 ± 0 of none.
    init(_ values: [Double]) {
        let count = Double(values.count)
        let mean = count > 0 ? values.reduce(0, +) / count : 0
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        self.mean = mean
        standardError = count > 1 ? (squares / (count - 1) / count).squareRoot() : 0
    }

    init(mean: Double, standardError: Double) {
        self.mean = mean
        self.standardError = standardError
    }
}

/// What a way of flagging did over the worlds of a scenario.
public struct FlaggingSummary: Hashable, Sendable {
    /// The false share, mean over worlds.
    public let falseShare: Estimate
    /// All wrong names over all names.
    public let pooledFalseShare: Double
    /// Mean over worlds.
    public let recall: Estimate
    /// People named per world.
    public let flagged: Double

    init(_ tallies: [Tally]) {
        falseShare = Estimate(tallies.map(\.falseShare))
        let flagged = tallies.reduce(0) { $0 + $1.flagged }
        pooledFalseShare = flagged > 0 ? Double(tallies.reduce(0) { $0 + $1.wrong }) / Double(flagged) : 0
        recall = Estimate(tallies.map(\.recall))
        self.flagged = tallies.isEmpty ? 0 : Double(flagged) / Double(tallies.count)
    }
}

/// The model at one promised rate, beside the oracle.
public struct PromiseSummary: Hashable, Sendable {
    public let promised: Double
    public let model: FlaggingSummary
    public let oracle: FlaggingSummary
    /// All that the model found over all that the oracle found, with the standard error of this ratio of sums over worlds.
    public let recallRatio: Estimate

    init(promised: Double, model: [Tally], oracle: [Tally]) {
        self.promised = promised
        self.model = FlaggingSummary(model)
        self.oracle = FlaggingSummary(oracle)
        let (found, best) = (model.reduce(0) { $0 + $1.found }, oracle.reduce(0) { $0 + $1.found })
        let ratio = best > 0 ? Double(found) / Double(best) : 1
        let residuals = zip(model, oracle).map { Double($0.found) - ratio * Double($1.found) }
        let scale = best > 0 ? Double(model.count) / Double(best) : 0
        recallRatio = Estimate(mean: ratio, standardError: Estimate(residuals).standardError * scale)
    }
}

/// All worlds of a scenario.
public struct ScenarioSummary: Sendable {
    public let scenario: Scenario
    public let worlds: Int
    /// Worlds beside these that the model could not compute.
    public let failures: [FailedWorld]
    /// The share of people of concern, mean over worlds.
    public let ofConcern: Double
    /// One per promised rate.
    public let promises: [PromiseSummary]
    /// One per naive rule.
    public let naive: [FlaggingSummary]
    let results: [WorldResult]

    init(_ scenario: Scenario, _ results: [WorldResult], failures: [FailedWorld] = []) {
        self.failures = failures
        self.scenario = scenario
        self.results = results
        worlds = results.count
        let people = results.reduce(0) { $0 + $1.recovery.people }
        ofConcern = people > 0 ? Double(results.reduce(0) { $0 + $1.model[0].ofConcern }) / Double(people) : 0
        promises = promisedRates.enumerated().map { place, rate in
            PromiseSummary(promised: rate, model: results.map { $0.model[place] }, oracle: results.map { $0.oracle[place] })
        }
        naive = NaiveRule.allCases.indices.map { rule in FlaggingSummary(results.map { $0.naive[rule] }) }
    }

    /// The share of cells of a kind that a check raises, over all worlds; `nil` without such cells.
    func share(_ raised: (Checks) -> Int, of all: (Checks) -> Int) -> Double? {
        let count = results.reduce(0) { $0 + all($1.checks) }
        return count > 0 ? Double(results.reduce(0) { $0 + raised($1.checks) }) / Double(count) : nil
    }
}
