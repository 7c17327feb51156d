/// A square matrix of doubles, row by row; symmetric in all uses here.
public struct SquareMatrix: Hashable, Sendable {
    /// Rows, and columns.
    public let size: Int
    /// size × size elements, row by row.
    public private(set) var elements: [Double]

    /// - Throws: `StatisticsError.unequalCounts` where there are not size × size elements.
    public init(size: Int, elements: [Double]) throws(StatisticsError) {
        guard size >= 0, elements.count == size * size else {
            throw .unequalCounts(parameter: "elements", expected: size * size, found: elements.count)
        }
        self.size = size
        self.elements = elements
    }

    /// The identity.
    public init(identity size: Int) {
        self.size = size
        elements = [Double](repeating: 0, count: size * size)
        for index in 0..<size { elements[index * size + index] = 1 }
    }

    /// The element in a row and a column, both counted from 0.
    public subscript(row: Int, column: Int) -> Double {
        get { elements[row * size + column] }
        set { elements[row * size + column] = newValue }
    }

    /// wᵀ A w.
    ///
    /// - Precondition: As many weights as rows.
    public func quadraticForm(_ weights: [Double]) -> Double {
        precondition(weights.count == size, "as many weights as rows")
        var sum = 0.0
        for row in 0..<size {
            var product = 0.0
            for column in 0..<size { product += elements[row * size + column] * weights[column] }
            sum += weights[row] * product
        }
        return sum
    }

    /// The inverse of a symmetric positive definite matrix; only its lower half is read.
    ///
    /// - Throws: `StatisticsError.notPositiveDefinite`.
    public func inverseOfPositiveDefinite() throws(StatisticsError) -> SquareMatrix {
        var factor = elements
        var inverse = elements
        let failing = factor.withUnsafeMutableBufferPointer { factor in
            inverse.withUnsafeMutableBufferPointer { inverse -> Int? in
                guard let factor = factor.baseAddress, let inverse = inverse.baseAddress else { return nil }
                if let row = Cholesky.factorise(factor, size: size) { return row }
                Cholesky.invert(factor, into: inverse, size: size)
                return nil
            }
        }
        if let failing { throw .notPositiveDefinite(row: failing) }
        return try SquareMatrix(size: size, elements: inverse)
    }

    /// Whether the lower half has a Cholesky factor.
    var isPositiveDefinite: Bool {
        var factor = elements
        return factor.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.map { Cholesky.factorise($0, size: size) == nil } ?? true
        }
    }
}

/// Cholesky's factorisation in place, on row-major memory of size × size, of which only the lower half is read and written.
///
/// - Source: Golub & Van Loan, Matrix Computations, section 4.2.
enum Cholesky {
    /// Replaces A by its lower factor L with L Lᵀ = A.
    ///
    /// - Returns: The row whose pivot is not positive; `nil` where all went well.
    @inline(__always)
    static func factorise(_ a: UnsafeMutablePointer<Double>, size: Int) -> Int? {
        for row in 0..<size {
            let own = a + row * size
            for column in 0..<row {
                let other = a + column * size
                var sum = own[column]
                for k in 0..<column { sum -= own[k] * other[k] }
                own[column] = sum / other[column]
            }
            var pivot = own[row]
            for k in 0..<row { pivot -= own[k] * own[k] }
            guard pivot > 0, pivot < .infinity else { return row }
            own[row] = pivot.squareRoot()
        }
        return nil
    }

    /// Replaces b by the x with L Lᵀ x = b.
    @inline(__always)
    static func solve(_ factor: UnsafeMutablePointer<Double>, _ b: UnsafeMutablePointer<Double>, size: Int) {
        for row in 0..<size {
            var sum = b[row]
            for k in 0..<row { sum -= factor[row * size + k] * b[k] }
            b[row] = sum / factor[row * size + row]
        }
        for row in stride(from: size - 1, through: 0, by: -1) {
            var sum = b[row]
            for k in (row + 1)..<max(size, row + 1) { sum -= factor[k * size + row] * b[k] }
            b[row] = sum / factor[row * size + row]
        }
    }

    /// Writes (L Lᵀ)⁻¹, both halves; L is replaced by its inverse.
    @inline(__always)
    static func invert(_ factor: UnsafeMutablePointer<Double>, into inverse: UnsafeMutablePointer<Double>, size: Int) {
        for column in 0..<size {
            factor[column * size + column] = 1 / factor[column * size + column]
            for row in (column + 1)..<max(size, column + 1) {
                var sum = 0.0
                for k in column..<row { sum -= factor[row * size + k] * factor[k * size + column] }
                factor[row * size + column] = sum / factor[row * size + row]
            }
        }
        for row in 0..<size {
            for column in 0...row {
                var sum = 0.0
                for k in row..<size { sum += factor[k * size + row] * factor[k * size + column] }
                inverse[row * size + column] = sum
                inverse[column * size + row] = sum
            }
        }
    }
}
