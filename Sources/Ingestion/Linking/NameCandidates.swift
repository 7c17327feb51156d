import Warehouse

/// Who on the roster agrees with one written name, how far, and which share of the roster agrees so.
struct NameCandidates: Sendable {
    /// Whoever bears the name, or one that differs in a character, ascending, with the level: whoever may be meant by the name alone. A surname alone is not
    /// enough to look for people everywhere.
    let block: [(person: Int, level: Int)]
    /// The surname, where nothing else was written and somebody bears it.
    private let surname: Int?
    private let isBlank: Bool
    /// By level: how many of the roster; all 0 where no name was written.
    let totals: [Int]
    /// By level: share of the roster that agrees as far; `nil` for no agreement, where rarity says nothing.
    let shares: [Double?]

    private static let (surnameLevel, differentLevel) = (NameAgreement.surname.level, NameAgreement.different.level)

    /// - Parameter name: `nil`, or a name of which only a title was written, is missing: it agrees with nobody and differs from nobody.
    init(_ name: WrittenName?, _ roster: LinkRoster) {
        var block: [(person: Int, level: Int)] = []
        var (same, near, bearers) = (0, 0, 0)
        var surname: Int?
        if let name {
            // A whole name that happens to end like a title is still a name.
            let whole = NameReader.plain(name.raw)
            let plain = roster.people(named: whole).isEmpty ? name.plain : whole
            if let plain {
                let (exact, variant, oneCharacter) = (NameAgreement.exact.level, NameAgreement.variant.level, NameAgreement.oneCharacter.level)
                block = roster.people(named: plain).map { ($0, roster.people[$0].name == name.raw ? exact : variant) }
                same = block.count
                block += roster.people(oneCharacterFrom: plain).map { ($0, oneCharacter) }
                near = block.count - same
                block.sort { $0.person < $1.person }
            } else if let only = name.surname, let number = roster.number(ofSurname: only) {
                (surname, bearers) = (number, roster.bearers(ofSurname: number))
            }
        }
        (self.block, self.surname) = (block, surname)
        isBlank = name.map { $0.plain == nil && $0.surname == nil } ?? true
        let population = Double(roster.people.count)
        shares = NameAgreement.allCases.map { level in
            switch level {
            case .exact, .variant: Double(same) / population
            case .oneCharacter: Double(near) / population
            case .surname: Double(bearers) / population
            case .different: nil
            }
        }
        var totals = NameAgreement.allCases.map { _ in 0 }
        if !isBlank {
            for entry in block { totals[entry.level] += 1 }
            totals[NameCandidates.surnameLevel] = bearers
            totals[NameCandidates.differentLevel] = roster.named - block.count - bearers
        }
        self.totals = totals
    }

    /// The level of somebody who is not in the block; `nil` where either side has no name.
    func level(ofOther person: Int, _ roster: LinkRoster) -> Int? {
        guard !isBlank, let own = roster.surname(of: person) else { return nil }
        return own == surname ? NameCandidates.surnameLevel : NameCandidates.differentLevel
    }
}
