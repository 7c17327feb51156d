import PipelineModel
import Statistics
import Testing
import Warehouse

@testable import Appraisal

/// Fifty cadres over two windows, of whom `K1000` does badly in the present one, and `K1001` in both.
@Suite("The model over a warehouse") struct WindowModelTests {
    static let months = (12...35).map { Month(index: Month(year: 2022, monthOfYear: 12).index + Int32($0)).description }

    private func world(people: Int = 50) throws -> World {
        var world = try World()
        world.pipeline.schemes[0].minimumPeers = 20
        var generator = SeededGenerator(seed: 77)
        for number in 0..<people {
            let id = "K\(1000 + number)"
            try world.addCadre(id)
            let quality = normalQuantile(generator.uniform()) ?? 0
            for (place, month) in Self.months.enumerated() {
                let isBad = number == 1 || (number == 0 && place >= 12)
                let standing = isBad ? -3.5 : quality
                let score = 8000 + Int(600 * standing + 500 * (normalQuantile(generator.uniform()) ?? 0))
                try world.addFact(id, "ballots.score", month, count: 1, values: [score])
                try world.addFact(id, "tasks.due", month, count: 6)
                let overdue = (0..<6).count { _ in generator.uniform() < (isBad ? 0.6 : 0.15 - 0.04 * quality) }
                try world.addFact(id, "tasks.overdue", month, count: overdue)
                try world.addFact(id, "petitions.substantiated", month, count: generator.uniform() < (isBad ? 0.7 : 0.12) ? 1 : 0)
            }
        }
        return world
    }

    private func card(_ outcome: Outcome, _ cadre: String, _ window: AppraisalWindow) throws -> ScorecardRecord {
        try #require(outcome.scorecards.first { $0.cadreID == cadre && $0.window == window })
    }

    @Test("places everybody in both windows, and the windows apart")
    func windows() throws {
        let outcome = try world().run()
        #expect(outcome.scorecards.count == 100 && outcome.estimates.count == 300 && outcome.fits.count == 6 && outcome.correlations.count == 12)
        #expect(try card(outcome, "K1000", .current).concern > 0.99)
        #expect(try card(outcome, "K1000", .previous).concern < 0.9)
        #expect(try card(outcome, "K1001", .current).concern > 0.99 && card(outcome, "K1001", .previous).concern > 0.99)
        #expect(outcome.scorecards.allSatisfy { $0.line < 0 && $0.indicatorsObserved == 3 && (0...1).contains($0.outstanding) })
        #expect(outcome.correlations.allSatisfy { $0.converged && ($0.first != $0.second || $0.correlation == 1) })
        #expect(outcome.fits.allSatisfy { $0.people == 50 && $0.convergence != .failed && $0.dispersion >= 1 })
    }

    @Test("whoever no indicator says anything of is not judged, and is said to be so; their peers are")
    func nothingObserved() throws {
        var world = try world()
        // Somebody who answers for nothing that is counted, of a scheme that has no rate.
        world.pipeline.schemes[0].weights.removeAll { $0.indicator == "petitions" }
        try world.addCadre("K0999")
        let outcome = try world.run()
        #expect(outcome.nothingObserved.map(\.cadreID) == ["K0999"])
        #expect(outcome.members.filter { !$0.isObserved }.map(\.cadreID) == ["K0999"] && outcome.members.count == 51)
    }

    @Test("without any source nobody is judged")
    func nothingAtAll() throws {
        var world = try World()
        world.pipeline.schemes[0].minimumPeers = 20
        world.measures = [:]
        for number in 0..<25 { try world.addCadre("K\(1000 + number)") }
        let outcome = try world.run()
        #expect(outcome.scorecards.isEmpty && outcome.members.count == 25)
        #expect(outcome.members.allSatisfy { !$0.isObserved } && outcome.nothingObserved.count == 25)
    }

