import Flagging
import Foundation
import PipelineModel
import Testing
import Warehouse

@Suite("Explanation of a model flag") struct ExplanationTests {
    /// One person far below, whose fellows are ordinary: the flag stands alone, and its own concern is the line.
    private func night(quality: Double = 66, petitions: Double = 4) throws -> Night {
        try Night(judging: [Judged("A", quality: quality, petitions: petitions), Judged("B"), Judged("C")])
    }

    @Test("contributions sum to the composite", arguments: [(60.0, 0.0), (66, 4), (70, 9)])
    func contributions(quality: Double, petitions: Double) throws {
        let night = try night(quality: quality, petitions: petitions)
        let outcome = try night.tiers()
        #expect(outcome.flags.map(\.cadreID) == ["A"] && outcome.contributions.map(\.indicator) == ["petitions", "quality"])
        let sum = outcome.contributions.reduce(0) { $0 + $1.contribution }
        #expect(abs(sum - night.judged[0].mean) < 1e-9)
        #expect(outcome.contributions.map(\.eventsCounted) == [petitions, nil])
        #expect(outcome.contributions.allSatisfy { abs($0.weight * $0.mean - $0.contribution) < 1e-12 && $0.lower < $0.mean })
        #expect(outcome.findings.isEmpty)
    }

    /// The lower line is set by a second flagged person, so that there is something to clear.
    @Test("what would clear a flag: the smallest whole event, and the smallest mean", arguments: [(66.0, 4.0), (68, 3), (64, 8), (70, 7)])
    func clearing(quality: Double, petitions: Double) throws {
        let marginal = Judged("B", quality: 70, petitions: 4)
        let night = try Night(judging: [Judged("A", quality: quality, petitions: petitions), marginal, Judged("C")])
        let outcome = try night.tiers()
        try #require(Set(outcome.flags.map(\.cadreID)) == ["A", "B"])
        let line = try #require(outcome.flags.compactMap(\.concern).min())
        let flag = try #require(outcome.flags.first { $0.cadreID == "A" })
        let rows = outcome.contributions.filter { $0.flagID == flag.flagID }

        // By trying every smaller count.
        let fewer = stride(from: petitions - 1, through: 0, by: -1).first { Judged("A", quality: quality, petitions: $0).probability < line }
        #expect(rows[0].clearedAt.map { $0 * 12 } == fewer || abs((rows[0].clearedAt ?? -1) * 12 - (fewer ?? -1)) < 1e-9)

        // In closed form: the composite's deviation does not depend on the mark, so its mean must rise to c − s·Φ⁻¹(line).
        let person = Judged("A", quality: quality, petitions: petitions)
        var (low, high) = (quality, 100.0)
        while high - low > 1e-10 {
            let middle = (low + high) / 2
            if Judged("A", quality: middle, petitions: petitions).probability < line { high = middle } else { low = middle }
        }
        let clearedAt = try #require(rows[1].clearedAt)
        #expect(abs(clearedAt - high) < 1e-6, "\(person.probability) \(line)")
        #expect(Judged("A", quality: clearedAt, petitions: petitions).probability < line)
        let reason = try #require(outcome.reasons.first { $0.flagID == flag.flagID && $0.number == 1 })
        #expect(reason.clearedByEnglish.contains("Quality from") && reason.clearedByChinese.contains("质量由"))
    }

    @Test("a mean freed of its raters' severity is what the flag rests on and what would clear it; the plain one is shown beside it")
    func severity() throws {
        let others = [Judged("B", quality: 70, petitions: 4), Judged("C")]
        let plain = try Night(judging: [Judged("A", quality: 66, petitions: 4)] + others).tiers()
        var adjusted = Judged("A", quality: 66, petitions: 4)
        adjusted.plainQuality = 61
        let outcome = try Night(judging: [adjusted] + others).tiers()
        #expect(outcome.findings.isEmpty && outcome.flags == plain.flags)
        let rows = zip(plain.contributions, outcome.contributions).filter { $0.1.flagID == outcome.flags.first?.flagID && $0.1.indicator == "quality" }
        let (before, after) = try #require(rows.first)
        #expect(after.value == 61 && after.adjustedValue == 66 && before.adjustedValue == nil)
        #expect(after.clearedAt == before.clearedAt && after.clearedAt.map { $0 > 66 } == true)
        #expect(outcome.reasons.contains { $0.clearedByEnglish.contains("Quality from 66") })
    }

