import Foundation
import Statistics
import Testing

@Suite("Pooled spreads") struct PooledSpreadsTests {
    enum Family: CaseIterable { case counts, shares, means }

    /// Groups whose σ is lognormal around a middle; each unit has little to tell.
    private static func world(_ family: Family, groups: Int, size: Int, seed: UInt64, middle: Double = 0.5, logDeviation: Double = 0.2) -> (
        observed: [[Observation?]], spreads: [Double]
    ) {
        var generator = SeededGenerator(seed: seed)
        var spreads: [Double] = []
        let observed = (0..<groups).map { _ -> [Observation?] in
            let spread = middle * exp(logDeviation * generator.normal())
            let location = 0.3 * generator.normal()
            spreads.append(spread)
            return (0..<size).map { _ in
                let eta = location + spread * generator.normal()
                switch family {
                case .counts: return .count(events: generator.poisson(3 * exp(eta)), exposure: 3)
                case .shares: return .share(events: generator.binomial(15, logistic(eta)), trials: 15)
                case .means: return .mean(value: eta + 0.4 * generator.normal(), variance: 0.16)
                }
            }
        }
        return (observed, spreads)
    }

    private static func pooled(_ groups: [[Observation?]]) throws -> (own: [RandomInterceptFit?], pooled: PooledSpreads) {
        let rule = try rule21.get()
        let own = try groups.map { try fitRandomIntercept($0, rule: rule) }
        return (own, try PooledSpreads(groups, own: own, dispersion: groups.map { _ in 1 }, rule: rule))
    }

    private static func meanSquare(_ fits: [RandomInterceptFit?], _ truth: [Double]) -> Double {
        zip(fits, truth).reduce(0) { $0 + pow(($1.0?.spread ?? 0) - $1.1, 2) } / Double(truth.count)
    }

    @Test("spreads are nearer the truth than from each group alone, most of all in small groups", arguments: Family.allCases, [30, 200])
    func recovery(family: Family, size: Int) throws {
        var (own, pooled) = (0.0, 0.0)
        var means: [Double] = []
        for seed in 1...6 {
            let world = Self.world(family, groups: 25, size: size, seed: UInt64(seed))
            let answer = try Self.pooled(world.observed)
            own += Self.meanSquare(answer.own, world.spreads)
            pooled += Self.meanSquare(answer.pooled.fits, world.spreads)
            means.append(try #require(answer.pooled.prior).logMean)
        }
        #expect(pooled < (size == 30 ? 0.6 : 0.9) * own)
        let mean = means.reduce(0, +) / Double(means.count)
        #expect(abs(mean - log(0.5)) < (size == 30 ? 0.12 : 0.06), "mean of log σ: \(mean)")
    }

    @Test("a group of 0 by chance gets a spread from the others; a large group keeps its own", arguments: Family.allCases)
    func borrowing(family: Family) throws {
        let world = Self.world(family, groups: 20, size: 30, seed: 11)
        var groups = world.observed
        groups.append(Self.world(family, groups: 1, size: 4000, seed: 12, middle: 1.1, logDeviation: 0).observed[0])
        let (own, pooled) = try Self.pooled(groups)
        #expect(pooled.fits.allSatisfy { ($0?.spread ?? 0) > 0.05 })
        let (alone, drawn) = (try #require(own[20]).spread, try #require(pooled.fits[20]).spread)
        #expect(abs(drawn / alone - 1) < 0.06)
        // Drawn between its own and what is common, never beyond.
        let common = exp(try #require(pooled.prior).logMean)
        for (mine, shared) in zip(own, pooled.fits) {
            guard let mine = mine?.spread, let shared = shared?.spread, mine > 0 else { continue }
            #expect(min(mine, common) * 0.97 <= shared && shared <= max(mine, common) * 1.03)
        }
    }

    @Test("where peers differ nowhere, pooling makes no more of it than the groups do alone", arguments: Family.allCases)
    func nothing(family: Family) throws {
        var generator = SeededGenerator(seed: 5)
        let groups = (0..<12).map { _ in
            (0..<400).map { _ -> Observation? in
                switch family {
                case .counts: .count(events: generator.poisson(3), exposure: 3)
                case .shares: .share(events: generator.binomial(15, 0.5), trials: 15)
                case .means: .mean(value: 0.4 * generator.normal(), variance: 0.16)
                }
            }
        }
        let (own, pooled) = try Self.pooled(groups)
        let nothing = groups.map { _ in 0.0 }
        #expect(Self.meanSquare(pooled.fits, nothing) <= max(1.2 * Self.meanSquare(own, nothing), 0.01))
    }

    @Test("too few groups, groups without an event and groups that were not fitted keep what they have")
    func leftOut() throws {
        let world = Self.world(.counts, groups: 4, size: 40, seed: 3)
        let two = try Self.pooled(Array(world.observed.prefix(2)))
        #expect(two.pooled.reason == .fewGroups && two.pooled.fits == two.own)
        let silent = [Observation?](repeating: .count(events: 0, exposure: 2), count: 40)
        let (own, pooled) = try Self.pooled(world.observed + [silent, []])
        #expect(pooled.prior != nil)
        #expect(pooled.fits[4] == own[4] && pooled.fits[4]?.place == .allAtOneEnd && pooled.fits[5] == nil)
        let still = try Self.pooled((0..<5).map { _ in [Observation?](repeating: .mean(value: 70, variance: 4), count: 20) })
        #expect(still.pooled.reason == .noSpread && still.pooled.fits.allSatisfy { $0?.spread == 0 })
    }

    @Test("the order of the groups changes no bit")
    func order() throws {
        let groups = Self.world(.shares, groups: 9, size: 30, seed: 8).observed
        let (forward, backward) = (try Self.pooled(groups).pooled, try Self.pooled(groups.reversed()).pooled)
        #expect(forward.fits == backward.fits.reversed() && forward.prior == backward.prior)
    }

    @Test("lists of unequal lengths are refused")
    func lengths() throws {
        let rule = try rule21.get()
        #expect(throws: StatisticsError.self) { try PooledSpreads([[], []], own: [nil], dispersion: [1, 1], rule: rule) }
        #expect(throws: StatisticsError.self) { try PooledSpreads([[], []], own: [nil, nil], dispersion: [1], rule: rule) }
    }
}