    @Test("contributions sum to the composite, intervals hold the mean, in every row")
    func contributions() throws {
        let outcome = try world().run()
        for card in outcome.scorecards {
            let estimates = outcome.estimates.filter { $0.cadreID == card.cadreID && $0.window == card.window }
            #expect(abs(estimates.reduce(0) { $0 + $1.contribution } - card.mean) < 1e-9)
            for estimate in estimates {
                #expect(abs(estimate.upper - estimate.mean - 1.6448536 * estimate.deviation) < 1e-6 && estimate.lower < estimate.mean)
                #expect(estimate.isObserved && estimate.groupID == card.groupID && estimate.value != nil && estimate.peerMedian != nil)
            }
        }
    }

    @Test("threads and row order change no byte")
    func bytes() throws {
        let world = try world(people: 30)
        let one = try world.run()
        for other in [try world.run(threads: 3), try world.reversed().run(threads: 2)] {
            #expect(one.scorecards == other.scorecards && one.estimates == other.estimates && one.fits == other.fits)
            #expect(one.correlations == other.correlations && one.modelFindings == other.modelFindings)
        }
    }

    @Test("the weight of an indicator that nobody has goes to the others, and a note says so")
    func redistribution() throws {
        var world = try world()
        world.measures["ballots.score"] = nil
        let outcome = try world.run()
        let weights = outcome.estimates.filter { $0.cadreID == "K1005" && $0.window == .current }
        #expect(Dictionary(uniqueKeysWithValues: weights.map { ($0.indicator, $0.weight) }) == ["overdue": 0.5, "petitions": 0.5, "ballots": 0])
        #expect(weights.first { $0.indicator == "ballots" }.map { !$0.isObserved && $0.contribution == 0 } == true)
        #expect(outcome.modelFindings.contains { $0.check == "IndicatorWithoutObservations" && $0.severity == .note && $0.location.field == "ballots" })
        #expect(try card(outcome, "K1000", .current).indicatorsObserved == 2)
        world.measures = [:]
        let nothing = try world.run()
        #expect(nothing.scorecards.isEmpty && nothing.modelFindings.contains { $0.severity == .warning && $0.message.contains("nobody is judged") })
    }

    @Test("more events than trials is told of, and is not judged")
    func impossible() throws {
        var world = try world()
        try world.addFact("K1007", "tasks.overdue", "2025-05", count: 500)
        let outcome = try world.run()
        #expect(outcome.modelFindings.contains { $0.check == "MoreEventsThanTrials" && $0.severity == .error && $0.value == "1" })
        #expect(outcome.estimates.first { $0.cadreID == "K1007" && $0.indicator == "overdue" }?.isObserved == false)
    }

    @Test("a share that is all or nothing fails to fit, is an error, and is not judged")
    func failure() throws {
        var world = try world()
        for number in 0..<50 {
            try world.addFact("K\(1000 + number)", "tasks.due", "2025-05", count: 90_000_000)
            try world.addFact("K\(1000 + number)", "tasks.overdue", "2025-05", count: number % 2 == 0 ? 90_000_000 : 0)
        }
        let outcome = try world.keepingOnlyMonth("2025-05", of: ["tasks.due", "tasks.overdue"]).run()
        let fit = try #require(outcome.fits.first { $0.window == .current && $0.indicator == "overdue" })
        #expect(fit.convergence == .failed && fit.spread == nil && fit.people == 50)
        #expect(outcome.modelFindings.contains { $0.check == "IndicatorNotFitted" && $0.severity == .error && $0.value == fit.groupID })
        #expect(outcome.estimates.filter { $0.window == .current && $0.indicator == "overdue" }.allSatisfy { !$0.isObserved && $0.mean == 0 })
    }

    @Test("events that come in bunches raise φ, and protected ones no longer do")
    func dispersion() throws {
        var world = try world()
        let plain = try #require(try world.run().fits.first { $0.indicator == "petitions" && $0.window == .current })
        for event in 0..<12 {
            try world.addEvent(
                .init(
                    cadre: "K1010", record: "T\(event)", day: "2025-03-15", measures: ["petitions.substantiated"], month: "2025-03"))
        }
        let bunched = try #require(try world.run().fits.first { $0.indicator == "petitions" && $0.window == .current })
        #expect(plain.dispersion < 1.3 && bunched.dispersion > plain.dispersion + 0.5)
        for event in 0..<12 { try world.addCase("C\(event)", "K1010", "T\(event)", "approved") }
        let protected = try #require(try world.run().fits.first { $0.indicator == "petitions" && $0.window == .current })
        #expect(protected == plain)
    }

