/// Who held one post of a unit, or bore one name in it, and when.
///
/// Hundreds may hold a post of one title at a time, and every row that names it is asked for all of them.
struct Holdings {
    /// From one day to another, both included.
    struct Spell {
        /// Among all cadres.
        let cadre: Int32
        let first: Int32
        /// `Int32.max` for what lasts.
        var last: Int32
    }

    /// Once settled, those of one cadre have no day in common: however many cover a day, so many people do.
    private var spells: [Spell] = []

    mutating func add(_ spell: Spell) { spells.append(spell) }

    /// Joins what overlaps; a spell that ends before it begins covers no day.
    mutating func settle() {
        spells.sort { ($0.cadre, $0.first, $0.last) < ($1.cadre, $1.first, $1.last) }
        var settled: [Spell] = []
        for spell in spells where spell.first <= spell.last {
            if let before = settled.last, before.cadre == spell.cadre, spell.first <= before.last {
                settled[settled.count - 1].last = max(before.last, spell.last)
            } else {
                settled.append(spell)
            }
        }
        spells = settled
    }

    /// How many people on a day, and one of them.
    func holders(on day: Int32) -> (count: Int, one: Int32) {
        var (count, one) = (0, Int32(-1))
        for spell in spells where spell.first <= day && day <= spell.last {
            count += 1
            one = spell.cadre
        }
        return (count, one)
    }
}
