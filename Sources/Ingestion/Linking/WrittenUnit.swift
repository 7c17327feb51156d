import Warehouse

/// The units that a text may mean: how far each unit of the roster agrees, and who served there.
struct WrittenUnit: Sendable {
    let isUnknown: Bool
    /// Whoever serves or served in a unit that is called so, ascending.
    let direct: [Int]
    /// These, and those of the units above and below, ascending.
    let all: [Int]
    /// Tenures, each unit's people counted by themselves, in units above and below.
    let relatedTenures: Int
    /// By number of the unit.
    private let levels: [Int]
    private let different: Int

    init(_ units: [String: UnitAgreement], _ roster: LinkRoster) {
        isUnknown = units.isEmpty
        different = UnitAgreement.different.level
        var levels = [Int](repeating: different, count: roster.unitCount)
        var (direct, related, tenures): (Set<Int>, Set<Int>, Int) = ([], [], 0)
        for (id, agreement) in units {
            guard let number = roster.number(ofUnit: id) else { continue }
            levels[number] = agreement.level
            let people = roster.people(in: number)
            if agreement == .related {
                related.formUnion(people)
                tenures += people.count
            } else {
                direct.formUnion(people)
            }
        }
        self.levels = levels
        (self.direct, all, relatedTenures) = (direct.sorted(), direct.union(related).sorted(), tenures)
    }

    func level(of unit: Int?) -> Int { unit.map { levels[$0] } ?? different }
}

/// How far each post of the roster agrees with one that was written.
struct WrittenPostLevels: Sendable {
    private let levels: [Int]

    init(_ written: WrittenPost, _ roster: LinkRoster) {
        levels = roster.posts.map { held in
            let agreement: PostAgreement =
                if held.plain == written.plain { .exact } else if !held.isOfType(of: written) { .different } else if held.isShortened(from: written) {
                    .shortened
                } else { .sameType }
            return agreement.level
        }
    }

    func level(of post: Int) -> Int { levels[post] }
}
