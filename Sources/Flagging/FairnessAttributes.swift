import PipelineModel
import Warehouse

/// The groups that people belong to, by attribute.
struct FairnessAttributes {
    /// Groups of fewer people are pooled, so that a line of the audit does not describe two or three people by their ethnic group.
    static let smallestEthnicGroup = 5
    static let pooled = "其他"
    /// Where the export does not say.
    static let unknown = "unknown"

    /// The groups of one attribute by number, because people are counted by the hundred thousand, attribute by attribute; 0 is where nothing is known.
    private struct Groups {
        private(set) var names = [FairnessAttributes.unknown]

        mutating func number(of name: String?) -> Int {
            guard let name else { return 0 }
            if let number = names.dropFirst().firstIndex(of: name) { return number }
            names.append(name)
            return names.count - 1
        }
    }

    /// A person's groups by their numbers.
    private struct Person {
        var (sex, ageBand, ethnicGroup, kind) = (0, 0, 0, 0)

        func group(by attribute: FairnessAttribute) -> Int {
            switch attribute {
            case .sex: sex
            case .ageBand: ageBand
            case .ethnicGroup: ethnicGroup
            case .kind: kind
            }
        }
    }

    private let people: [String: Person]
    private let judged: [(person: Person, isFlagged: Bool)]
    /// By attribute; of the ethnic groups, those that are pooled are called so.
    private let names: [FairnessAttribute: [String]]

    /// - Parameter flagged: Cadres whom a flag of tonight is about.
    init(asOf: CalendarDate, flagged: Set<String>, in transaction: Transaction) throws {
        var (sexes, ageBands, ethnicGroups, kinds) = (Groups(), Groups(), Groups(), Groups())
        var people: [String: Person] = [:]
        try transaction.forEachRow(of: .roster, fields: ["cadre_id", "sex", "birth_date", "ethnic_group"]) { row in
            guard let id = try row.optionalText() else { return }
            var person = Person()
            person.sex = sexes.number(of: try row.optionalCode(Sex.self)?.rawValue)
            person.ageBand = ageBands.number(of: try row.optionalDate().map { FairnessAttributes.ageBand(asOf.completedYears(since: $0)) })
            person.ethnicGroup = ethnicGroups.number(of: try row.optionalText())
            people[id] = person
        }
        var judged: [(person: Person, isFlagged: Bool)] = []
        try transaction.forEachRow(of: PeerMember.self, columns: ["cadre_id", "kind", "is_observed"]) { row in
            let (id, kind) = (try row.text(), try row.code(KindOfBody.self))
            guard try row.flag() else { return }
            var person = people[id] ?? Person()
            person.kind = kinds.number(of: kind.rawValue)
            people[id] = person
            judged.append((person, flagged.contains(id)))
        }
        var sizes = [Int](repeating: 0, count: ethnicGroups.names.count)
        for (person, _) in judged { sizes[person.ethnicGroup] += 1 }
        let shown = zip(ethnicGroups.names, sizes).enumerated().map { number, group in
            number == 0 || group.1 >= FairnessAttributes.smallestEthnicGroup ? group.0 : FairnessAttributes.pooled
        }
        names = [.sex: sexes.names, .ageBand: ageBands.names, .ethnicGroup: shown, .kind: kinds.names]
        (self.people, self.judged) = (people, judged)
    }

    static func ageBand(_ years: Int) -> String {
        switch years {
        case ..<35: "under_35"
        case ..<45: "35_44"
        case ..<55: "45_54"
        default: "55_and_over"
        }
    }

    /// How many of each group were judged, and how many of them are flagged; only of groups that somebody judged is in.
    func counts(by attribute: FairnessAttribute) -> [String: (judged: Int, flagged: Int)] {
        let names = names[attribute] ?? []
        var byNumber = [(judged: Int, flagged: Int)](repeating: (0, 0), count: names.count)
        for (person, isFlagged) in judged {
            let number = person.group(by: attribute)
            byNumber[number].judged += 1
            if isFlagged { byNumber[number].flagged += 1 }
        }
        return Dictionary(
            zip(names, byNumber).filter { $1.judged > 0 }, uniquingKeysWith: { ($0.judged + $1.judged, $0.flagged + $1.flagged) })
    }

    /// The group of a cadre, judged or not; ``unknown`` where nothing is known.
    ///
    /// - Parameter kind: Kind of body of a cadre who is not judged, where it is known otherwise.
    func group(of cadreID: String, by attribute: FairnessAttribute, kind: KindOfBody?) -> String {
        let number = people[cadreID]?.group(by: attribute) ?? 0
        if number == 0, attribute == .kind, let kind { return kind.rawValue }
        return names[attribute]?[number] ?? FairnessAttributes.unknown
    }
}
