import Statistics
import Testing

@testable import Validation

@Suite struct RuleTests {
    @Test func talliesCount() {
        let tally = Tally(flagged: [0, 2, 3], isOfConcern: [true, true, false, true, true])
        #expect(tally.flagged == 3 && tally.wrong == 1 && tally.found == 2 && tally.ofConcern == 4)
        #expect(tally.falseShare == 1.0 / 3 && tally.recall == 0.5)
    }

    @Test func nobodyFlaggedWrongsNobody() {
        let tally = Tally(flagged: [], isOfConcern: [false, false])
        #expect(tally.falseShare == 0 && tally.recall == 0)
    }

    @Test func naiveRulesNameWhomTheySay() throws {
        var generator = WorldGenerator(scenario: .missing5, cadres: 600, seed: 5, world: 0)
        let world = try generator.world()
        let scores = RawScores(world)
        let worst = NaiveRule.worstTenth.flagged(world, scores: scores)
        #expect(worst.count == 60)
        let border = worst.map { scores.scores[$0] }.max() ?? 0
        #expect(scores.scores.count { $0 < border } < 60)
        for person in NaiveRule.threeOrMore.flagged(world, scores: scores) {
            guard case .count(let events, _) = world.observations[person * StudyWorld.dimension] else {
                Issue.record("person \(person) has no count")
                continue
            }
            #expect(events >= 3)
        }
        let under = Set(NaiveRule.zScoreUnderMinus2.flagged(world, scores: scores))
        #expect((0..<world.people).allSatisfy { under.contains($0) == (scores.standardised[$0] < -2) })
    }

    @Test func rawScoresAreStandardisedAmongPeers() throws {
        var generator = WorldGenerator(scenario: .asAssumed, cadres: 300, seed: 5, world: 0)
        let world = try generator.world()
        let scores = RawScores(world)
        for group in 0..<world.groups {
            let own = scores.standardised.indices.filter { world.group[$0] == group }.map { scores.standardised[$0] }
            #expect(abs(own.reduce(0, +)) < 1e-9)
            #expect(abs(own.reduce(0) { $0 + $1 * $1 } - Double(own.count - 1)) < 1e-9)
        }
    }

    @Test func theOracleIsCalibrated() throws {
        var (expected, found, count) = (0.0, 0, 0)
        for number in 0..<3 {
            var generator = WorldGenerator(scenario: .asAssumed, cadres: 5000, seed: 5, world: number)
            let world = try generator.world()
            let concern = try Oracle(world).concern
            for (probability, isOfConcern) in zip(concern, world.isOfConcern) where probability > 0.3 {
                expected += probability
                found += isOfConcern ? 1 : 0
                count += 1
            }
        }
        #expect(count > 500)
        #expect(abs(expected - Double(found)) / Double(count) < 0.04)
    }
}
