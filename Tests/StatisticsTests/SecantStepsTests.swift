import Testing

@testable import Statistics

@Suite struct SecantStepsTests {
    /// x → 1 + A (x − 1), every coordinate pulled a little by its neighbour.
    private static func image(of x: [Double], rates: [Double]) -> [Double] {
        x.indices.map { 1 + rates[$0] * (x[$0] - 1) + ($0 > 0 ? 0.05 * (x[$0 - 1] - 1) : 0) }
    }

    /// Columns of A − 1, each rate off by a share of its distance from 1.
    private static func columns(rates: [Double], off: Double) -> [[Double]] {
        rates.indices.map { column in
            rates.indices.map { row in
                if row == column { return (rates[row] - 1) * (1 + off) }
                return row == column + 1 ? 0.05 : 0
            }
        }
    }

    @Test(
        "the better the Jacobian is known, the fewer steps; slow rates cost none",
        arguments: [(off: 0.0, atMost: 2), (off: 0.1, atMost: 9), (off: -0.2, atMost: 12)])
    func linear(off: Double, atMost: Int) throws {
        let rates = [0.99, 0.9, 0.98, 0.5, 0.995]
        var steps = try SecantSteps(columns: Self.columns(rates: rates, off: off))
        var x: [Double] = [3, -1, 0.5, 0, 2]
        var count = 0
        while count < 100 {
            let image = Self.image(of: x, rates: rates)
            count += 1
            if zip(image, x).allSatisfy({ ($0 - $1).magnitude <= 1e-9 }) { break }
            x = steps.next(from: x, to: image)
        }
        #expect(count <= atMost)
        #expect(x.allSatisfy { ($0 - 1).magnitude < 1e-6 })
    }

    @Test("columns that are not independent are refused")
    func dependent() {
        #expect(throws: StatisticsError.self) { try SecantSteps(columns: [[1, 2], [2, 4]]) }
    }

    @Test("a point that is a fixed point stays, also the second time")
    func fixed() throws {
        var steps = try SecantSteps(columns: [[-0.5, 0], [0, -0.1]])
        for _ in 0..<2 { #expect(steps.next(from: [0.25, 4], to: [0.25, 4]) == [0.25, 4]) }
    }
}
