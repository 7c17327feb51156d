import Testing

/// The library promises a Bayesian false discovery rate; the frequentist one has no use in it. It stands here so that the published numbers are held
/// by the same reasoning: the longest prefix within a rate, and no later value that brings it back.
@Suite struct BenjaminiHochbergTests {
    /// Benjamini & Hochberg 1995, Journal of the Royal Statistical Society B 57:289: at 0.05 the first four of 15 are rejected.
    @Test("adjusted p-values of Benjamini & Hochberg 1995")
    func published() {
        let p = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
        ]
        let expected = [
            0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.0638571, 0.0638571, 0.0645, 0.0765, 0.486, 0.5811818, 0.714875, 0.7532308, 0.8132143, 1,
        ]
        var adjusted = [Double](repeating: 1, count: p.count)
        var least = 1.0
        for place in p.indices.reversed() {
            least = min(least, p[place] * Double(p.count) / Double(place + 1))
            adjusted[place] = least
        }
        for (found, number) in zip(adjusted, expected) { #expect(abs(found - number) < 5e-8) }
        #expect(adjusted.count { $0 <= 0.05 } == 4)
    }
}
