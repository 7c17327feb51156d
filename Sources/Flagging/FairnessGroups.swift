import PipelineModel
import Warehouse

/// What the roster says of people's groups, by attribute, and who is judged: read before anybody is flagged.
struct FairnessGroups: Sendable {
    /// Groups of fewer people are pooled, so that a line of the audit does not describe two or three people by their ethnic group.
    static let smallestEthnicGroup = 5
    static let pooled = "其他"
    /// Where the export does not say.
    static let unknown = "unknown"

    /// The groups of one attribute by number, because people are counted by the hundred thousand, attribute by attribute; 0 is where nothing is known.
    private struct Groups {
        private(set) var names = [FairnessGroups.unknown]

        mutating func number(of name: String?) -> Int {
            guard let name else { return 0 }
            if let number = names.dropFirst().firstIndex(of: name) { return number }
            names.append(name)
            return names.count - 1
        }
    }

    /// A person's groups by their numbers.
    struct Person: Sendable {
        fileprivate(set) var (sex, ageBand, ethnicGroup, kind) = (0, 0, 0, 0)

        func group(by attribute: FairnessAttribute) -> Int {
            switch attribute {
            case .sex: sex
            case .ageBand: ageBand
            case .ethnicGroup: ethnicGroup
            case .kind: kind
            }
        }
    }

    let people: [String: Person]
    let judged: [(cadreID: String, person: Person)]
    /// By attribute; of the ethnic groups, those that are pooled are called so.
    let names: [FairnessAttribute: [String]]

    init(asOf: CalendarDate, in transaction: Transaction) throws {
        var (sexes, ageBands, ethnicGroups, kinds) = (Groups(), Groups(), Groups(), Groups())
        var people: [String: Person] = [:]
        try transaction.forEachRow(of: .roster, fields: ["cadre_id", "sex", "birth_date", "ethnic_group"]) { row in
            guard let id = try row.optionalText() else { return }
            var person = Person()
            person.sex = sexes.number(of: try row.optionalCode(Sex.self)?.rawValue)
            person.ageBand = ageBands.number(of: try row.optionalDate().map { FairnessGroups.ageBand(asOf.completedYears(since: $0)) })
            person.ethnicGroup = ethnicGroups.number(of: try row.optionalText())
            people[id] = person
        }
        var judged: [(cadreID: String, person: Person)] = []
        try transaction.forEachRow(of: PeerMember.self, columns: ["cadre_id", "kind", "is_observed"]) { row in
            let (id, kind) = (try row.text(), try row.code(KindOfBody.self))
            guard try row.flag() else { return }
            var person = people[id] ?? Person()
            person.kind = kinds.number(of: kind.rawValue)
            people[id] = person
            judged.append((id, person))
        }
        var sizes = [Int](repeating: 0, count: ethnicGroups.names.count)
        for (_, person) in judged { sizes[person.ethnicGroup] += 1 }
        let shown = zip(ethnicGroups.names, sizes).enumerated().map { number, group in
            number == 0 || group.1 >= FairnessGroups.smallestEthnicGroup ? group.0 : FairnessGroups.pooled
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
}
