import Statistics
import Testing

@Suite struct OrderTests {
    /// Definition 7 of Hyndman & Fan, as R's default `quantile(1:10, p)` gives it.
    @Test("quantiles of 1 to 10", arguments: [(0.0, 1.0), (0.1, 1.9), (0.25, 3.25), (0.5, 5.5), (0.75, 7.75), (0.9, 9.1), (1.0, 10.0), (-1, 1), (2, 10)])
    func oneToTen(probability: Double, expected: Double) throws {
        let value = try #require(quantile(ofSorted: (1...10).map(Double.init), at: probability))
        #expect(abs(value - expected) < 1e-12)
    }

    @Test("medians", arguments: [([], nil), ([3], 3), ([1, 2], 1.5), ([1, 2, 9], 2), ([0.1, 0.1, 0.1, 0.1], 0.1)] as [([Double], Double?)])
    func medians(sample: [Double], expected: Double?) {
        #expect(median(ofSorted: sample) == expected)
    }

    @Test("a quantile lies within the sample and grows with the probability", arguments: 0..<20)
    func monotone(seed: Int) {
        let sample = (0..<(seed + 1)).map { Double(($0 * 7919 + seed * 104_729) % 101) / 7 }.sorted()
        var last = -Double.infinity
        for step in 0...100 {
            let value = quantile(ofSorted: sample, at: Double(step) / 100) ?? .nan
            #expect(value >= last && sample[0] <= value && value <= sample[sample.count - 1])
            last = value
        }
    }

    @Test(
        "mid-ranks",
        arguments: [
            ([], []), ([5], []), ([1, 2], [0, 1]), ([4, 4, 4], [0.5, 0.5, 0.5]), ([1, 2, 2, 3, 9], [0, 0.375, 0.375, 0.75, 1]),
        ] as [([Double], [Double])])
    func midRankShares(sample: [Double], expected: [Double]) {
        #expect(midRanks(ofSorted: sample) == expected)
    }

    @Test("mid-ranks of a whole sample are those of its members, one by one, and average to one half")
    func midRanksAgree() {
        let sample = [0, 0, 1, 3, 3, 3, 8, 8, 21].map(Double.init)
        let ranks = midRanks(ofSorted: sample)
        for (value, rank) in zip(sample, ranks) {
            let below = sample.count { $0 < value }
            #expect(midRank(below: below, equal: sample.count { $0 == value } - 1, of: sample.count - 1) == rank)
        }
        #expect(abs(ranks.reduce(0, +) / Double(ranks.count) - 0.5) < 1e-12)
        #expect(midRank(below: 0, equal: 0, of: 0) == nil)
    }
}