    @Test("a post of another type before the present one is compared with those who hold such posts")
    func previousPost() throws {
        var world = try world()
        // Six cadres held another post until the end of 2024 and have done their present one since.
        for number in 0..<40 {
            let id = "L\(1000 + number)"
            let moved = number < 6
            try world.addCadre(id, since: moved ? "2025-01-01" : "2020-01-01", type: moved ? "窗口" : "执法")
            if moved {
                try world.add(
                    .posts,
                    [
                        "cadre_id": id, "post": "队长", "post_type": number == 5 ? "窗口" : "执法", "start_date": number == 4 ? "2024-11-01" : "2021-01-01",
                        "end_date": "2024-12-31",
                    ])
            }
            for month in Self.months {
                let isBad = number == 0 && month > "2024-12"
                try world.addFact(id, "ballots.score", month, count: 2, values: isBad ? [4800, 5200] : [7900 + 20 * ((number + 20) % 40), 8200 + 10 * number])
                try world.addFact(id, "tasks.due", month, count: 6)
                try world.addFact(id, "tasks.overdue", month, count: isBad ? 5 : 1)
            }
        }
        let outcome = try world.run()
        // L1004 held it for two months only; that of L1005 was of the same type.
        #expect(outcome.previousPosts.map(\.cadreID) == ["L1000", "L1001", "L1002", "L1003"])
        let worse = try #require(outcome.previousPosts.first)
        #expect(worse.postType == "执法" && worse.post == "队长" && worse.groupID == "county/section/执法" && worse.exposureMonths == 12)
        #expect(worse.end.description == "2024-12-31" && worse.start.description == "2021-01-01")
        #expect(worse.betterBefore > 0.95 && worse.concern < 0.5)
        #expect(outcome.previousPosts[1].betterBefore < worse.betterBefore)
    }

    @Test("a post that ended before the exports begin says nothing: no event of it is unknown, and not none")
    func untoldPost() throws {
        var world = try world()
        for number in 0..<30 {
            let id = "L\(1000 + number)"
            try world.addCadre(id, type: "执法")
            for month in Self.months { try world.addFact(id, "petitions.substantiated", month, count: number % 3) }
        }
        try world.addCadre("M")
        try world.addFact("M", "tasks.due", "2025-03", count: 6)
        try world.add(
            .posts, ["cadre_id": "M", "post": "队长", "post_type": "执法", "start_date": "2015-01-01", "end_date": "2019-12-31"])
        #expect(try world.run().previousPosts.isEmpty)
        // An export that begins in the window: months before it are no exposure, then nor now.
        try world.add(.petitions, ["record_id": "X1", "received": "2025-03-10", "kind": "accusation", "finding": "unsubstantiated"])
        let outcome = try world.run()
        #expect(outcome.previousPosts.isEmpty)
        let observed = try outcome.observation("M", "petitions")
        #expect(observed.exposure == 9 && observed.events == 0)
    }

    @Test("a post is compared where the exports tell of months enough of it", arguments: [("2024-04-30", []), ("2024-05-31", ["M"])])
    func fewMonthsTold(end: String, compared: [String]) throws {
        var world = try world()
        for number in 0..<30 {
            let id = "L\(1000 + number)"
            try world.addCadre(id, type: "执法")
            for month in Self.months { try world.addFact(id, "ballots.score", month, count: 2, values: [7000 + 60 * number, 7200 + 60 * number]) }
        }
        // The exports begin in December 2023.
        try world.addCadre("M", since: try #require(CalendarDate(iso: end)).adding(days: 1).description)
        try world.add(.posts, ["cadre_id": "M", "post": "队长", "post_type": "执法", "start_date": "2015-01-01", "end_date": end])
        for month in Self.months { try world.addFact("M", "ballots.score", month, count: 2, values: [8000, 8100]) }
        #expect(try world.run().previousPosts.map(\.cadreID) == compared)
    }
}
