import Flagging
import PipelineModel
import Testing
import Warehouse

@Suite("Flagging of many") struct ScaleTests {
    /// Two thousand people, of whom a tenth are far below: every one of them gets an answer for both indicators or none.
    @Test("many flags at once keep what a single one has")
    func many() throws {
        let people = (0..<2000).map { (number: Int) -> Judged in
            let isLow = number % 10 == 0
            let quality = isLow ? 64 + Double(number % 70) / 10 : 76 + Double(number % 80) / 10
            return Judged("P\(number)", quality: quality, petitions: Double(isLow ? 3 + number % 4 : number % 3))
        }
        let outcome = try Night(judging: people).tiers()
        #expect(outcome.flags.count > 150 && outcome.findings.isEmpty)
        #expect(outcome.contributions.count == 2 * outcome.flags.count)
        let line = try #require(outcome.flags.compactMap(\.concern).min())
        let byID = Dictionary(uniqueKeysWithValues: people.map { ($0.id, $0) })
        let cadres = Dictionary(uniqueKeysWithValues: outcome.flags.map { ($0.flagID, $0.cadreID) })
        for row in outcome.contributions {
            guard let clearedAt = row.clearedAt, var person = cadres[row.flagID].flatMap({ byID[$0] }) else { continue }
            if row.indicator == "quality" { person.quality = clearedAt } else { person.petitions = (clearedAt * 12).rounded() }
            #expect(person.probability < line)
        }
    }

    @Test("the number of threads changes nothing", arguments: [2, 3])
    func threads(_ threads: Int) throws {
        let people = (0..<500).map { number in
            Judged("P\(number)", quality: 60 + Double(number % 37), petitions: Double(number % 5))
        }
        var night = try Night(judging: people)
        let alone = try night.tiers()
        night.threads = threads
        #expect(try night.tiers() == alone && alone.flags.count > 20)
    }
}
