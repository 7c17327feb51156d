import PipelineModel
import Warehouse

/// A target in words, on whatever day.
struct TargetWords: Sendable {
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

/// What a linkage compares targets with.
struct LinkComparer: Sendable {
    static let comparisons = ["unit", "name", "post", "date"]

    let roster: LinkRoster
    let units: UnitIndex
    let names: NameReader
    let posts: PostReader
    let nearDays: Int32

    init(_ history: ServiceHistory, _ rules: LinkageRules) {
        posts = PostReader(titles: rules.titles)
        names = NameReader(titles: rules.titles)
        units = UnitIndex(history.units)
        roster = LinkRoster(history, posts: posts)
        nearDays = Int32(clamping: rules.nearDays)
    }

    /// Everybody else of the person's name who serves, or within the near days served or will serve, in the same unit.
    func homonyms(of pair: LinkCandidates.Pair, on day: Int32?) -> [Int] {
        let spell = roster.spells(of: pair.person).lowerBound + pair.spell
        guard let plain = roster.people[pair.person].plain, let unit = roster.spell(spell).unit else { return [] }
        return roster.people(named: plain).filter { other in
            other != pair.person
                && roster.spells(of: other).lazy.map(roster.spell).contains {
                    $0.unit == unit && DateAgreement.between($0.days, day, near: nearDays) != .outside
                }
        }
    }
}

/// Finds who may be meant by targets, one after the other; what units and posts written before came to is remembered.
struct CandidateSearch {
    private let comparer: LinkComparer
    private var lastUnit: (text: String, read: WrittenUnit)?
    /// By written post: level of each post of the roster, where it was asked for.
    private var posts: [String: WrittenPostLevels] = [:]

    init(_ comparer: LinkComparer) { self.comparer = comparer }

    /// A target's candidates: whoever serves or served in a unit that may be meant, and whoever is called so, or nearly so. Where no whole name is written,
    /// also whoever serves in a unit above or below: with a name these are found by it, and a county has thousands of others.
    mutating func candidates(for words: TargetWords) -> LinkCandidates {
        let roster = comparer.roster
        let name = words.name.map(comparer.names.read)
        let agreeing = NameCandidates(name, roster)
        let unit = words.unit.map { readUnit($0) }
        let post = (words.post ?? name?.title).map { readPost($0) }
        let isWholeName = name?.plain != nil
        var candidates = LinkCandidates(isUnitUnknown: unit?.isUnknown ?? false, nameShares: agreeing.shares)

        // Both lists ascend: whoever is in both counts once.
        let served = isWholeName ? unit?.direct ?? [] : unit?.all ?? []
        let block = agreeing.block
        var (next, nextServed) = (0, 0)
        while next < block.count || nextServed < served.count {
            let called = next < block.count ? block[next].person : Int.max
            let serving = nextServed < served.count ? served[nextServed] : Int.max
            let person = min(called, serving)
            let level = called == person ? block[next].level : agreeing.level(ofOther: person, roster)
            candidates.add(person, roster, name: level, unit: unit, post: post)
            if called == person { next += 1 }
            if serving == person { nextServed += 1 }
        }
        candidates.outside = outside(words, unit, agreeing, candidates, isWholeName: isWholeName)
        return candidates
    }

    /// K × L_k: how the rest of the roster agrees.
    private func outside(
        _ words: TargetWords, _ unit: WrittenUnit?, _ agreeing: NameCandidates, _ candidates: LinkCandidates, isWholeName: Bool
    ) -> [[Int]] {
        var units = UnitAgreement.allCases.map { _ in 0 }
        if isWholeName {
            let related = UnitAgreement.related.level
            // Somebody who served in two of them counts twice, which moves a share of thousands by a hair.
            units[related] = max(0, (unit?.relatedTenures ?? 0) - candidates.units(at: related))
        }
        if words.unit != nil {
            units[UnitAgreement.different.level] = max(0, comparer.roster.people.count - candidates.count - units.reduce(0, +))
        }
        let names = agreeing.totals.enumerated().map { level, total in total - candidates.names(at: level) }
        return [units, names, PostAgreement.allCases.map { _ in 0 }, DateAgreement.allCases.map { _ in 0 }]
    }

    private mutating func readUnit(_ text: String) -> WrittenUnit {
        // Targets come sorted by unit.
        if let lastUnit, lastUnit.text == text { return lastUnit.read }
        let read = WrittenUnit(comparer.units.units(for: text), comparer.roster)
        lastUnit = (text, read)
        return read
    }

    private mutating func readPost(_ post: String) -> WrittenPostLevels {
        if let known = posts[post] { return known }
        let levels = WrittenPostLevels(comparer.posts.read(post), comparer.roster)
        posts[post] = levels
        return levels
    }
}

extension Category {
    /// The place among the levels of its comparison.
    var level: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