    @Test("where no value of an indicator alone would do, none is given")
    func hopeless() throws {
        // Marks so low that not even no petition at all, and petitions so many that a mark beyond all peers must do.
        let outcome = try Night(judging: [Judged("A", quality: 50, petitions: 2), Judged("B", quality: 68, petitions: 4)]).tiers()
        let flag = try #require(outcome.flags.first { $0.cadreID == "A" })
        let rows = outcome.contributions.filter { $0.flagID == flag.flagID }
        #expect(rows.map { $0.clearedAt == nil } == [true, false])
    }

    @Test("a scorecard that does not follow from the fits is told, and nothing is said of what would clear the flag")
    func notReproduced() throws {
        let outcome = try Night(judging: [Judged("A", quality: 66, petitions: 4, concern: 0.95)]).tiers()
        #expect(outcome.flags.count == 1 && outcome.contributions.allSatisfy { $0.clearedAt == nil })
        #expect(outcome.findings.map(\.check) == ["PosteriorNotReproduced"])
        #expect(outcome.findings.first?.severity == .warning && outcome.findings.first?.value == "A")
    }

    @Test("evidence: adverse rows of the counted months behind negative contributions, newest first, without what is protected")
    func evidence() throws {
        var night = try night()
        night.addPetition("W1", "A", "2025-02-10")
        night.addPetition("W2", "A", "2025-10-01")
        night.addPetition("W3", "A", "2025-05-05", isExcluded: true)
        night.addPetition("W4", "A", "2024-11-30")
        night.addPetition("W5", "B", "2025-05-05")
        let outcome = try night.tiers()
        #expect(outcome.evidence.map(\.recordID) == ["W2", "W1"])
        #expect(outcome.evidence.map(\.line) == [3, 2] && outcome.evidence.allSatisfy { $0.file == "petitions.csv" && $0.source == "petitions_export" })
        let reason = try #require(outcome.reasons.first)
        #expect(reason.cause == "model" && reason.eventsCounted == 2 && reason.eventsExcluded == 1)
        // Marks are means: no row of theirs is adverse, and the reason says so.
        #expect(reason.statementEnglish.hasSuffix("no single rows stand behind: Quality") && reason.statementChinese.contains("质量"))
        #expect(reason.citationEnglish.contains("mechanism 3"))
        // A month in which the post began does not count.
        night.judged[0].postStart = CalendarDate(year: 2025, month: 2, day: 2)!
        #expect(try night.tiers().evidence.map(\.recordID) == ["W2"])
    }

    @Test("rows of an indicator that speaks for the cadre are no evidence")
    func positive() throws {
        var night = try night(quality: 60, petitions: 0)
        night.addPetition("W1", "A", "2025-02-10")
        #expect(night.judged[0].petitionsPosterior.mean > 0)
        let outcome = try night.tiers()
        #expect(outcome.flags.count == 1 && outcome.evidence.isEmpty)
    }

    @Test("the order of people changes nothing")
    func order() throws {
        let people = (0..<12).map { Judged("P\($0)", quality: 62 + Double($0 * 7 % 12), petitions: Double($0 % 5)) }
        var (one, other) = (try Night(judging: people), try Night(judging: people.reversed()))
        for index in 0..<12 { one.addPetition("W\(index)", "P\(index % 4)", "2025-0\(1 + index % 9)-10") }
        other.petitions = one.petitions
        let outcome = try one.tiers()
        #expect(try other.tiers() == outcome)
        #expect(!outcome.flags.isEmpty)
    }
}
