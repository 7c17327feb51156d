/// Which unit an export means by what it writes: a number, a name, an alias or a former name.
///
/// The better the word, the earlier it is asked: a number before any name, a present name before an alias, an alias before a former name, so that a unit that took over
/// another's former name is not taken for it. A word that stands for more than one unit at its rank stands for none. The unit table has no days
/// for former names, so they mean the same unit on every day. Blanks make no difference.
struct UnitNames: Sendable {
    /// By rank: name, alias, former name; then by word: the units that are called so.
    private var ranks: [[String: Set<String>]] = [[:], [:], [:]]
    private var numbers: Set<String> = []
    /// What listed words mean, as they are listed: exports name units by the million, and nearly always so.
    private var meanings: [String: String?] = [:]

    mutating func add(_ unit: UnitEntry) {
        numbers.insert(unit.unitID)
        for (rank, words) in [[unit.name], unit.aliases, unit.formerNames].enumerated() {
            for word in words { ranks[rank][UnitNames.plain(word), default: []].insert(unit.unitID) }
        }
    }

    /// Looks every listed word up once, when all units are added.
    mutating func settle() {
        meanings = [:]
        for rank in ranks {
            for (word, units) in rank where meanings[word] == nil { meanings[word] = .some(units.count == 1 ? units.first : nil) }
        }
    }

    /// The unit; `nil` where nothing is written, where no unit is called so, and where several are.
    func unitID(_ written: String?) -> String? {
        guard let written else { return nil }
        if numbers.contains(written) { return written }
        if let meaning = meanings[written] { return meaning }
        let word = UnitNames.plain(written)
        guard let units = ranks.lazy.compactMap({ $0[word] }).first else { return nil }
        return units.count == 1 ? units.first : nil
    }

    private static func plain(_ text: String) -> String { text.filter { !$0.isWhitespace } }
}
