import Statistics
import Testing

@Suite struct MomentsTests {
    @Test("no mean without observations, no variance without two")
    func few() {
        #expect(Moments().mean == nil && Moments().variance == nil)
        let one = Moments(count: 1, sum: 7, sumOfSquares: 49)
        #expect(one.mean == 7 && one.variance == nil)
    }

    @Test(
        "mean and variance of small samples",
        arguments: [([2, 4, 4, 4, 5, 5, 7, 9], 5, 32.0 / 7), ([3, 3], 3, 0), ([-1, 1], 0, 2)] as [([Int], Double, Double)])
    func small(sample: [Int], mean: Double, variance: Double) {
        let moments = moments(of: sample)
        #expect(moments.mean == mean)
        #expect(moments.variance == variance)
    }

    /// In `Double`, n·Σx² − (Σx)² of these values is pure rounding error.
    @Test("a large level takes nothing from a small spread")
    func cancellation() {
        let level = 1_000_000_000
        #expect(moments(of: [level + 1, level + 2, level + 3]).variance == 1)
    }

    @Test("what was added and taken out again leaves nothing")
    func addAndSubtract() {
        var all = moments(of: [1, 2, 3])
        let done1 = all.add(moments(of: [10, 20]))
        #expect(done1)
        #expect(all == moments(of: [1, 2, 3, 10, 20]))
        let done2 = all.subtract(moments(of: [1, 2, 3]))
        #expect(done2)
        #expect(all == moments(of: [10, 20]))
    }

    @Test("an overflow changes nothing and is told")
    func overflow() {
        var full = Moments(count: 1, sum: 1, sumOfSquares: .max)
        let done3 = full.add(Moments(count: 1, sum: 1, sumOfSquares: 1))
        #expect(!done3)
        #expect(full == Moments(count: 1, sum: 1, sumOfSquares: .max))
        #expect(full.split(by: 100) == nil)
    }

    @Test("parts change no mean and no variance")
    func parts() throws {
        let whole = moments(of: [2, 4, 9])
        let split = try #require(whole.split(by: 100))
        #expect(split.mean == whole.mean && split.variance == whole.variance)
        // Half of the 9 taken out: 2, 4 and half an observation of 9.
        var half = split
        let done4 = half.subtract(Moments(count: 50, sum: 450, sumOfSquares: 4050, parts: 100))
        #expect(done4)
        #expect(half.mean == (2 + 4 + 4.5) / 2.5)
    }

    private func moments(of sample: [Int]) -> Moments {
        Moments(count: sample.count, sum: sample.reduce(0, +), sumOfSquares: sample.reduce(0) { $0 + $1 * $1 })
    }
}
