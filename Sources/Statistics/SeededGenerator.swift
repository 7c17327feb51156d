/// A random number generator that gives the same numbers for the same seed on every machine: xoshiro256**.
///
/// - Source: Blackman & Vigna 2021, ACM Transactions on Mathematical Software 47:36; seeded by SplitMix64 as they advise.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: (UInt64, UInt64, UInt64, UInt64)

    /// A generator at the beginning of its sequence; every seed will do.
    public init(seed: UInt64) {
        var mix = seed
        func next() -> UInt64 {
            mix &+= 0x9E37_79B9_7F4A_7C15
            var value = mix
            value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
            return value ^ (value >> 31)
        }
        state = (next(), next(), next(), next())
    }

    public mutating func next() -> UInt64 {
        func rotated(_ value: UInt64, _ by: UInt64) -> UInt64 { (value << by) | (value >> (64 - by)) }
        let result = rotated(state.1 &* 5, 7) &* 9
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = rotated(state.3, 45)
        return result
    }

    /// A number strictly between 0 and 1, in steps of 2⁻⁵³.
    public mutating func uniform() -> Double {
        (Double(next() >> 11) + 0.5) * 0x1p-53
    }

    /// A standard normal number, by inversion.
    public mutating func normal() -> Double {
        normalQuantile(uniform()) ?? 0
    }
}

/// The standard normal numbers of a seed, one after the other; a copy begins where the original stands.
///
/// Where several ask for the same ones, as many as are known ahead are made once.
public struct SeededNormals: Sendable {
    private let known: [Double]
    private var place = 0
    /// Stands after those that are known.
    private var generator: SeededGenerator

    /// The numbers from the first one on; every seed will do.
    ///
    /// - Parameter ahead: How many are made at once, 8 bytes each; others are made when they are asked for.
    public init(seed: UInt64, ahead: Int = 0) {
        var generator = SeededGenerator(seed: seed)
        known = (0..<ahead).map { _ in generator.normal() }
        self.generator = generator
    }

    /// The next one.
    @inline(__always)
    public mutating func next() -> Double {
        guard place < known.count else { return generator.normal() }
        defer { place += 1 }
        return known[place]
    }
}
