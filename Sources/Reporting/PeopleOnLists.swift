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
    /// Made once: the lists ask for each of them again and again.
    private let people: [String: PersonOnList]
    private let unitNames: [String: String]

    /// Every unit by its number, in no order.
    let units: [String: UnitEntry]

    init(asOf: CalendarDate, in transaction: Transaction) throws {
        let history = try transaction.serviceHistory()
        var people: [String: PersonOnList] = [:]
        people.reserveCapacity(history.cadres.count)
        /// The judged post comes first; for those not judged, the newest post in force on the day.
        func person(_ cadreID: String, _ member: PeerMember?) -> PersonOnList {
            let (entry, tenure) = (history.cadres[cadreID], history.post(of: cadreID, on: asOf))
            let unitID = member?.unitID ?? tenure.map(\.unitID) ?? entry?.unitID
            return PersonOnList(
                name: entry?.name, unitID: unitID, kind: member?.kind ?? unitID.flatMap { history.units[$0]?.kind },
                post: member.map(\.post) ?? tenure?.post, rank: member?.rank ?? tenure?.rank ?? entry?.rank)
        }
        try transaction.forEach(PeerMember.self) { people[$0.cadreID] = person($0.cadreID, $0) }
        for cadreID in history.cadreIDs where people[cadreID] == nil { people[cadreID] = person(cadreID, nil) }
        for cadreID in history.tenures.keys where people[cadreID] == nil { people[cadreID] = person(cadreID, nil) }
        (self.people, units, unitNames) = (people, history.units, history.units.mapValues(\.name))
    }

    /// Nothing is known of a stranger.
    func person(_ cadreID: String) -> PersonOnList { people[cadreID] ?? PersonOnList() }

    func unitName(_ unitID: String?) -> String? { unitID.flatMap { unitNames[$0] } }
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
