import PipelineModel
import Warehouse

/// Who somebody on a list is, as the roster and the present post say.
struct PersonOnList {
    var name: String?
    var unitID: String?
    var kind: KindOfBody?
    var post: String?
    var rank: String?
}

/// Everybody on the roster or judged, for the lists of names; a class as `NightData` is.
final class PeopleOnLists: Sendable {
    private let history: ServiceHistory
    private let members: [String: PeerMember]
    private let asOf: CalendarDate

    init(asOf: CalendarDate, in transaction: Transaction) throws {
        self.asOf = asOf
        history = try ServiceHistory(in: transaction)
        var members: [String: PeerMember] = [:]
        try transaction.forEach(PeerMember.self) { members[$0.cadreID] = $0 }
        self.members = members
    }

    /// The judged post comes first; for those not judged, the newest post in force on the day. Nothing is known of a stranger.
    func person(_ cadreID: String) -> PersonOnList {
        let (entry, member) = (history.cadres[cadreID], members[cadreID])
        let tenure = history.post(of: cadreID, on: asOf)
        let unitID = member?.unitID ?? tenure.map(\.unitID) ?? entry?.unitID
        return PersonOnList(
            name: entry?.name, unitID: unitID, kind: member?.kind ?? unitID.flatMap { history.units[$0]?.kind }, post: member.map(\.post) ?? tenure?.post,
            rank: member?.rank ?? tenure?.rank ?? entry?.rank)
    }

    func unitName(_ unitID: String?) -> String? { unitID.flatMap { history.units[$0]?.name } }

    /// Every unit by its number, in no order.
    var units: [String: UnitEntry] { history.units }
}

/// Where the model has a cadre.
enum Tier: String, Category {
    /// On the list of the promised rate.
    case flagged
    /// On the longer list, for support; never a disposition.
    case watch

    var chinese: String {
        switch self {
        case .flagged: "标记"
        case .watch: "关注"
        }
    }

    /// The tier of each flagged cadre; none for one whom only a rule has flagged.
    static func ofFlagged(_ flags: [FlagRecord], asOf: CalendarDate, in transaction: Transaction) throws -> [String: Tier?] {
        var tiers: [String: Tier?] = [:]
        for flag in flags { tiers.updateValue(nil, forKey: flag.cadreID) }
        try transaction.forEach(WatchRecord.self, asOf: asOf) { record in
            if tiers.keys.contains(record.cadreID) { tiers.updateValue(.watch, forKey: record.cadreID) }
        }
        for flag in flags where flag.concern != nil { tiers.updateValue(.flagged, forKey: flag.cadreID) }
        return tiers
    }
}
