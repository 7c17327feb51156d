#if canImport(Glibc)
    import Glibc
#else
    import Foundation
#endif

/// A number of each of four units, which are computed side by side: every operation is on all four, and none sees another's.
///
/// Four fill two registers of the oldest processors of the kind, and one of the newer; wider would wait longer for the slowest of them.
typealias Lanes = SIMD4<Double>

extension Lanes {
    /// The exponentials, as the system's library has them.
    @inline(__always)
    var exponential: Lanes { Lanes(exp(self[0]), exp(self[1]), exp(self[2]), exp(self[3])) }

    /// The larger of two numbers, unit by unit.
    @inline(__always)
    func orLarger(_ other: Lanes) -> Lanes { replacing(with: other, where: other .> self) }
}

/// Where a row of the lower half of a symmetric matrix begins, row by row.
@inline(__always)
func halfRow(_ row: Int) -> Int { row * (row + 1) / 2 }
