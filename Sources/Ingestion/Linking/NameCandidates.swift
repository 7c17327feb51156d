import Warehouse

/// Who on the roster agrees with one written name, how far, and which share of the roster agrees so.
struct NameCandidates {
    /// Whoever agrees on more than nothing.
    private let agreements: [Int: NameAgreement]
    private let sameName: Int
    private let oneCharacter: Int
    private let sameSurname: Int
    private let isBlank: Bool
    private let population: Double
    private let named: Int

    /// - Parameter name: `nil`, or a name of which only a title was written, is missing: it agrees with nobody and differs from nobody.
    init(_ name: WrittenName?, _ roster: LinkRoster) {
        var agreements: [Int: NameAgreement] = [:]
        var (same, near, surname) = ([Int](), Set<Int>(), [Int]())
        if let name {
            // A whole name that happens to end like a title is still a name.
            let whole = NameReader.plain(name.raw)
            let plain = roster.people(named: whole).isEmpty ? name.plain : whole
            if let plain {
                same = roster.people(named: plain)
                near = roster.people(oneCharacterFrom: plain)
            } else if let only = name.surname {
                surname = roster.people(ofSurname: only)
            }
            for person in surname { agreements[person] = .surname }
            for person in near { agreements[person] = .oneCharacter }
            for person in same { agreements[person] = roster.people[person].name == name.raw ? .exact : .variant }
        }
        self.agreements = agreements
        (sameName, oneCharacter, sameSurname) = (same.count, near.count, surname.count)
        isBlank = name.map { $0.plain == nil && $0.surname == nil } ?? true
        population = Double(roster.people.count)
        named = roster.named
    }

    /// Everybody who may be meant by the name alone, in no order: a surname alone is not enough to look for people everywhere.
    var block: some Sequence<Int> { agreements.lazy.filter { $0.value != .surname }.map(\.key) }

    /// - Returns: `nil` where either side has no name.
    func agreement(_ person: Int, _ roster: LinkRoster) -> NameAgreement? {
        isBlank || roster.people[person].plain == nil ? nil : agreements[person] ?? .different
    }

    /// Share of the roster that agrees with the written name as far; `nil` for no agreement, where rarity says nothing.
    func share(_ agreement: NameAgreement?) -> Double? {
        switch agreement {
        case .exact, .variant: Double(sameName) / population
        case .oneCharacter: Double(oneCharacter) / population
        case .surname: Double(sameSurname) / population
        case .different, nil: nil
        }
    }

    /// How many of the roster have each level; all 0 where no name was written.
    var totals: [Int] {
        if isBlank { return NameAgreement.allCases.map { _ in 0 } }
        var counts = NameAgreement.allCases.map { level in agreements.values.count { $0 == level } }
        counts[NameAgreement.different.level] = named - agreements.count
        return counts
    }
}
