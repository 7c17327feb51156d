import Foundation
import Statistics
import Testing

/// Numbers that others published, to the digits they printed.
@Suite struct PublishedNumberTests {
    /// Ten studies of Viechtbauer 2005, Journal of Educational and Behavioral Statistics 30:261.
    @Test("between-group variance of Viechtbauer 2005")
    func viechtbauer() throws {
        let sample = try MetaSample(
            values: [-0.581, 0.530, 0.771, 1.031, 0.553, 0.295, 0.078, 0.573, -0.176, -0.232],
            variances: [0.023, 0.052, 0.060, 0.115, 0.095, 0.203, 0.200, 0.211, 0.051, 0.040])
        #expect(abs(sample.tauSquaredDerSimonianLaird - 0.276778) < 5e-7)
        #expect(abs(try sample.tauSquaredREML() - 0.223225) < 5e-7)
    }

    /// Colditz et al. 1994, Journal of the American Medical Association 271:698.
    @Test("13 trials of BCG vaccine")
    func bcg() throws {
        let trials: [(Double, Double, Double, Double)] = [
            (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619), (33, 5036, 47, 5761), (180, 1361, 372, 1079),
            (8, 2537, 10, 619), (505, 87886, 499, 87892), (29, 7470, 45, 7232), (17, 1699, 65, 1600), (186, 50448, 141, 27197), (5, 2493, 3, 2338),
            (27, 16886, 29, 17825),
        ]
        let sample = try MetaSample(
            values: trials.map { log(($0.0 / ($0.0 + $0.1)) / ($0.2 / ($0.2 + $0.3))) },
            variances: trials.map { 1 / $0.0 - 1 / ($0.0 + $0.1) + 1 / $0.2 - 1 / ($0.2 + $0.3) })
        #expect(abs(sample.values[0] + 0.8893) < 5e-5 && abs(sample.variances[0] - 0.3256) < 5e-5)
        #expect(abs(sample.q - 152.23301) < 5e-6)
        let tauSquared = sample.tauSquaredDerSimonianLaird
        #expect(abs(tauSquared - 0.3088) < 5e-5)
        let pooled = try sample.pooled(tauSquared: tauSquared, level: 0.95)
        #expect(abs(exp(pooled.estimate) - 0.4896) < 5e-5)
        #expect(abs(exp(pooled.interval.lower) - 0.3449) < 5e-5 && abs(exp(pooled.interval.upper) - 0.6950) < 5e-5)
    }

    /// Exact limits of observed over expected; poisson_limits.csv of the project's verification tables, which names no publication.
    @Test(
        "exact Poisson funnel limits",
        arguments: [
            (15, 0.5596924, 1.649348, 0.3862650, 2.082907), (20, 0.6108260, 1.544419, 0.4479107, 1.902094),
            (30, 0.6746958, 1.427562, 0.5289724, 1.702771),
        ])
    func poisson(expected: Double, lower95: Double, upper95: Double, lower998: Double, upper998: Double) throws {
        let (inner, outer) = (try ratioFunnel(expected: expected, level: 0.95), try ratioFunnel(expected: expected, level: 0.998))
        #expect(abs(inner.lower - lower95) < 5e-8 && abs(inner.upper - upper95) < 5e-7)
        #expect(abs(outer.lower - lower998) < 5e-8 && abs(outer.upper - upper998) < 5e-7)
    }

    /// byar_wilson.csv of the project's verification tables, which names no publication.
    @Test("Byar's limits", arguments: [(65, 50.16318771, 82.84913855, 5e-9), (1, 0.013072133, 5.563755582, 5e-10)])
    func byar(count: Double, lower: Double, upper: Double, digits: Double) throws {
        let limits = try byarLimits(count: count, level: 0.95)
        #expect(abs(limits.lower - lower) < digits && abs(limits.upper - upper) < digits)
    }

