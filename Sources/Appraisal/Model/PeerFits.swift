import Statistics
import Warehouse

/// μ and σ of every group on every indicator: each group alone first, then with σ pooled over the groups of an indicator.
struct PeerFits {
    private let input: PeerModelInput
    /// groups × K: what was observed of the members of each group on each indicator.
    private let observations: [[Observation?]]
    private let rules: QuadratureRules

    /// - Throws: `StatisticsError.notConverged` where the quadratures' nodes cannot be computed.
    init(_ input: PeerModelInput) throws(StatisticsError) {
        var sizes = [Int](repeating: 0, count: input.groups)
        for group in input.group { sizes[group] += 1 }
        var observations = [[Observation?]](repeating: [], count: input.groups * input.indicators)
        for place in observations.indices { observations[place].reserveCapacity(sizes[place / input.indicators]) }
        for (person, group) in input.group.enumerated() {
            for indicator in 0..<input.indicators {
                observations[group * input.indicators + indicator].append(input.observations[person * input.indicators + indicator])
            }
        }
        (self.input, self.observations, rules) = (input, observations, try QuadratureRules())
    }

    /// The fits, groups × K, and the indicators whose spreads could not be pooled although there are groups enough: there each group's own fit stands.
    ///
    /// - Throws: `StatisticsError.outsideDomain` for observations that no fit may be asked about.
    func fitted() throws(StatisticsError) -> (fits: [PeerFit], unpooled: Set<Int>) {
        let own = try concurrently(input.groups * input.indicators) { place throws(StatisticsError) in
            try PeerFit.own(observations[place], dispersion: input.dispersion[place], rules: rules)
        }
        let pooled = try concurrently(input.indicators) { indicator throws(StatisticsError) in
            try pool(own.map(\.1), indicator: indicator)
        }
        let fits = try concurrently(own.count) { place throws(StatisticsError) in
            let (group, indicator) = place.quotientAndRemainder(dividingBy: input.indicators)
            var fit = own[place].0
            if let drawn = pooled[indicator].fits[group] { fit.set(drawn) }
            try fit.check(observations[place], direction: input.directions[indicator], dispersion: input.dispersion[place], rules: rules)
            return fit
        }
        return (fits, Set(pooled.indices.filter { pooled[$0].reason == .notSettled }))
    }

    private func pool(_ own: [RandomInterceptFit?], indicator: Int) throws(StatisticsError) -> PooledSpreads {
        let places = (0..<input.groups).map { $0 * input.indicators + indicator }
        return try PooledSpreads(
            places.map { observations[$0] }, own: places.map { own[$0] }, dispersion: places.map { input.dispersion[$0] }, rule: rules.fit)
    }

    private func concurrently<Answer: Sendable>(
        _ count: Int, _ body: @Sendable (Int) throws(StatisticsError) -> Answer
    ) throws(StatisticsError) -> [Answer] {
        let results = concurrentMap(count, threads: input.threads) { place -> Result<Answer, StatisticsError> in
            Result { () throws(StatisticsError) in try body(place) }
        }
        var answers: [Answer] = []
        answers.reserveCapacity(count)
        for result in results { answers.append(try result.get()) }
        return answers
    }
}
