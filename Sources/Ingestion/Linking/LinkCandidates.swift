import PipelineModel
import Statistics
import Warehouse

/// Whoever may be meant by a unit, a post and a name, on whatever day: found once for all the days on which they are written.
///
/// Only where a tenure lies to the day is left open; so of a person's tenures those that agree best on the unit, which comes first, are kept.
struct LinkCandidates: Sendable {
    private struct Person: Sendable {
        /// Place in the roster.
        let place: Int
        let unit: Int?
        let name: Int?
        /// Where the spells end; they start where those of the person before end.
        let end: Int
    }

    private struct Spell: Sendable {
        /// Among the person's.
        let place: Int
        let days: ClosedRange<Int32>?
        let post: Int?
    }

    /// A target on a day beside one cadre.
    struct Pair: Sendable {
        /// Place in the roster.
        let person: Int
        /// The tenure that fits best, among the person's.
        let spell: Int
        let pattern: LinkPattern
    }

    private var people: [Person] = []
    private var spells: [Spell] = []
    /// Whether a unit was written that nobody knows.
    let isUnitUnknown: Bool
    /// By level of the name: share of the roster that agrees as far.
    let nameShares: [Double?]
    /// K × L_k pairs with the rest of the roster, by level: post and date are compared among candidates only.
    var outside: [[Int]] = []

    init(isUnitUnknown: Bool, nameShares: [Double?]) {
        (self.isUnitUnknown, self.nameShares) = (isUnitUnknown, nameShares)
    }

    var count: Int { people.count }

    /// How many have a level of the name.
    func names(at level: Int) -> Int { people.count { $0.name == level } }

    /// How many have a level of the unit.
    func units(at level: Int) -> Int { people.count { $0.unit == level } }

    /// - Parameters:
    ///   - name: Level.
    ///   - unit: `nil` where none is written.
    ///   - post: `nil` where none is written.
    mutating func add(_ person: Int, _ roster: LinkRoster, name: Int?, unit: WrittenUnit?, post: WrittenPostLevels?) {
        let first = spells.count
        var best: Int?
        let own = roster.spells(of: person)
        for place in own {
            let spell = roster.spell(place)
            let level = unit?.level(of: spell.unit)
            if let best, let level {
                if level > best { continue }
                if level < best { spells.removeSubrange(first...) }
            }
            best = level
            let held = post.flatMap { post in spell.post.map { post.level(of: $0) } }
            spells.append(Spell(place: place - own.lowerBound, days: spell.days, post: held))
        }
        people.append(Person(place: person, unit: best, name: name, end: spells.count))
    }

    /// The pairs on a day, by place in the roster: the tenure whose day, then post agrees best speaks for a person.
    func forEachPair(on day: Int32?, near: Int32, _ body: (Pair) -> Void) {
        let (inTenure, close, far) = (DateAgreement.inTenure.level, DateAgreement.near.level, DateAgreement.outside.level)
        let none = LinkPattern.count
        var start = 0
        for person in people {
            var (place, date, post, rank): (Int, Int?, Int?, Int) = (0, nil, nil, .max)
            for spell in spells[start..<person.end] {
                let own: Int? =
                    switch DateAgreement.between(spell.days, day, near: near) {
                    case .inTenure: inTenure
                    case .near: close
                    case .outside: far
                    case nil: nil
                    }
                let ownRank = (own ?? none) * (none + 1) + (spell.post ?? none)
                if ownRank < rank { (place, date, post, rank) = (spell.place, own, spell.post, ownRank) }
            }
            start = person.end
            body(Pair(person: person.place, spell: place, pattern: LinkPattern(unit: person.unit, name: person.name, post: post, date: date)))
        }
    }

    /// Pairs that agree in the same way, together, in the order in which they first come.
    func counted(on day: Int32?, near: Int32) -> [LinkageCandidate] {
        var places = [Int?](repeating: nil, count: LinkPattern.count)
        var counted: [LinkageCandidate] = []
        forEachPair(on: day, near: near) { pair in
            if let place = places[pair.pattern.number] {
                counted[place].count += 1
            } else {
                places[pair.pattern.number] = counted.count
                counted.append(LinkageCandidate(levels: pair.pattern.levels, share: pair.pattern.name.flatMap { nameShares[$0] }))
            }
        }
        return counted
    }
}

extension DateAgreement {
    /// Where a day lies to a tenure; `nil` where one of them is not known.
    static func between(_ days: ClosedRange<Int32>?, _ day: Int32?, near: Int32) -> DateAgreement? {
        guard let day, let days else { return nil }
        if days.contains(day) { return .inTenure }
        let distance = day < days.lowerBound ? days.lowerBound - day : day - days.upperBound
        return distance <= near ? .near : .outside
    }
}