    /// The method of Spiegelhalter 2005, Quality and Safety in Health Care 14:347; overdispersion.csv of the project's verification tables.
    @Test("φ and τ², winsorised, and adjusted z")
    func overdispersion() throws {
        let rows: [(Double, Double, Double)] = [
            (100, 108, -0.497628), (150, 112, 2.088310), (180, 165, 0.631697), (80, 95, -1.056702), (120, 100, 1.238422), (225, 220, 0.167040),
        ]
        let deviations = try rows.map { try Deviation(observed: $0.0, expected: $0.1) }
        let found = try Overdispersion(deviations)
        #expect(abs(found.phi - 2.3271783) < 5e-8)
        #expect(abs(found.tauSquared - 0.00343978) < 5e-9)
        for (deviation, row) in zip(deviations, rows) { #expect(abs(deviation.z(tauSquared: found.tauSquared) - row.2) < 5e-7) }
    }

    /// beta_binomial.csv of the project's verification tables.
    @Test(
        "posterior means under a fitted beta prior", arguments: [(66, 182, 0.3231651), (1, 5, 0.1983261), (3, 12, 0.2071305), (5, 40, 0.1681512)])
    func betaBinomial(events: Double, trials: Double, mean: Double) throws {
        let posterior = try BetaDistribution(alpha: 11.39115, beta: 46.0875).posterior(events: events, trials: trials)
        #expect(abs(posterior.mean - mean) < 5e-8)
    }

    /// fairness.csv of the project's verification tables: error rates of two groups, low over high.
    @Test(
        "error-rate ratios of two groups",
        arguments: [("FNR", 1, 2, 1, 3, 1.5), ("FPR", 2, 3, 1, 2, 4.0 / 3), ("FDR", 2, 3, 1, 3, 2), ("FOR", 1, 2, 1, 2, 1)]
            as [(String, Double, Double, Double, Double, Double)])
    func fairness(name: String, events: Double, trials: Double, otherEvents: Double, otherTrials: Double, expected: Double) throws {
        let result = try RatioOfShares(events: events, trials: trials, otherEvents: otherEvents, otherTrials: otherTrials, level: 0.95)
        guard case .estimated(let ratio?, let interval) = result else {
            Issue.record("no ratio for \(name)")
            return
        }
        #expect(abs(ratio - expected) < 1e-12)
        #expect(interval.lower < expected && expected < interval.upper)
    }

    /// Efron & Morris 1975, Journal of the American Statistical Association 70:311: 18 batting averages after 45 at-bats.
    @Test("shrinkage of batting averages")
    func jamesStein() throws {
        let hits: [Double] = [18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7]
        let shrunk = [
            0.294, 0.289, 0.285, 0.280, 0.275, 0.275, 0.270, 0.266, 0.261, 0.261, 0.256, 0.256, 0.256, 0.256, 0.256, 0.252, 0.247, 0.242,
        ]
        let averages = hits.map { $0 / 45 }
        let mean = averages.reduce(0, +) / 18
        let q = try MetaSample(values: averages, variances: averages.map { _ in mean * (1 - mean) / 45 }).q
        let factor = 1 - 15 / q
        #expect(abs(mean - 0.265) < 5e-4 && abs(factor - 0.2116534) < 5e-8)
        for (average, expected) in zip(averages, shrunk) { #expect(abs(mean + factor * (average - mean) - expected) < 6e-4) }
    }

    /// Koopman 1984, Biometrics 40:513, his example: 36 of 40 against 16 of 80.
    @Test("Koopman's interval of a ratio")
    func koopman() throws {
        let result = try RatioOfShares(events: 36, trials: 40, otherEvents: 16, otherTrials: 80, level: 0.95)
        guard case .estimated(let ratio?, let interval) = result else {
            Issue.record("no ratio")
            return
        }
        #expect(abs(ratio - 4.5) < 1e-12)
        #expect(abs(interval.lower - 2.94) < 5e-3 && abs(interval.upper - 7.15) < 5e-3)
    }
}
