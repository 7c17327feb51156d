import Foundation
import Statistics
import Testing

@Suite struct DispersionTests {
    @Test("nothing to be seen gives 1")
    func nothing() throws {
        var dispersion = Dispersion()
        #expect(dispersion.phi == 1)
        try dispersion.addCounts([])
        try dispersion.addCounts([(0, 1), (0, 1)])
        try dispersion.addCounts([(9, 1)])
        try dispersion.addCounts([(9, 1), (0, 0)])
        try dispersion.addShares([(1, 1)])
        try dispersion.addShares([(0, 0), (0, 0)])
        try dispersion.addShares([(3, 3), (2, 2)])
        #expect(dispersion.phi == 1)
    }

    @Test("a unit by hand")
    func byHand() throws {
        var dispersion = Dispersion()
        // Rate 2 a month: residuals −2, 2, 0; each has variance 2 · (1 − 1/3).
        try dispersion.addCounts([(0, 1), (4, 1), (2, 1)])
        #expect(abs(dispersion.observed - 8) < 1e-12 && abs(dispersion.expected - 4) < 1e-12)
        #expect(abs(dispersion.phi - 2) < 1e-12)
    }

    @Test("less variation than chance is still 1, wrong arguments are told and change nothing")
    func floor() throws {
        var dispersion = Dispersion()
        try dispersion.addCounts([(2, 1), (2, 1), (2, 1)])
        #expect(dispersion.phi == 1)
        let before = dispersion
        #expect(throws: StatisticsError.self) { try dispersion.addCounts([(2, 1), (1, 0)]) }
        #expect(throws: StatisticsError.self) { try dispersion.addShares([(2, 1)]) }
        #expect(dispersion == before)
    }

    /// Incidents of geometric size with mean 2 have φ = E[size²] / E[size] = 3, as in the trial worlds.
    @Test("chance has φ = 1 and clusters of geometric size have φ = 3, whatever the exposures")
    func clusters() throws {
        var generator = SeededGenerator(seed: 21)
        var (plain, clustered, shares) = (Dispersion(), Dispersion(), Dispersion())
        for _ in 0..<4000 {
            let rate = exp(-1 + 0.5 * generator.normal())
            var (single, incidents, trials): ([(events: Double, exposure: Double)], [(events: Double, exposure: Double)], [(events: Double, trials: Double)])
            (single, incidents, trials) = ([], [], [])
            for _ in 0..<12 {
                let exposure = 0.2 + generator.uniform()
                single.append((generator.poisson(rate * exposure), exposure))
                var events = 0.0
                for _ in 0..<Int(generator.poisson(rate * exposure / 2)) {
                    events += 1
                    while generator.uniform() < 0.5 { events += 1 }
                }
                incidents.append((events, exposure))
                let size = Int(generator.next() % 4)
                trials.append((generator.binomial(size, logistic(rate)), Double(size)))
            }
            try plain.addCounts(single)
            try clustered.addCounts(incidents)
            try shares.addShares(trials)
        }
        #expect(abs(plain.observed / plain.expected - 1) < 0.03)
        #expect(abs(shares.observed / shares.expected - 1) < 0.03)
        #expect(abs(clustered.phi - 3) < 0.15)
        var merged = plain
        merged.merge(clustered)
        #expect(merged.observed == plain.observed + clustered.observed && merged.phi > plain.phi && merged.phi < clustered.phi)
    }
}
