/// L D Lᵀ of four symmetric positive definite matrices side by side, in memory of `size` × `size` lanes of which the lower half is read and written.
///
/// Without square roots, and with one division for each row: what takes longest in Cholesky's factorisation of small matrices.
/// - Source: Golub & Van Loan, Matrix Computations, section 4.1.
enum LaneFactor {
    /// Replaces A by the unit lower factor L, under the diagonal, and 1 / D, on it.
    ///
    /// - Returns: The first row whose pivot is not positive in any of the four; `nil` where all went well.
    @inline(__always)
    static func factorise(_ a: UnsafeMutablePointer<Lanes>, size: Int) -> Int? {
        for row in 0..<size {
            let own = a + row * size
            var pivot = own[row]
            for column in 0..<row {
                let other = a + column * size
                var sum = own[column]
                for k in 0..<column { sum -= own[k] * other[k] }
                own[column] = sum
            }
            // The row holds L D so far.
            for column in 0..<row {
                let scaled = own[column]
                own[column] = scaled * a[column * size + column]
                pivot -= scaled * own[column]
            }
            for lane in 0..<Lanes.scalarCount { guard pivot[lane] > 0, pivot[lane] < .infinity else { return row } }
            own[row] = 1 / pivot
        }
        return nil
    }

    /// Replaces b by the x with A x = b.
    @inline(__always)
    static func solve(_ factor: UnsafeMutablePointer<Lanes>, _ b: UnsafeMutablePointer<Lanes>, size: Int) {
        for row in 0..<size {
            var sum = b[row]
            for k in 0..<row { sum -= factor[row * size + k] * b[k] }
            b[row] = sum
        }
        for row in stride(from: size - 1, through: 0, by: -1) {
            var sum = b[row] * factor[row * size + row]
            for k in (row + 1)..<max(size, row + 1) { sum -= factor[k * size + row] * b[k] }
            b[row] = sum
        }
    }

    /// Writes A⁻¹, both halves, from its last row to its first.
    ///
    /// - Source: Erisman & Tinney 1975, Communications of the ACM 18:177, after Takahashi: A⁻¹ = D⁻¹ L⁻¹ + (I − Lᵀ) A⁻¹, which needs no L⁻¹.
    @inline(__always)
    static func invert(_ factor: UnsafePointer<Lanes>, into inverse: UnsafeMutablePointer<Lanes>, size: Int) {
        for row in stride(from: size - 1, through: 0, by: -1) {
            for column in stride(from: size - 1, to: row, by: -1) {
                var sum = Lanes()
                for k in (row + 1)..<size { sum -= factor[k * size + row] * inverse[column * size + k] }
                inverse[row * size + column] = sum
                inverse[column * size + row] = sum
            }
            var sum = factor[row * size + row]
            for k in (row + 1)..<max(size, row + 1) { sum -= factor[k * size + row] * inverse[row * size + k] }
            inverse[row * size + row] = sum
        }
    }
}
