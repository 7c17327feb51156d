import Appraisal
import PipelineModel
import Testing
import Warehouse

/// A mixed world: several bands and types, absences, cases, events before and within posts.
@Suite struct PropertyTests {
    @Test("the order in which rows were inserted changes nothing", arguments: 0..<5)
    func order(seed: UInt64) throws {
        let world = try mixed(seed: seed)
        let (one, other) = (try world.run(), try world.reversed().run())
        #expect(one.members == other.members && one.groups == other.groups && one.notJudged == other.notJudged)
        #expect(one.observations == other.observations && one.exclusions == other.exclusions && one.findings == other.findings)
        #expect(!one.observations.isEmpty && !one.exclusions.isEmpty)
    }

    @Test("other numbers for the cadres permute the results and change nothing else", arguments: 0..<5)
    func renaming(seed: UInt64) throws {
        let world = try mixed(seed: seed)
        // Reverses the order of the numbers.
        func rename(_ id: String) -> String { Int(id.dropFirst()).map { "K\(9000 - $0)" } ?? id }
        let (one, other) = (try world.run(), try world.renamed(rename).run())
        let renamed = one.observations.map { observation in
            var observation = observation
            observation.cadreID = rename(observation.cadreID)
            return observation
        }
        #expect(Set(renamed) == Set(other.observations))
        #expect(one.groups == other.groups)
        #expect(Set(one.notJudged.map { rename($0.cadreID) + $0.detail }) == Set(other.notJudged.map { $0.cadreID + $0.detail }))
        #expect(one.exclusions.count == other.exclusions.count)
    }

    @Test("every cadre is judged or not, never both, and groups add up", arguments: 0..<5)
    func partition(seed: UInt64) throws {
        let outcome = try mixed(seed: seed).run()
        let judged = Set(outcome.members.map(\.cadreID))
        #expect(judged.isDisjoint(with: outcome.notJudged.map(\.cadreID)))
        #expect(judged.count + outcome.notJudged.count == 60)
        #expect(outcome.groups.reduce(0) { $0 + $1.size } == judged.count)
        #expect(outcome.observations.count == judged.count * 3)
        for observation in outcome.observations {
            #expect((observation.percentile.map { (0...100).contains($0) }) ?? true)
            #expect(observation.events.map { $0 >= 0 } ?? true)
        }
    }

    private func mixed(seed: UInt64) throws -> World {
        // A linear congruential generator: the world must be the same on every machine.
        var state = seed &* 7919 &+ 1
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        var world = try World()
        world.pipeline.schemes[0].minimumPeers = 8
        for number in 0..<60 {
            let id = "K\(1000 + number)"
            let since = next(4) == 0 ? "2025-0\(1 + next(9))-1\(next(9))" : "2020-01-01"
            try world.addCadre(
                id, since: since, type: ["窗口", "执法", "综合"][next(3)], rank: ["正科级", "科员", "一级"][next(3)], status: next(20) == 0 ? "retired" : nil)
            if next(5) == 0 {
                try world.add(.leave, ["cadre_id": id, "kind": "sick", "start_date": "2025-03-1\(next(9))", "end_date": "2025-05-20", "approved": "true"])
            }
            for month in 1...9 {
                try world.addFact(id, "tasks.due", "2025-0\(month)", count: next(5))
                try world.addFact(id, "petitions.substantiated", "2025-0\(month)", count: next(2))
                try world.addFact(id, "ballots.score", "2025-0\(month)", count: 1, values: [5000 + next(5000)])
                guard next(3) == 0 else { continue }
                let record = "T\(number)-\(month)"
                try world.addEvent(.init(cadre: id, record: record, day: "2025-0\(month)-15", month: "2025-0\(month)"))
                switch next(4) {
                case 0: try world.addCase("C\(record)", id, record, "approved")
                case 1: try world.addCase("C\(record)", id, record, "mitigated", weight: "0.\(next(10))")
                default: break
                }
            }
        }
        return world
    }
}
