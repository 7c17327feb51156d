import PipelineModel
import Warehouse

/// A target in words, on whatever day.
struct TargetWords {
    let unit: String?
    let post: String?
    let name: String?

    /// - Returns: `nil` where the key is not made of three fields.
    init?(_ key: TargetTable.Key) {
        let parts = key.parts.map { $0.isEmpty ? nil : $0 }
        guard key.form == .words, parts.count == 3 else { return nil }
        (unit, post, name) = (parts[0], parts[1], parts[2])
    }
}

/// A target on a day beside one cadre: how far they agree, each by the place among the levels of its comparison; `nil` where one of them says nothing.
struct LinkPair {
    /// Place in the roster.
    let person: Int
    /// The tenure that fits best, among the person's.
    let spell: Int
    let unit: Int?
    let name: Int?
    let post: Int?
    let date: Int?
    let nameShare: Double?

    /// In the order of `LinkComparer.comparisons`.
    var levels: [Int?] { [unit, name, post, date] }
}

/// Finds who may be meant by a target, and compares.
struct LinkComparer: Sendable {
    static let comparisons = ["unit", "name", "post", "date"]

    let roster: LinkRoster
    private let units: UnitIndex
    private let names: NameReader
    private let posts: PostReader
    let nearDays: Int32

    init(_ history: ServiceHistory, _ rules: LinkageRules) {
        posts = PostReader(titles: rules.titles)
        names = NameReader(titles: rules.titles)
        units = UnitIndex(history.units)
        roster = LinkRoster(history, posts: posts)
        nearDays = Int32(clamping: rules.nearDays)
    }

    /// A target's candidates: whoever serves or served in a unit that may be meant, and whoever is called so, or nearly so. Where no whole name is written,
    /// also whoever serves in a unit above or below: with a name these are found by it, and a county has thousands of others.
    func candidates(for words: TargetWords) -> LinkCandidates {
        let name = words.name.map(names.read)
        let agreeing = NameCandidates(name, roster)
        let units = words.unit.map(self.units.units(for:))
        let post = (words.post ?? name?.title).map(posts.read)
        var block = Set(agreeing.block)
        var unitsOutside = UnitAgreement.allCases.map { _ in 0 }
        for (unit, agreement) in units ?? [:] {
            if agreement == .related, name?.plain != nil {
                // Somebody who served in two of them counts twice, which moves a share of thousands by a hair.
                unitsOutside[agreement.level] += roster.people(in: unit).count
            } else {
                block.formUnion(roster.people(in: unit))
            }
        }
        var candidates = LinkCandidates(isUnitUnknown: units?.isEmpty ?? false)
        for person in block.sorted() { candidates.add(person, roster, units, agreeing, post) }
        if name?.plain != nil {
            let inside = candidates.people.count { $0.unit == UnitAgreement.related.level }
            unitsOutside[UnitAgreement.related.level] = max(0, unitsOutside[UnitAgreement.related.level] - inside)
        }
        if words.unit != nil {
            unitsOutside[UnitAgreement.different.level] = max(0, roster.people.count - candidates.people.count - unitsOutside.reduce(0, +))
        }
        var namesOutside = agreeing.totals
        for person in candidates.people { if let name = person.name { namesOutside[name] -= 1 } }
        let none = [PostAgreement.allCases.map { _ in 0 }, DateAgreement.allCases.map { _ in 0 }]
        candidates.outside = [unitsOutside, namesOutside] + none
        return candidates
    }

    /// Everybody else of the person's name who serves, or within the near days served or will serve, in the same unit.
    func homonyms(of pair: LinkPair, on day: Int32?) -> [Int] {
        guard let plain = roster.people[pair.person].plain, let unit = roster.people[pair.person].spells[pair.spell].unit else { return [] }
        return roster.people(named: plain).filter { other in
            other != pair.person
                && roster.people[other].spells.contains { $0.unit == unit && DateAgreement.between($0.days, day, near: nearDays) != .outside }
        }
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

extension Category {
    /// The place among the levels of its comparison.
    var level: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
