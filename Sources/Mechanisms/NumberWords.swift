import Foundation

/// Numbers in sentences that people read.
enum NumberWords {
    /// A number with at most so many decimals, without trailing zeros: `5`, `6.4`.
    static func show(_ number: Double, decimals: Int) -> String {
        var factor = 1.0
        for _ in 0..<decimals { factor *= 10 }
        let rounded = (number * factor).rounded() / factor
        return rounded == rounded.rounded() && rounded.magnitude < 1e15 ? String(Int(rounded)) : String(rounded)
    }
}
