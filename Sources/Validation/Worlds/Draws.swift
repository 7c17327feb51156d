import Foundation
import Statistics

/// The seed of a substream: one purpose and one number of a study's seed give the same numbers, whatever else is drawn and on whichever thread.
func substreamSeed(_ seed: UInt64, _ purpose: UInt64, _ index: UInt64) -> UInt64 {
    [purpose, index].reduce(mixed(seed)) { mixed($0 ^ mixed($1 &+ 0x9E37_79B9_7F4A_7C15)) }
}

/// The finaliser of SplitMix64.
private func mixed(_ value: UInt64) -> UInt64 {
    var word = value
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
}

extension SeededGenerator {
    /// A number between two others.
    mutating func uniform(_ lower: Double, _ upper: Double) -> Double {
        lower + (upper - lower) * uniform()
    }

    /// A Poisson count, by products of uniforms; a large mean is a sum of smaller ones, so that exp(−mean) never underflows. 0 for a mean of 0.
    ///
    /// - Source: Knuth, The Art of Computer Programming 2, section 3.4.1.
    mutating func poisson(_ mean: Double) -> Int {
        var (rest, count) = (mean, 0)
        while rest > 0 {
            let limit = exp(-min(rest, 16))
            var product = uniform()
            while product > limit {
                product *= uniform()
                count += 1
            }
            rest -= 16
        }
        return count
    }

    /// Events in a number of trials, trial by trial: the numbers of trials are small here.
    mutating func binomial(_ trials: Int, _ share: Double) -> Int {
        var events = 0
        for _ in 0..<trials where uniform() < share { events += 1 }
        return events
    }

    /// A size of 1, 2, 3, … with this mean, geometric; always 1 for a mean of 1 or less.
    mutating func geometric(mean: Double) -> Int {
        guard mean > 1 else { return 1 }
        return 1 + Int(log(uniform()) / log(1 - 1 / mean))
    }

    /// χ² with an even number of degrees of freedom: −2 log of a product of uniforms.
    mutating func chiSquared(halfDegrees: Int) -> Double {
        var sum = 0.0
        for _ in 0..<halfDegrees { sum -= 2 * log(uniform()) }
        return sum
    }
}
