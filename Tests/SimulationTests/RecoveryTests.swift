import Foundation
import PipelineModel
import Testing

@testable import Simulation

/// That exports say what the parameters say.
@Suite struct RecoveryTests {
    /// A clean world in which peers do not differ: counts are plain chance.
    private func chanceWorld(_ change: (inout WorldParameters) -> Void) throws -> SimulatedFolder {
        var parameters = SharedWorld.parameters(cadres: 500, months: 12, seed: 31)
        parameters.mess = .none
        change(&parameters)
        return try SimulatedFolder(parameters)
    }

    @Test func overdueTasksHaveTheirShare() throws {
        let folder = try chanceWorld { $0.overrides[.tasksOverdue] = IndicatorParameters(centre: -1.5, spread: 0) }
        let rows = try folder.rows(.tasks).filter { ($0["due_date"].flatMap(day)).map { $0 <= folder.parameters.end } ?? false }
        let late = rows.filter { row in
            guard let due = row["due_date"].flatMap(day) else { return false }
            return (row["completed_date"].flatMap(day)).map { $0 > due } ?? true
        }
        let (share, expected) = (Double(late.count) / Double(rows.count), 1 / (1 + exp(1.5)))
        #expect(rows.count > 15_000)
        #expect(abs(share - expected) < 5 * (expected * (1 - expected) / Double(rows.count)).squareRoot())
    }

    /// Substantiated petitions by month of arrival: mean λ; variance over mean 1 without incidents, 2m − 1 with geometric ones of mean m.
    @Test(arguments: [1.0, 2.0, 3.0]) func petitionsClusterAsAsked(size: Double) throws {
        let rate = 0.3
        let folder = try chanceWorld {
            $0.overrides[.petitionsSubstantiated] = IndicatorParameters(centre: log(rate), spread: 0)
            $0.incidentMeanSize = size
            $0.volumes.otherPetitions = 0
            $0.volumes.tasks = 0
            $0.volumes.ballots = 0
        }
        // Only months whose petitions are all answered, and cadres in one post and at work through all of them.
        let world = try World(folder.parameters)
        let window = MonthWindow(first: Month(year: 2025, monthOfYear: 11), last: Month(year: 2026, monthOfYear: 7))
        let steady = world.units.flatMap { world.cast($0) }.filter { cadre in
            cadre.present.start <= window.first.firstDay && cadre.present.end == nil && cadre.absences.allSatisfy { !$0.excuses($0.start) }
        }
        var counts = Dictionary(uniqueKeysWithValues: steady.map { ($0.id, Array(repeating: 0.0, count: window.months.count)) })
        let targets = Dictionary(uniqueKeysWithValues: try folder.truth("petition_targets.csv").map { ($0["record_id"] ?? "", $0["cadre_id"] ?? "") })
        for row in try folder.rows(.petitions) {
            let received = try #require(row["received"].flatMap { day(String($0.prefix(10))) })
            guard window.contains(received), let cadre = targets[row["record_id"] ?? ""] else { continue }
            counts[cadre]?[Int(received.month.index - window.first.index)] += 1
        }
        let all = counts.values.flatMap { $0 }
        let mean = all.reduce(0, +) / Double(all.count)
        let variance = all.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(all.count - 1)
        #expect(all.count > 1500)
        #expect(abs(mean - rate) < 5 * (rate * (2 * size - 1) / Double(all.count)).squareRoot())
        #expect(abs(variance / mean - (2 * size - 1)) < 0.25 * (2 * size - 1))
    }

    @Test func ballotsCarryStandingAndSeverity() throws {
        let folder = try chanceWorld {
            $0.overrides[.ballotScore] = IndicatorParameters(centre: 60, spread: 4)
            $0.volumes.ballots = 6
            $0.volumes.straightLinerEvery = 0
            $0.volumes.tasks = 0
        }
        let severity = Dictionary(uniqueKeysWithValues: try folder.truth("raters.csv").map { ($0["rater_id"] ?? "", Double($0["severity"] ?? "") ?? .nan) })
        let world = try World(folder.parameters)
        let people = Dictionary(uniqueKeysWithValues: world.units.flatMap { world.cast($0) }.map { ($0.id, $0) })
        var residuals: [Double] = []
        for row in try folder.rows(.ballots) {
            let (score, date) = (try #require(Double(row["score"] ?? "")), try #require(row["date"].flatMap(day)))
            let tenure = try #require(people[row["cadre_id"] ?? ""]?.tenure(on: date))
            residuals.append(score - 60 - 4 * tenure.standing[SimulatedIndicator.ballotScore.place] - (severity[row["rater_id"] ?? ""] ?? .nan))
        }
        let mean = residuals.reduce(0, +) / Double(residuals.count)
        let deviation = (residuals.reduce(0) { $0 + $1 * $1 } / Double(residuals.count)).squareRoot()
        #expect(residuals.count > 20_000)
        #expect(abs(mean) < 0.2)
        #expect(abs(deviation - 6) < 0.2)
    }

    @Test func standingsInTruthAreThoseOfThePresentPost() throws {
        let folder = try SimulatedFolder(SharedWorld.parameters(cadres: 200, months: 3))
        let world = try World(folder.parameters)
        let people = Dictionary(uniqueKeysWithValues: world.units.flatMap { world.cast($0) }.map { ($0.id, $0) })
        let standings = try folder.truth("standings.csv")
        #expect(standings.count == 200)
        for row in standings {
            let cadre = try #require(people[row["cadre_id"] ?? ""])
            #expect(row["group"] == world.group(of: cadre.present).description)
            for indicator in SimulatedIndicator.allCases {
                #expect(Double(row[indicator.rawValue] ?? "") == cadre.present.standing[indicator.place])
            }
        }
    }

    @Test func everyScheduledIndicatorHasParameters() throws {
        let folder = try SimulatedFolder(SharedWorld.parameters(cadres: 60, months: 1))
        let pipeline = try Pipeline.load(path: packageFolder + "/pipelines/nightly.yaml").pipeline
        #expect(Set(SimulatedIndicator.allCases.map(\.rawValue)) == Set(pipeline.indicators.map(\.id)))
        let groups = Set(try folder.truth("parameters.csv").compactMap { $0["group"] })
        for row in try folder.truth("standings.csv") { #expect(groups.contains(row["group"] ?? "")) }
        for kind in KindOfBody.allCases {
            let bands = Set(RankBandName.bands(of: kind).map(\.rawValue))
            #expect(bands == Set(pipeline.scheme(for: kind)?.rankBands.map(\.id) ?? []))
        }
    }
}
