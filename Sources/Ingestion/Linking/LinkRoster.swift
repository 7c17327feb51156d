import PipelineModel
import Warehouse

/// The roster as a linkage looks at it: people by name, by surname and by unit; units, posts and surnames as numbers, because millions of pairs are compared.
struct LinkRoster: Sendable {
    /// A tenure, or the roster's own word where no post is known.
    struct Spell: Sendable {
        /// Number of the unit; `nil` where none is known.
        let unit: Int?
        /// Place in `posts`.
        let post: Int?
        /// First and last day numbers; a spell of the roster alone has neither.
        let days: ClosedRange<Int32>?
    }

    struct Person: Sendable {
        let cadreID: String
        let name: String?
        let plain: String?
    }

    /// By cadre number.
    let people: [Person]
    /// The different posts.
    let posts: [WrittenPost]
    /// How many numbers there are for units.
    let unitCount: Int
    /// People who have a name.
    let named: Int
    /// By person: where their spells start; and where the last one's end.
    private let starts: [Int]
    private let allSpells: [Spell]
    /// By person, the first bearer of the whole name and the number of the surname; `nil` for one without a name.
    private let names: [Int?]
    private let surnames: [Int?]
    private let numberOfSurname: [String: Int]
    private let numberOfUnit: [String: Int]
    private let byName: [String: [Int]]
    private let byPattern: [String: [Int]]
    private let byUnit: [[Int]]
    private let bearers: [Int]

    init(_ history: ServiceHistory, posts reader: PostReader) {
        var (posts, placeOfPost): ([WrittenPost], [String: Int]) = ([], [:])
        func post(_ text: String) -> Int {
            if let known = placeOfPost[text] { return known }
            placeOfPost[text] = posts.count
            posts.append(reader.read(text))
            return posts.count - 1
        }
        var units: [String: Int] = [:]
        func unit(_ id: String) -> Int {
            let number = units[id] ?? units.count
            units[id] = number
            return number
        }
        for id in history.units.keys.sorted() { _ = unit(id) }
        var (people, starts, spells): ([Person], [Int], [Spell]) = ([], [0], [])
        for entry in history.cadres.values {
            for tenure in history.tenures[entry.cadreID] ?? [] {
                let last = tenure.end?.dayNumber ?? .max
                guard tenure.start.dayNumber <= last else { continue }
                spells.append(Spell(unit: tenure.unitID.map(unit), post: tenure.post.map(post), days: tenure.start.dayNumber...last))
            }
            if spells.count == starts[people.count] { spells.append(Spell(unit: entry.unitID.map(unit), post: nil, days: nil)) }
            starts.append(spells.count)
            people.append(Person(cadreID: entry.cadreID, name: entry.name, plain: entry.name.map(NameReader.plain)))
        }
        var (byName, patterns, numbers): ([String: [Int]], [String: [Int]], [String: Int]) = ([:], [:], [:])
        var (byUnit, surnames, bearers): ([[Int]], [Int?], [Int]) = (Array(repeating: [], count: units.count), [], [])
        var names: [Int?] = []
        for (place, person) in people.enumerated() {
            for unit in Set(spells[starts[place]..<starts[place + 1]].compactMap(\.unit)) { byUnit[unit].append(place) }
            guard let plain = person.plain else {
                surnames.append(nil)
                names.append(nil)
                continue
            }
            byName[plain, default: []].append(place)
            names.append(byName[plain]?.first)
            let surname = NameReader.surname(of: plain)
            let number = numbers[surname] ?? numbers.count
            numbers[surname] = number
            if number == bearers.count { bearers.append(0) }
            bearers[number] += 1
            surnames.append(number)
            for pattern in LinkRoster.patterns(of: plain) { patterns[pattern, default: []].append(place) }
        }
        (self.people, self.posts, self.starts, allSpells) = (people, posts, starts, spells)
        (self.byUnit, unitCount, numberOfUnit) = (byUnit, units.count, units)
        (self.byName, byPattern, self.names) = (byName, patterns, names)
        (self.surnames, numberOfSurname, self.bearers) = (surnames, numbers, bearers)
        named = people.reduce(0) { $0 + ($1.plain == nil ? 0 : 1) }
    }

    /// Places of a person's spells, at least one.
    func spells(of person: Int) -> Range<Int> { starts[person]..<starts[person + 1] }

    /// By place.
    func spell(_ place: Int) -> Spell { allSpells[place] }

    /// Everybody of a whole name, blanks and dots aside, ascending.
    func people(named plain: String) -> [Int] { byName[plain] ?? [] }

    /// Everybody whose name differs in exactly one character of at least three, in ascending runs.
    func people(oneCharacterFrom plain: String) -> [Int] {
        let same = byName[plain]?.first.flatMap { names[$0] }
        return LinkRoster.patterns(of: plain).flatMap { byPattern[$0] ?? [] }.filter { names[$0] != same }
    }

    /// The number of a surname that somebody bears.
    func number(ofSurname surname: String) -> Int? { numberOfSurname[surname] }

    /// How many bear a surname.
    func bearers(ofSurname number: Int) -> Int { bearers[number] }

    /// The number of a person's surname; `nil` without a name.
    func surname(of person: Int) -> Int? { surnames[person] }

    /// The number of a unit that is known.
    func number(ofUnit id: String) -> Int? { numberOfUnit[id] }

    /// Everybody who serves or served in a unit, ascending.
    func people(in unit: Int) -> [Int] { byUnit[unit] }

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
