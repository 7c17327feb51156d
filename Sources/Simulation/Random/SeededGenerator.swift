/// A seeded generator with a fixed algorithm: the same seed gives the same numbers on every machine and in every later version.
///
/// xoshiro256**, its state filled by splitmix64. Substreams are addressed, not split off in order, so that what one cadre gets does not
/// depend on who was made before.
///
/// - Source: Blackman & Vigna 2021, "Scrambled linear pseudorandom number generators", ACM TOMS 47:36; Steele et al. 2014 for splitmix64.
public struct SeededGenerator: Sendable {
    private var state: (UInt64, UInt64, UInt64, UInt64)

    /// The substream of `seed` at an address: any number of coordinates, such as a purpose and an index.
    public init(seed: UInt64, _ address: UInt64...) {
        var hash = SeededGenerator.mixed(seed)
        for coordinate in address {
            hash = SeededGenerator.mixed(hash ^ SeededGenerator.mixed(coordinate &+ SeededGenerator.golden))
        }
        var words: [UInt64] = []
        for _ in 0..<4 {
            hash &+= SeededGenerator.golden
            words.append(SeededGenerator.mixed(hash))
        }
        // Four zero words would be a fixed point; splitmix64 is a bijection of its counter, so at most one of them can be zero.
        self.state = (words[0], words[1], words[2], words[3])
    }

    /// The generator in a given state, which must not be all zero: for holding the algorithm to published numbers.
    init(state: (UInt64, UInt64, UInt64, UInt64)) {
        self.state = state
    }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        let scrambled = SeededGenerator.rotated(state.1 &* 5, by: 7) &* 9
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = SeededGenerator.rotated(state.3, by: 45)
        return scrambled
    }

    static let golden: UInt64 = 0x9E37_79B9_7F4A_7C15

    private static func rotated(_ word: UInt64, by count: UInt64) -> UInt64 { (word << count) | (word >> (64 - count)) }

    /// The finaliser of splitmix64.
    static func mixed(_ value: UInt64) -> UInt64 {
        var word = value
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
