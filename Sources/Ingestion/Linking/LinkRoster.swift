import PipelineModel
import Warehouse

/// The roster as a linkage looks at it: people by name, by surname and by unit.
struct LinkRoster: Sendable {
    /// A tenure, or the roster's own word where no post is known.
    struct Spell: Sendable {
        let unit: String?
        let post: WrittenPost?
        /// First and last day numbers; a spell of the roster alone has neither.
        let days: ClosedRange<Int32>?
    }

    struct Person: Sendable {
        let cadreID: String
        let name: String?
        let plain: String?
        let spells: [Spell]
    }

    /// By cadre number.
    let people: [Person]
    /// People who have a name.
    let named: Int
    private let byName: [String: [Int]]
    private let bySurname: [String: [Int]]
    private let byPattern: [String: [Int]]
    private let byUnit: [String: [Int]]

    init(_ history: ServiceHistory, posts: PostReader) {
        var read: [String: WrittenPost] = [:]
        func post(_ text: String) -> WrittenPost {
            if let known = read[text] { return known }
            let post = posts.read(text)
            read[text] = post
            return post
        }
        people = history.cadres.values.sorted { $0.cadreID < $1.cadreID }.map { entry in
            var spells = (history.tenures[entry.cadreID] ?? []).compactMap { tenure -> Spell? in
                let last = tenure.end?.dayNumber ?? .max
                guard tenure.start.dayNumber <= last else { return nil }
                return Spell(unit: tenure.unitID, post: tenure.post.map(post), days: tenure.start.dayNumber...last)
            }
            if spells.isEmpty { spells = [Spell(unit: entry.unitID, post: nil, days: nil)] }
            return Person(cadreID: entry.cadreID, name: entry.name, plain: entry.name.map(NameReader.plain), spells: spells)
        }
        var (names, surnames, patterns, units): ([String: [Int]], [String: [Int]], [String: [Int]], [String: [Int]]) = ([:], [:], [:], [:])
        for (place, person) in people.enumerated() {
            for unit in Set(person.spells.compactMap(\.unit)) { units[unit, default: []].append(place) }
            guard let plain = person.plain else { continue }
            names[plain, default: []].append(place)
            surnames[NameReader.surname(of: plain), default: []].append(place)
            for pattern in LinkRoster.patterns(of: plain) { patterns[pattern, default: []].append(place) }
        }
        (byName, bySurname, byPattern, byUnit) = (names, surnames, patterns, units)
        named = people.reduce(0) { $0 + ($1.plain == nil ? 0 : 1) }
    }

    /// Everybody of a whole name, blanks and dots aside.
    func people(named plain: String) -> [Int] { byName[plain] ?? [] }

    /// Everybody whose name differs in exactly one character of at least three, in no order.
    func people(oneCharacterFrom plain: String) -> Set<Int> {
        let patterns = LinkRoster.patterns(of: plain)
        return Set(patterns.flatMap { byPattern[$0] ?? [] }).subtracting(people(named: plain))
    }

    /// Everybody of a surname.
    func people(ofSurname surname: String) -> [Int] { bySurname[surname] ?? [] }

    /// Everybody who serves or served in a unit.
    func people(in unit: String) -> [Int] { byUnit[unit] ?? [] }

    /// The name with each character in turn left open; none where two characters would leave one.
    private static func patterns(of plain: String) -> [String] {
        let characters = Array(plain)
        guard characters.count >= 3 else { return [] }
        return characters.indices.map { place in
            var open = characters
            open[place] = "?"
            return String(open)
        }
    }
}
