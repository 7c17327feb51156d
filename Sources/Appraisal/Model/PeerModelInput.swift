public import Statistics

/// One scheme's people on the scheme's K indicators, person by person.
public struct PeerModelInput: Sendable {
    /// K: whether more or less of each indicator is better.
    public var directions: [Direction]
    /// K weights of the composite, none negative, which sum to 1.
    public var weights: [Double]
    /// N: each person's peer group, 0..<`groups`.
    public var group: [Int]
    /// How many peer groups there are; one may be empty.
    public var groups: Int
    /// N × K, `observations[person * K + indicator]`; `nil` where missing, which is not zero. Within a group and indicator all of one family;
    /// means have a variance over 0, unless all of them are equal.
    public var observations: [Observation?]
    /// groups × K, `dispersion[group * K + indicator]`: φ ≥ 1.
    public var dispersion: [Double]
    /// The share of the population that a fair observer would be concerned about, over 0 and under one half.
    public var concernShare: Double
    /// At least 1; changes the time, and no bit of the answer.
    public var threads: Int

    /// An input with these values; `PeerModel` checks them.
    public init(
        directions: [Direction], weights: [Double], group: [Int], groups: Int, observations: [Observation?], dispersion: [Double],
        concernShare: Double = 0.10, threads: Int = 1
    ) {
        self.directions = directions
        self.weights = weights
        self.group = group
        self.groups = groups
        self.observations = observations
        self.dispersion = dispersion
        self.concernShare = concernShare
        self.threads = threads
    }

    /// K.
    var indicators: Int { directions.count }

    /// Checks shapes, groups, weights, dispersions and the share; observations are checked where they are used.
    func validate() throws(StatisticsError) {
        func expect(_ found: Int, _ expected: Int, _ parameter: String) throws(StatisticsError) {
            guard found == expected else { throw .unequalCounts(parameter: parameter, expected: expected, found: found) }
        }
        try expect(weights.count, indicators, "weights")
        try expect(observations.count, group.count * indicators, "observations")
        try expect(dispersion.count, groups * indicators, "dispersion")
        for number in group where !(0..<groups).contains(number) { throw .outsideDomain(parameter: "group", value: Double(number)) }
        for phi in dispersion where !(phi >= 1 && phi < .infinity) { throw .outsideDomain(parameter: "dispersion", value: phi) }
        for weight in weights where !(weight >= 0) { throw .outsideDomain(parameter: "weights", value: weight) }
        let sum = weights.reduce(0, +)
        guard weights.isEmpty || (sum - 1).magnitude <= 1e-9 else { throw .outsideDomain(parameter: "weights", value: sum) }
        guard concernShare > 0, concernShare < 0.5 else { throw .outsideDomain(parameter: "concernShare", value: concernShare) }
    }
}
