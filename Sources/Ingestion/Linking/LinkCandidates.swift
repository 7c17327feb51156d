import PipelineModel
import Warehouse

/// Whoever may be meant by a unit, a post and a name, on whatever day: found once for all the days on which they are written.
///
/// Only where a tenure lies to the day is left open; so of a person's tenures those that agree best on the unit, which comes first, are kept.
struct LinkCandidates: Sendable {
    struct Person: Sendable {
        /// Place in the roster.
        let place: Int
        /// Levels.
        let unit: Int?
        let name: Int?
        let nameShare: Double?
        /// Places in `spells`, at least one.
        let spells: Range<Int>
    }

    struct Spell: Sendable {
        /// Among the person's.
        let place: Int
        let days: ClosedRange<Int32>?
        /// Level.
        let post: Int?
    }

    /// By place in the roster.
    private(set) var people: [Person] = []
    private var spells: [Spell] = []
    /// Whether a unit was written that nobody knows.
    let isUnitUnknown: Bool
    /// K × L_k pairs with the rest of the roster, by level: post and date are compared among candidates only.
    var outside: [[Int]] = []

    init(isUnitUnknown: Bool) { self.isUnitUnknown = isUnitUnknown }

    mutating func add(_ person: Int, _ roster: LinkRoster, _ units: [String: UnitAgreement]?, _ names: NameCandidates, _ post: WrittenPost?) {
        let first = spells.count
        var best: Int?
        for (place, spell) in roster.people[person].spells.enumerated() {
            let unit = units.map { known in (spell.unit.flatMap { known[$0] } ?? .different).level }
            if let best, let unit, unit > best { continue }
            if let known = best, let unit, unit < known { spells.removeSubrange(first...) }
            best = unit
            spells.append(Spell(place: place, days: spell.days, post: LinkCandidates.agreement(spell.post, post)?.level))
        }
        let name = names.agreement(person, roster)
        people.append(Person(place: person, unit: best, name: name?.level, nameShare: names.share(name), spells: first..<spells.count))
    }

    private static func agreement(_ held: WrittenPost?, _ written: WrittenPost?) -> PostAgreement? {
        guard let written, let held else { return nil }
        if held.plain == written.plain { return .exact }
        guard held.isOfType(of: written) else { return .different }
        return held.isShortened(from: written) ? .shortened : .sameType
    }

    /// The pairs on a day: the tenure whose day, then post agrees best speaks for a person.
    func pairs(on day: Int32?, near: Int32) -> [LinkPair] {
        let levels = (inTenure: DateAgreement.inTenure.level, near: DateAgreement.near.level, outside: DateAgreement.outside.level)
        return people.map { person in
            var (best, bestRank): ((spell: Int, date: Int?, post: Int?), (Int, Int)) = ((0, nil, nil), (.max, .max))
            for spell in spells[person.spells] {
                let date: Int? =
                    switch DateAgreement.between(spell.days, day, near: near) {
                    case .inTenure: levels.inTenure
                    case .near: levels.near
                    case .outside: levels.outside
                    case nil: nil
                    }
                let rank = (date ?? 9, spell.post ?? 9)
                if rank < bestRank { (best, bestRank) = ((spell.place, date, spell.post), rank) }
            }
            return LinkPair(
                person: person.place, spell: best.spell, unit: person.unit, name: person.name, post: best.post, date: best.date,
                nameShare: person.nameShare)
        }
    }
}
