import Statistics
import Testing

@testable import Validation

@Suite struct WorldTests {
    private func world(_ scenario: Scenario, cadres: Int = 5000, number: Int = 0) throws -> StudyWorld {
        var generator = WorldGenerator(scenario: scenario, cadres: cadres, seed: 11, world: number)
        return try generator.world()
    }

    @Test(arguments: Scenario.allCases) func shapesAgree(scenario: Scenario) throws {
        let world = try world(scenario, cadres: 600)
        let dimension = StudyWorld.dimension
        #expect(world.groups == (scenario == .smallGroups ? 19 : 20))
        #expect(world.people == (scenario == .smallGroups ? 570 : 600))
        #expect(world.standings.count == world.people * dimension && world.observations.count == world.people * dimension)
        #expect(world.dispersion.count == world.groups * dimension && world.truth.spread.count == world.groups * dimension)
        #expect(world.dispersion.allSatisfy { $0 >= 1 })
        #expect(abs(StudyWorld.indicators.reduce(0) { $0 + $1.weight } - 1) < 1e-12)
    }

    @Test func theCityOfFiveThousand() throws {
        #expect(Scenario.asAssumed.groups(cadres: 5000) == (20, 250))
        #expect(Scenario.smallGroups.groups(cadres: 5000) == (160, 30))
        #expect(Scenario.asAssumed.groups(cadres: 60) == (2, 30))
    }

    @Test func standingsAreStandardNormalWithR() throws {
        let world = try world(.asAssumed)
        let dimension = StudyWorld.dimension
        for row in 0..<dimension {
            for column in 0...row {
                let product = (0..<world.people).reduce(0.0) { $0 + world.standings[$1 * dimension + row] * world.standings[$1 * dimension + column] }
                #expect(abs(product / Double(world.people) - world.truth.correlation[row, column]) < 0.08)
            }
        }
        let share = Double(world.isOfConcern.count { $0 }) / Double(world.people)
        #expect(abs(share - 0.10) < 0.015)
    }

    @Test func heavyTailsKeepTheVariance() throws {
        let values = try (0..<4).flatMap { try world(.heavyTails, number: $0).standings }
        let count = Double(values.count)
        #expect(abs(values.reduce(0) { $0 + $1 * $1 } / count - 1) < 0.05)
        // The fourth moment of t with 6 degrees at variance 1 is 6, a normal one's 3.
        #expect(values.reduce(0) { $0 + $1 * $1 * $1 * $1 } / count > 4)
    }

    @Test func clustersShowInTheMonths() throws {
        func phi(_ scenario: Scenario, _ k: Int) throws -> Double {
            let world = try world(scenario)
            return (0..<world.groups).reduce(0.0) { $0 + world.dispersion[$1 * StudyWorld.dimension + k] } / Double(world.groups)
        }
        #expect(abs(try phi(.clustered, 0) - 3) < 0.25)
        #expect(abs(try phi(.clustered, 1) - 3) < 0.25)
        #expect(try phi(.clustered, 2) < 1.1)
        #expect(try phi(.asAssumed, 0) < 1.1)
    }

    @Test(arguments: [(Scenario.asAssumed, 0.0), (.missing5, 0.05), (.missing30, 0.30)]) func missingAsOftenAsSaid(scenario: Scenario, share: Double) throws {
        let observations = try world(scenario).observations
        #expect(abs(Double(observations.count { $0 == nil }) / Double(observations.count) - share) < 0.01)
    }

    @Test func theSameAddressIsTheSameWorld() throws {
        let (first, again, other) = (try world(.asAssumed, cadres: 300), try world(.asAssumed, cadres: 300), try world(.asAssumed, cadres: 300, number: 1))
        #expect(first.observations == again.observations)
        #expect(first.observations != other.observations)
        let (clustered, plain) = (try world(.clustered, cadres: 300), try world(.clusteredWithoutDispersion, cadres: 300))
        #expect(clustered.observations == plain.observations)
    }
}
