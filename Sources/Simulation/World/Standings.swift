/// Draws true standings: θ ~ N(0, R) among peers.
struct Standings: Sendable {
    /// Lower triangle of the Cholesky factor of R, by rows.
    private let factor: [[Double]]

    /// - Throws: `SimulationError.invalidParameter` where R is not a correlation matrix: square, symmetric, unit diagonal, positive definite.
    init(correlation: [[Double]]) throws(SimulationError) {
        let size = SimulatedIndicator.allCases.count
        guard correlation.count == size, correlation.allSatisfy({ $0.count == size }) else {
            throw .invalidParameter("the correlation matrix must be \(size) by \(size)")
        }
        var factor: [[Double]] = []
        for row in 0..<size {
            guard correlation[row][row] == 1 else { throw .invalidParameter("the correlation matrix must have ones on its diagonal") }
            var values: [Double] = []
            for column in 0...row {
                guard correlation[row][column] == correlation[column][row] else { throw .invalidParameter("the correlation matrix must be symmetric") }
                var rest = correlation[row][column]
                for place in 0..<column { rest -= values[place] * (row == column ? values[place] : factor[column][place]) }
                if row == column {
                    guard rest > 1e-12 else { throw .invalidParameter("the correlation matrix must be positive definite") }
                    values.append(rest.squareRoot())
                } else {
                    values.append(rest / factor[column][column])
                }
            }
            factor.append(values)
        }
        self.factor = factor
    }

    /// One cadre's standings, in the order of `SimulatedIndicator.allCases`.
    func draw(using generator: inout SeededGenerator) -> [Double] {
        let independent = factor.map { _ in generator.normal() }
        return factor.map { row in zip(row, independent).reduce(0) { $0 + $1.0 * $1.1 } }
    }
}
