import PipelineModel
import Testing

@testable import Simulation

@Suite struct WorldBytesTests {
    private func parameters(seed: UInt64) -> WorldParameters { SharedWorld.parameters(cadres: 150, months: 6, seed: seed) }

    @Test func sameSeedSameBytes() throws {
        let (one, other) = (try SimulatedFolder(parameters(seed: 5)), try SimulatedFolder(parameters(seed: 5)))
        let files = try one.exports()
        #expect(try other.exports() == files)
        #expect(files.count >= 18)
        for file in files + ["standings", "broken_rows", "duplicates", "petition_targets", "parameters", "correlation"].map({ "truth/\($0).csv" }) {
            #expect(try one.bytes(file) == other.bytes(file), "\(file)")
        }
    }

    @Test func anotherSeedIsAnotherWorld() throws {
        let (one, other) = (try SimulatedFolder(parameters(seed: 5)), try SimulatedFolder(parameters(seed: 6)))
        for file in ["roster.csv", "posts.csv", "tasks_2026.csv", "ballots_2026.csv", "petitions_2026.csv", "truth/standings.csv"] {
            #expect(try one.bytes(file) != other.bytes(file), "\(file)")
        }
    }

    @Test func peopleDoNotDependOnWhoWasMadeBefore() throws {
        let world = try World(parameters(seed: 5))
        let casts = world.units.map { world.cast($0).map(\.name) }
        let backwards = world.units.reversed().map { world.cast($0).map(\.name) }
        #expect(casts == backwards.reversed())
        #expect(casts.joined().count == 150)
    }

    @Test(arguments: [1, 2, 10, 57, 600, 20_000]) func everyCadreServesInOneUnit(cadres: Int) {
        let units = UnitPlan.units(cadres: cadres)
        #expect(units.reduce(0) { $0 + $1.members.count } == cadres)
        #expect(units.dropFirst().allSatisfy { $0.parentID != nil && $0.id != $0.parentID })
        #expect(Set(units.map(\.id)).count == units.count)
        #expect(Set(units.map(\.name)).count == units.count)
        var next = 0
        for unit in units where !unit.members.isEmpty {
            #expect(unit.members.lowerBound == next)
            next = unit.members.upperBound
        }
    }

    /// Units stay few in a world of a million, so that what is held at once is one unit's people.
    @Test func aMillionCadresAreCastUnitByUnit() throws {
        let units = UnitPlan.units(cadres: 1_000_000)
        #expect(units.count < 1000)
        #expect(units.allSatisfy { $0.members.count <= 20_000 })
        var parameters = self.parameters(seed: 1)
        parameters.cadres = 1_000_000
        let world = try World(parameters)
        let last = try #require(units.last)
        #expect(world.cast(last).last?.id == "WZ1000000")
    }

    @Test func impossibleParametersAreRefused() throws {
        let end = Month(year: 2026, monthOfYear: 10).lastDay
        for (cadres, months, last) in [(0, 12, end), (5_000_001, 12, end), (10, 0, end), (10, 241, end), (10, 12, end.adding(days: -1))] {
            #expect(throws: SimulationError.self) { try WorldWriter(WorldParameters(cadres: cadres, months: months, seed: 1, end: last)) }
        }
    }

    @Test func aFolderThatCannotBeMadeIsSaid() throws {
        #expect(throws: SimulationError.self) { try WorldWriter(parameters(seed: 1)).write(to: "/dev/null/world") }
    }
}
