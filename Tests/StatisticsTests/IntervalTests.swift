import Statistics
import Testing

@Suite struct IntervalTests {
    /// The check values that Wichura 1988 gives for PPND16; then the usual points of the tables.
    @Test(
        "normal quantiles",
        arguments: [
            (0.25, -0.6744897501960817), (0.001, -3.090232306167814), (1e-20, -9.262340089798408), (0.5, 0), (0.975, 1.959963984540054),
            (0.999, 3.090232306167813),
        ])
    func quantiles(probability: Double, expected: Double) throws {
        let z = try #require(normalQuantile(probability))
        #expect(abs(z - expected) <= 1e-14 * max(1, abs(expected)))
    }

    @Test("no quantile at or beyond the ends", arguments: [0, 1, -0.1, 1.1, Double.nan])
    func ends(probability: Double) {
        #expect(normalQuantile(probability) == nil)
    }

    @Test("the quantile is symmetric and increasing")
    func symmetric() throws {
        var last = -Double.infinity
        for step in 1..<1000 {
            let (lower, upper) = (try #require(normalQuantile(Double(step) / 1000)), try #require(normalQuantile(1 - Double(step) / 1000)))
            #expect(abs(lower + upper) < 1e-12)
            #expect(lower > last)
            last = lower
        }
    }

    /// 65 of 100, from byar_wilson.csv of the project's verification tables (which names no publication).
    @Test("published limits", arguments: [(0.95, 0.552544433, 0.736357518), (0.998, 0.495494657, 0.778354061)])
    func published(level: Double, lower: Double, upper: Double) throws {
        let interval = try #require(wilsonInterval(events: 65, trials: 100, level: level))
        #expect(abs(interval.lower - lower) < 5e-10)
        #expect(abs(interval.upper - upper) < 5e-10)
    }

    @Test("nothing seen is no interval", arguments: [(0.0, 0.0, 0.95), (2, 1, 0.95), (-1, 1, 0.95), (1, 2, 0), (1, 2, 1)])
    func outside(events: Double, trials: Double, level: Double) {
        #expect(wilsonInterval(events: events, trials: trials, level: level) == nil)
    }

    @Test("limits stay within 0 and 1, hold the share, and mirror", arguments: [1, 2, 7, 1000])
    func bounds(trials: Int) throws {
        for events in 0...min(trials, 20) {
            let interval = try #require(wilsonInterval(events: Double(events), trials: Double(trials), level: 0.95))
            let mirror = try #require(wilsonInterval(events: Double(trials - events), trials: Double(trials), level: 0.95))
            let share = Double(events) / Double(trials)
            #expect(0 <= interval.lower && interval.lower <= share && share <= interval.upper && interval.upper <= 1)
            #expect(abs(interval.lower + mirror.upper - 1) < 1e-12)
        }
    }
}
