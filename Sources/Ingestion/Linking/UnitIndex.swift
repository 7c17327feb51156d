import Warehouse

/// Which units a text may mean, by number, name, alias or former name, and those above and below them.
struct UnitIndex: Sendable {
    private let named: [String: [String: UnitAgreement]]
    private let related: [String: [String]]

    init(_ units: [String: UnitEntry]) {
        var named: [String: [String: UnitAgreement]] = [:]
        func add(_ text: String, _ unit: String, _ agreement: UnitAgreement) {
            let plain = UnitIndex.plain(text)
            // Called first is better: a name is also an alias where somebody lists it twice.
            if named[plain]?[unit] == nil { named[plain, default: [:]][unit] = agreement }
        }
        var related: [String: [String]] = [:]
        for unit in units.values {
            add(unit.unitID, unit.unitID, .exact)
            add(unit.name, unit.unitID, .exact)
            for alias in unit.aliases { add(alias, unit.unitID, .alias) }
            for name in unit.formerNames { add(name, unit.unitID, .formerName) }
            guard let parent = unit.parentID, parent != unit.unitID, units[parent] != nil else { continue }
            related[parent, default: []].append(unit.unitID)
            related[unit.unitID, default: []].append(parent)
        }
        self.named = named
        self.related = related
    }

    /// Every unit that the text may mean, each with the best agreement; empty where no unit is called so.
    func units(for text: String) -> [String: UnitAgreement] {
        guard let direct = named[UnitIndex.plain(text)] else { return [:] }
        var units = direct
        for unit in direct.keys { for other in related[unit] ?? [] where units[other] == nil { units[other] = .related } }
        return units
    }

    private static func plain(_ text: String) -> String { text.filter { !$0.isWhitespace } }
}
