import Appraisal
import PipelineModel
import Testing
import Warehouse

@Suite struct ObservationTests {
    @Test("each family, by hand")
    func families() throws {
        var world = try World()
        try world.addCadre("A")
        try world.addFact("A", "tasks.due", "2024-12", count: 4)
        try world.addFact("A", "tasks.due", "2025-11", count: 4)
        try world.addFact("A", "tasks.overdue", "2025-11", count: 2)
        try world.addFact("A", "petitions.substantiated", "2025-03", count: 3)
        try world.addFact("A", "ballots.score", "2025-03", count: 2, values: [8000, 8500])
        try world.addFact("A", "ballots.score", "2025-04", count: 1, values: [9000])
        // Outside the window on either side.
        for month in ["2024-11", "2025-12"] { try world.addFact("A", "tasks.overdue", month, count: 50) }
        let outcome = try world.run()
        let share = try outcome.observation("A", "overdue")
        #expect(share.family == "share" && share.events == 2 && share.exposure == 8 && share.value == 0.25 && share.withinVariance == nil)
        let rate = try outcome.observation("A", "petitions")
        #expect(rate.family == "rate" && rate.events == 3 && rate.exposure == 12 && rate.value == 0.25)
        let mean = try outcome.observation("A", "ballots")
        #expect(mean.family == "mean" && mean.events == nil && mean.exposure == 3 && mean.value == 85 && mean.withinVariance == 25)
        #expect(outcome.findings.isEmpty && outcome.exclusions.isEmpty)
    }

    @Test("no row is a zero only where the source was there, and never for a share or a mean")
    func missing() throws {
        var world = try World()
        try world.addCadre("A")
        let present = try world.run()
        #expect(try present.observation("A", "petitions").value == 0)
        #expect(try present.observation("A", "overdue").value == nil)
        #expect(try present.observation("A", "overdue").events == 0)
        #expect(try present.observation("A", "ballots").value == nil)
        world.measures = ["tasks.due": 0]
        try world.addFact("A", "tasks.due", "2025-03", count: 4)
        let absent = try world.run()
        for indicator in ["petitions", "overdue", "ballots"] {
            let observation = try absent.observation("A", indicator)
            #expect(observation.value == nil && observation.events == nil && observation.peersObserved == 0)
            #expect(observation.peerMedian == nil && observation.percentile == nil)
        }
    }

    @Test("one value has a mean and no variance")
    func oneValue() throws {
        var world = try World()
        try world.addCadre("A")
        try world.addFact("A", "ballots.score", "2025-03", count: 1, values: [8000])
        let mean = try world.run().observation("A", "ballots")
        #expect(mean.value == 80 && mean.withinVariance == nil)
    }

    @Test("months before the post are nobody's")
    func monthsInPost() throws {
        var world = try World()
        try world.addCadre("A", since: "2025-03-15")
        for month in ["2025-02", "2025-03", "2025-04"] {
            try world.addFact("A", "tasks.due", month, count: 10)
            try world.addFact("A", "petitions.substantiated", month, count: 4)
        }
        let outcome = try world.run()
        #expect(try outcome.observation("A", "overdue").exposure == 10)
        #expect(try outcome.observation("A", "petitions").events == 4)
        #expect(try outcome.observation("A", "petitions").exposure == 8)
    }

    @Test("median and percentile among the peers who have a value; higher is always better")
    func standing() throws {
        var world = try World()
        for (cadre, petitions, score) in [("A", 0, 9000), ("B", 12, 8000), ("C", 12, 7000), ("D", 24, nil)] as [(String, Int, Int?)] {
            try world.addCadre(cadre)
            try world.addFact(cadre, "petitions.substantiated", "2025-03", count: petitions)
            if let score { try world.addFact(cadre, "ballots.score", "2025-03", count: 1, values: [score]) }
        }
        let outcome = try world.run()
        let petitions = try ["A", "B", "C", "D"].map { try outcome.observation($0, "petitions") }
        #expect(petitions.map(\.percentile) == [100, 50, 50, 0])
        #expect(petitions.allSatisfy { $0.peerMedian == 1 && $0.peersObserved == 4 })
        let ballots = try ["A", "B", "C", "D"].map { try outcome.observation($0, "ballots") }
        #expect(ballots.map(\.percentile) == [100, 50, 0, nil])
        #expect(ballots.allSatisfy { $0.peerMedian == 80 && $0.peersObserved == 3 })
    }

    @Test("ties all stand in the middle, and one alone stands nowhere")
    func ties() throws {
        var world = try World()
        try world.addCadre("A")
        #expect(try world.run().observation("A", "petitions").percentile == nil)
        for cadre in ["B", "C"] { try world.addCadre(cadre) }
        #expect(try world.run().observations.filter { $0.indicator == "petitions" }.map(\.percentile) == [50, 50, 50])
    }

    @Test("a rate per unit of work")
    func ratePerWork() throws {
        var world = try World()
        world.pipeline.indicators[1].observation = .rate(events: "petitions.substantiated", exposure: "tasks.due")
        try world.addCadre("A")
        try world.addFact("A", "petitions.substantiated", "2025-03", count: 1)
        #expect(try world.run().observation("A", "petitions").value == nil)
        try world.addFact("A", "tasks.due", "2025-03", count: 4)
        #expect(try world.run().observation("A", "petitions").value == 0.25)
    }

    @Test("a scheme that weighs an unknown indicator is an error")
    func unknownIndicator() throws {
        var world = try World()
        world.pipeline.schemes[0].weights.append(IndicatorWeight(indicator: "absent", weight: 0))
        #expect(throws: AppraisalError.unknownIndicator("absent", scheme: "county")) { try world.run() }
    }

    @Test("running again replaces what stood")
    func again() throws {
        var world = try World()
        try world.addCadre("A")
        let warehouse = try Warehouse(path: ":memory:")
        try warehouse.write { transaction in
            try world.insert(into: transaction)
            _ = try Analysis.run(world.pipeline, asOf: World.asOf, in: transaction)
            _ = try Analysis.run(world.pipeline, asOf: World.asOf, in: transaction)
        }
        #expect(try Outcome(warehouse, findings: []).observations == world.run().observations)
    }
}
