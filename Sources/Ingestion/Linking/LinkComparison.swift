import PipelineModel
import Warehouse

/// A target in words, on a day.
struct WordsTarget {
    let unit: String?
    let post: String?
    let name: String?
    let day: Int32?

    /// - Returns: `nil` where the key is not made of three fields.
    init?(_ key: TargetTable.Key, day: Int32) {
        let parts = key.parts.map { $0.isEmpty ? nil : $0 }
        guard key.form == .words, parts.count == 3 else { return nil }
        (unit, post, name) = (parts[0], parts[1], parts[2])
        self.day = day == FactPartial.noDay ? nil : day
    }
}

/// A target beside one cadre.
struct LinkPair {
    let person: Int
    /// The tenure that fits best.
    let spell: LinkRoster.Spell
    let unit: UnitAgreement?
    let name: NameAgreement?
    let post: PostAgreement?
    let date: DateAgreement?
    let nameShare: Double?

    /// In the order of `LinkComparer.comparisons`.
    var levels: [Int?] { [unit?.level, name?.level, post?.level, date?.level] }
}

/// Finds who may be meant by a target, and compares.
struct LinkComparer {
    static let comparisons = ["unit", "name", "post", "date"]

    let roster: LinkRoster
    private let units: UnitIndex
    private let names: NameReader
    private let posts: PostReader
    private let nearDays: Int32

    init(_ history: ServiceHistory, _ rules: LinkageRules) {
        posts = PostReader(titles: rules.titles)
        names = NameReader(titles: rules.titles)
        units = UnitIndex(history.units)
        roster = LinkRoster(history, posts: posts)
        nearDays = Int32(clamping: rules.nearDays)
    }

    /// A target's candidates: whoever serves or served in a unit that may be meant, and whoever is called so, or nearly so. Where no whole name is written,
    /// also whoever serves in a unit above or below: with a name these are found by it, and a county has thousands of others.
    struct Candidates {
        let pairs: [LinkPair]
        /// Whether a unit was written that nobody knows.
        let isUnitUnknown: Bool
        /// K × L_k pairs with the rest of the roster, by level: post and date are compared among candidates only.
        let outside: [[Int]]
    }

    func candidates(of target: WordsTarget) -> Candidates {
        let name = target.name.map(names.read)
        let agreeing = NameCandidates(name, roster)
        let units = target.unit.map(self.units.units(for:))
        let post = (target.post ?? name?.title).map(posts.read)
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
        let pairs = block.sorted().map { compare($0, units, agreeing, post, target.day) }
        if name?.plain != nil {
            let inside = pairs.count { $0.unit == .related }
            unitsOutside[UnitAgreement.related.level] = max(0, unitsOutside[UnitAgreement.related.level] - inside)
        }
        if target.unit != nil { unitsOutside[UnitAgreement.different.level] = max(0, roster.people.count - pairs.count - unitsOutside.reduce(0, +)) }
        var namesOutside = agreeing.totals
        for pair in pairs { if let name = pair.name { namesOutside[name.level] -= 1 } }
        let none = [PostAgreement.allCases.map { _ in 0 }, DateAgreement.allCases.map { _ in 0 }]
        return Candidates(pairs: pairs, isUnitUnknown: units?.isEmpty ?? false, outside: [unitsOutside, namesOutside] + none)
    }

    /// Everybody else of the person's name who serves, or within the near days served or will serve, in the same unit.
    func homonyms(of pair: LinkPair, on day: Int32?) -> [Int] {
        guard let plain = roster.people[pair.person].plain, let unit = pair.spell.unit else { return [] }
        return roster.people(named: plain).filter { other in
            other != pair.person && roster.people[other].spells.contains { $0.unit == unit && date($0, day) != .outside }
        }
    }

    /// The tenure whose unit, then day, then post agrees best speaks for a person.
    private func compare(
        _ person: Int, _ units: [String: UnitAgreement]?, _ names: NameCandidates, _ post: WrittenPost?, _ day: Int32?
    ) -> LinkPair {
        var best: (spell: LinkRoster.Spell, unit: UnitAgreement?, date: DateAgreement?, post: PostAgreement?)?
        for spell in roster.people[person].spells {
            let unit = units.map { known in spell.unit.flatMap { known[$0] } ?? .different }
            let found = (spell, unit, date(spell, day), self.post(spell, post))
            if let best, !LinkComparer.isBetter((found.1, found.2, found.3), (best.unit, best.date, best.post)) { continue }
            best = found
        }
        let spell = best?.spell ?? LinkRoster.Spell(unit: nil, post: nil, days: nil)
        let name = names.agreement(person, roster)
        return LinkPair(
            person: person, spell: spell, unit: best?.unit, name: name, post: best?.post, date: best?.date, nameShare: names.share(name))
    }

    private typealias Agreements = (unit: UnitAgreement?, date: DateAgreement?, post: PostAgreement?)

    private static func isBetter(_ left: Agreements, _ right: Agreements) -> Bool {
        (left.unit?.level ?? 9, left.date?.level ?? 9, left.post?.level ?? 9) < (right.unit?.level ?? 9, right.date?.level ?? 9, right.post?.level ?? 9)
    }

    private func date(_ spell: LinkRoster.Spell, _ day: Int32?) -> DateAgreement? {
        guard let day, let days = spell.days else { return nil }
        if days.contains(day) { return .inTenure }
        let distance = day < days.lowerBound ? days.lowerBound - day : day - days.upperBound
        return distance <= nearDays ? .near : .outside
    }

    private func post(_ spell: LinkRoster.Spell, _ written: WrittenPost?) -> PostAgreement? {
        guard let written, let held = spell.post else { return nil }
        if held.plain == written.plain { return .exact }
        guard held.isOfType(of: written) else { return .different }
        return held.isShortened(from: written) ? .shortened : .sameType
    }
}

extension Category {
    /// The place among the levels of its comparison.
    var level: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
