import PipelineModel
import Warehouse

/// The groups that people belong to, by attribute, and whom of them tonight's flags are about.
struct FairnessAttributes {
    private let groups: FairnessGroups
    private let flagged: Set<String>

    /// - Parameter flagged: Cadres whom a flag of tonight is about.
    init(_ groups: FairnessGroups, flagged: Set<String>) { (self.groups, self.flagged) = (groups, flagged) }

    /// How many of each group were judged, and how many of them are flagged; only of groups that somebody judged is in.
    func counts(by attribute: FairnessAttribute) -> [String: (judged: Int, flagged: Int)] {
        let names = groups.names[attribute] ?? []
        var byNumber = [(judged: Int, flagged: Int)](repeating: (0, 0), count: names.count)
        for (cadreID, person) in groups.judged {
            let number = person.group(by: attribute)
            byNumber[number].judged += 1
            if flagged.contains(cadreID) { byNumber[number].flagged += 1 }
        }
        return Dictionary(
            zip(names, byNumber).filter { $1.judged > 0 }, uniquingKeysWith: { ($0.judged + $1.judged, $0.flagged + $1.flagged) })
    }

    /// The group of a cadre, judged or not; ``FairnessGroups/unknown`` where nothing is known.
    ///
    /// - Parameter kind: Kind of body of a cadre who is not judged, where it is known otherwise.
    func group(of cadreID: String, by attribute: FairnessAttribute, kind: KindOfBody?) -> String {
        let number = groups.people[cadreID]?.group(by: attribute) ?? 0
        if number == 0, attribute == .kind, let kind { return kind.rawValue }
        return groups.names[attribute]?[number] ?? FairnessGroups.unknown
    }
}
