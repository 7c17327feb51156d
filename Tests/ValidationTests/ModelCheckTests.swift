import Testing

@testable import Appraisal
@testable import Validation

/// The checks over all groups of a scheme notice worlds that are not as the model assumes, and are quiet in those that are.
@Suite struct ModelCheckTests {
    private func checks(_ scenario: Scenario, cadres: Int, world: Int) throws -> (model: PeerModel, checks: ModelChecks) {
        var generator = WorldGenerator(scenario: scenario, cadres: cadres, seed: 55, world: world)
        let input = WorldResult.input(try generator.world(), scenario: scenario)
        let model = try PeerModel(input)
        return (model, ModelChecks(model, input))
    }

    @Test("quiet where the model holds, in large groups and small ones, with clustered events too", arguments: [Scenario.asAssumed, .smallGroups, .clustered])
    func quiet(scenario: Scenario) throws {
        for world in 0..<8 {
            let checks = try checks(scenario, cadres: 900, world: world).checks
            #expect(checks.tails.allSatisfy { $0?.isFar == false }, "world \(world)")
            #expect(checks.exposure.allSatisfy { $0?.isFar != true } && !checks.isAlone.contains(true), "world \(world)")
        }
    }

    @Test("heavy tails are seen by all groups together where no single one, or hardly one, sees them")
    func heavyTails() throws {
        var (groups, seen) = (0, 0)
        for world in 0..<4 {
            let (model, checks) = try checks(.heavyTails, cadres: 1500, world: world)
            #expect(checks.tails.contains { $0.map { $0.isFar && $0.ratio > 1 } == true }, "world \(world)")
            groups += model.fits.count
            seen += model.fits.count { $0.goodness?.isFar == true }
        }
        #expect(Double(seen) < 0.1 * Double(groups))
    }

    @Test("an indicator of something else is alone; one that only chance moves is not said to be")
    func company() throws {
        #expect(try checks(.foreignIndicator, cadres: 2500, world: 0).checks.isAlone == [false, false, false, false, true])
        #expect(try checks(.emptyIndicator, cadres: 2500, world: 0).checks.isAlone == [false, false, false, false, false])
    }

    @Test("the best in the busiest posts: both rates, and no mean", arguments: [0, 1])
    func exposure(world: Int) throws {
        let exposure = try checks(.busiestPosts, cadres: 1500, world: world).checks.exposure
        #expect(exposure.map { $0?.isFar ?? false } == [true, true, false, false, false])
        #expect(exposure.prefix(2).allSatisfy { ($0?.correlation ?? 0) > 0.15 } && exposure[4] == nil)
    }
}
