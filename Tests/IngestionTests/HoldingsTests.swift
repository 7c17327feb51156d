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
        // Beside it stand others of which each has a spell.
        let own = given.spells.map { (Int32(1), Holdings.Spell(cadre: $0.cadre, first: $0.first, last: $0.last)) }
        let others = [Int32(0), 2].map { ($0, Holdings.Spell(cadre: 3, first: .min, last: .max)) }
        let holdings = Holdings(own + others, count: 3)
        for (day, count) in given.counts {
            #expect(holdings.holders(of: 1, on: day).count == count, "day \(day)")
            #expect((holdings.only(of: 1, on: day) >= 0) == (count == 1), "day \(day)")
        }
        #expect([0, 2].allSatisfy { holdings.only(of: $0, on: 5) == 3 })
    }

    @Test("however spells lie, those are counted who have one that covers the day", arguments: 0..<20)
    func agreesWithCounting(seed: Int) {
        var generator = SplitMix(state: UInt64(seed) + 40)
        let spells = (0..<60).map { _ in
            let first = Int32(generator.next(below: 50))
            return Holdings.Spell(cadre: Int32(generator.next(below: 9)), first: first, last: first + Int32(generator.next(below: 12)) - 2)
        }
        let holdings = Holdings(spells.map { (0, $0) }, count: 1)
        for day in Int32(0)..<65 {
            let people = Set(spells.filter { $0.first <= day && day <= $0.last }.map(\.cadre))
            let (count, one) = holdings.holders(of: 0, on: day)
            #expect(count == people.count)
            if count == 1 { #expect(people == [one]) }
            #expect(holdings.only(of: 0, on: day) == (count == 1 ? one : -1))
        }
    }
}
