/// Who held each post of a unit, or bore each name in one, and when.
///
/// Hundreds may hold a post of one title at a time, and every row that names it is asked for all of them. Spells lie one behind the other: a list for each of
/// some hundred thousand names would take longer to make than the names.
struct Holdings: Sendable {
    /// From one day to another, both included.
    struct Spell: Sendable {
        /// Among all cadres.
        let cadre: Int32
        let first: Int32
        /// `Int32.max` for what lasts.
        var last: Int32
    }

    /// Of each post or name, where its spells start; then where the last one's end.
    private var starts: [Int32] = [0]
    /// Those of one cadre and post have no day in common: however many cover a day, so many people do.
    private var spells: [Spell] = []

    /// Nobody held anything.
    static let none = Holdings([], count: 0)

    /// Joins what overlaps; a spell that ends before it begins covers no day.
    ///
    /// - Parameters:
    ///   - given: Each with the number of the post or name, counted from 0.
    ///   - later: Others, whose numbers are counted from `first`.
    ///   - count: How many posts and names there are.
    init(_ given: [(holding: Int32, spell: Spell)], later: [(holding: Int32, spell: Spell)] = [], first: Int32 = 0, count: Int) {
        let ordered = ByCadre<Spell>(0..<count) { pass in
            for each in given { pass(each.holding, each.spell) }
            for each in later { pass(first + each.holding, each.spell) }
        }
        spells.reserveCapacity(given.count + later.count)
        starts.reserveCapacity(count + 1)
        for holding in 0..<count {
            add(ordered[holding])
            starts.append(Int32(truncatingIfNeeded: spells.count))
        }
    }

    private mutating func add(_ own: ArraySlice<Spell>) {
        let sorted = own.count > 1 ? own.sorted { ($0.cadre, $0.first, $0.last) < ($1.cadre, $1.first, $1.last) }[...] : own
        let start = spells.count
        for spell in sorted where spell.first <= spell.last {
            if spells.count > start, spells[spells.count - 1].cadre == spell.cadre, spell.first <= spells[spells.count - 1].last {
                spells[spells.count - 1].last = max(spells[spells.count - 1].last, spell.last)
            } else {
                spells.append(spell)
            }
        }
    }

    /// How many people held something on a day, and one of them.
    func holders(of holding: Int32, on day: Int32) -> (count: Int, one: Int32) {
        var (count, one) = (0, Int32(-1))
        for index in starts[Int(holding)]..<starts[Int(holding) + 1] where spells[Int(index)].first <= day && day <= spells[Int(index)].last {
            count += 1
            one = spells[Int(index)].cadre
        }
        return (count, one)
    }

    /// The one person who held something on a day; below zero where that were none, or several: hundreds need not be looked at to know that there are two.
    func only(of holding: Int32, on day: Int32) -> Int32 {
        var one = Int32(-1)
        for index in starts[Int(holding)]..<starts[Int(holding) + 1] where spells[Int(index)].first <= day && day <= spells[Int(index)].last {
            if one >= 0 { return -1 }
            one = spells[Int(index)].cadre
        }
        return one
    }
}
