import Testing

@testable import Ingestion

@Suite("Who held a post") struct HoldingsTests {
    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let spells: [(cadre: Int32, first: Int32, last: Int32)]
        /// How many people on some days.
        let counts: [Int32: Int]
    }

    @Test(
        "people are counted, not their spells",
        arguments: [
            Case(testDescription: "nobody", spells: [], counts: [5: 0]),
            Case(testDescription: "both ends belong to a spell", spells: [(7, 10, 20)], counts: [9: 0, 10: 1, 20: 1, 21: 0]),
            Case(testDescription: "a spell that lasts", spells: [(7, 10, .max)], counts: [9: 0, 2_000_000: 1]),
            Case(testDescription: "one after the other", spells: [(7, 10, 20), (8, 21, 30)], counts: [20: 1, 21: 1]),
            Case(testDescription: "two at a time", spells: [(8, 10, 20), (7, 15, 30)], counts: [14: 1, 15: 2, 20: 2, 21: 1]),
            Case(testDescription: "one person's spells overlap", spells: [(7, 15, 30), (7, 10, 20)], counts: [12: 1, 17: 1, 25: 1, 31: 0]),
            Case(testDescription: "one spell lies in another", spells: [(7, 10, 40), (7, 15, 20), (7, 25, .max)], counts: [18: 1, 30: 1, 99: 1]),
            Case(testDescription: "one person's spells have a gap", spells: [(7, 10, 20), (7, 30, 40)], counts: [25: 0, 30: 1]),
            Case(testDescription: "one that ends before it begins", spells: [(7, 20, 10), (8, 5, 30)], counts: [15: 1, 20: 1]),
        ])
    func counts(_ given: Case) {
        var holdings = Holdings()
        for spell in given.spells { holdings.add(Holdings.Spell(cadre: spell.cadre, first: spell.first, last: spell.last)) }
        holdings.settle()
        for (day, count) in given.counts { #expect(holdings.holders(on: day).count == count, "day \(day)") }
    }

    @Test("however spells lie, those are counted who have one that covers the day", arguments: 0..<20)
    func agreesWithCounting(seed: Int) {
        var generator = SplitMix(state: UInt64(seed) + 40)
        let spells = (0..<60).map { _ in
            let first = Int32(generator.next(below: 50))
            return Holdings.Spell(cadre: Int32(generator.next(below: 9)), first: first, last: first + Int32(generator.next(below: 12)) - 2)
        }
        var holdings = Holdings()
        for spell in spells { holdings.add(spell) }
        holdings.settle()
        for day in Int32(0)..<65 {
            let people = Set(spells.filter { $0.first <= day && day <= $0.last }.map(\.cadre))
            let (count, one) = holdings.holders(on: day)
            #expect(count == people.count)
            if count == 1 { #expect(people == [one]) }
        }
    }
}
