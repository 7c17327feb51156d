import PipelineModel
import Warehouse

/// The groups that people belong to, by attribute.
struct FairnessAttributes {
    /// Groups of fewer people are pooled, so that a line of the audit does not describe two or three people by their ethnic group.
    static let smallestEthnicGroup = 5
    static let pooled = "其他"
    /// Where the export does not say.
    static let unknown = "unknown"

    /// The judged people, in the order of their numbers.
    let judged: [String]
    private let kinds: [String: KindOfBody]
    private let sexes: [String: Sex]
    private let ageBands: [String: String]
    private let ethnicGroups: [String: String]
    private let shownEthnicGroups: Set<String>

    init(asOf: CalendarDate, in transaction: Transaction) throws {
        var judged: [String] = []
        var kinds: [String: KindOfBody] = [:]
        try transaction.forEach(PeerMember.self) { member in
            guard member.isObserved else { return }
            judged.append(member.cadreID)
            kinds[member.cadreID] = member.kind
        }
        var (sexes, ageBands, ethnicGroups): ([String: Sex], [String: String], [String: String]) = ([:], [:], [:])
        try transaction.forEachRow(of: .roster, reading: ["cadre_id", "sex", "birth_date", "ethnic_group"]) { row in
            let fields = NamedFields(row, .roster)
            guard let id = fields.text("cadre_id") else { return }
            sexes[id] = fields.code("sex", Sex.self)
            ageBands[id] = fields.day("birth_date").map { FairnessAttributes.ageBand(asOf.completedYears(since: $0)) }
            ethnicGroups[id] = fields.text("ethnic_group")
        }
        var sizes: [String: Int] = [:]
        for id in judged { if let group = ethnicGroups[id] { sizes[group, default: 0] += 1 } }
        self.judged = judged
        self.kinds = kinds
        self.sexes = sexes
        self.ageBands = ageBands
        self.ethnicGroups = ethnicGroups
        shownEthnicGroups = Set(sizes.filter { $0.value >= FairnessAttributes.smallestEthnicGroup }.keys)
    }

    static func ageBand(_ years: Int) -> String {
        switch years {
        case ..<35: "under_35"
        case ..<45: "35_44"
        case ..<55: "45_54"
        default: "55_and_over"
        }
    }

    /// The group of a cadre, judged or not; ``unknown`` where nothing is known.
    ///
    /// - Parameter kind: Kind of body of a cadre who is not judged, where it is known otherwise.
    func group(of cadreID: String, by attribute: FairnessAttribute, kind: KindOfBody? = nil) -> String {
        let group: String? =
            switch attribute {
            case .sex: sexes[cadreID]?.rawValue
            case .ageBand: ageBands[cadreID]
            case .ethnicGroup: ethnicGroups[cadreID].map { shownEthnicGroups.contains($0) ? $0 : FairnessAttributes.pooled }
            case .kind: (kinds[cadreID] ?? kind)?.rawValue
            }
        return group ?? FairnessAttributes.unknown
    }
}
