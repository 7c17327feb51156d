import Testing

@testable import Simulation

@Suite struct SeededGeneratorTests {
    /// Published by the reference implementation for the state 1, 2, 3, 4.
    @Test func followsTheReferenceAlgorithm() {
        var generator = SeededGenerator(state: (1, 2, 3, 4))
        let expected: [UInt64] = [
            11520, 0, 1_509_978_240, 1_215_971_899_390_074_240, 1_216_172_134_540_287_360, 607_988_272_756_665_600, 16_172_922_978_634_559_625,
            8_476_171_486_693_032_832, 10_595_114_339_597_558_777, 2_904_607_092_377_533_576,
        ]
        #expect(expected.map { _ in generator.next() } == expected)
    }

    /// Published by the reference implementation of splitmix64 for the seed 1477776061723855037.
    @Test func fillsItsStateBySplitmix() {
        var counter: UInt64 = 1_477_776_061_723_855_037
        let expected: [UInt64] = [1_985_237_415_132_408_290, 2_979_275_885_539_914_483, 13_511_426_838_097_143_398]
        let numbers = expected.map { _ in
            counter &+= SeededGenerator.golden
            return SeededGenerator.mixed(counter)
        }
        #expect(numbers == expected)
    }

    @Test func addressesAreStreamsOfTheirOwn() {
        var seen: Set<UInt64> = []
        for seed in UInt64(0)..<10 {
            for purpose in UInt64(0)..<10 {
                for index in UInt64(0)..<100 {
                    var generator = SeededGenerator(seed: seed, purpose, index)
                    seen.insert(generator.next())
                }
            }
        }
        #expect(seen.count == 10_000)
        var (one, other) = (SeededGenerator(seed: 1, 2, 3), SeededGenerator(seed: 1, 3, 2))
        #expect(one.next() != other.next())
    }

    @Test(arguments: [0, 1, 2, 3, 7, 1000]) func belowStaysBelow(bound: Int) {
        var generator = SeededGenerator(seed: 1, UInt64(bound))
        let numbers = (0..<2000).map { _ in generator.below(bound) }
        #expect(numbers.allSatisfy { $0 >= 0 && $0 < max(bound, 1) })
        #expect(Set(numbers).count == min(max(bound, 1), Set(numbers).count))
        if bound <= 7 { #expect(Set(numbers).count == max(bound, 1)) }
    }
}
