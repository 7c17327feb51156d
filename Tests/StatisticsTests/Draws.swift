import Foundation
import Statistics

extension SeededGenerator {
    /// A Poisson number by inversion.
    mutating func poisson(_ mean: Double) -> Double {
        let u = uniform()
        var (count, mass) = (0.0, exp(-mean))
        var sum = mass
        while u > sum, count < 10_000 {
            count += 1
            mass *= mean / count
            sum += mass
        }
        return count
    }

    /// A binomial number by trials.
    mutating func binomial(_ trials: Int, _ share: Double) -> Double {
        Double((0..<trials).count { _ in uniform() < share })
    }
}

/// The inverse of the logit.
func logistic(_ eta: Double) -> Double {
    1 / (1 + exp(-eta))
}

/// 21 points.
let rule21 = Result { () throws(StatisticsError) in try GaussHermite(count: 21) }
