import PipelineModel
import Warehouse

/// A flag with everything that a reviewer reads first.
struct FlaggedCadre {
    let flag: FlagRecord
    var name: String?
    var unitName: String?
    var post: String?
    var rank: String?
    var reasons: [FlagReason] = []
    var evidenceCount = 0
    var firstEvidence: FlagEvidence?

    /// Every flag of a night, by unit (unknown ones last), cadre and flag.
    static func all(asOf: CalendarDate, units: [String: NightData.Unit], in transaction: Transaction) throws -> [FlaggedCadre] {
        var flagged: [String: FlaggedCadre] = [:]
        try transaction.forEach(FlagRecord.self, asOf: asOf) { flagged[$0.flagID] = FlaggedCadre(flag: $0) }
        guard !flagged.isEmpty else { return [] }
        try transaction.forEach(FlagReason.self, asOf: asOf) { flagged[$0.flagID]?.reasons.append($0) }
        try transaction.forEach(FlagEvidence.self, asOf: asOf) { evidence in
            flagged[evidence.flagID]?.evidenceCount += 1
            if flagged[evidence.flagID]?.firstEvidence == nil { flagged[evidence.flagID]?.firstEvidence = evidence }
        }
        let people = try Person.all(Set(flagged.values.map(\.flag.cadreID)), asOf: asOf, in: transaction)
        return flagged.values.map { entry in
            var entry = entry
            let person = people[entry.flag.cadreID]
            entry.name = person?.name
            entry.post = person?.post
            entry.rank = person?.rank
            entry.unitName = entry.flag.unitID.flatMap { units[$0]?.name }
            return entry
        }.sorted { left, right in
            let (a, b) = (left.flag, right.flag)
            if a.unitID != b.unitID { return precedes(a.unitID, b.unitID) }
            return (a.cadreID, a.flagID) < (b.cadreID, b.flagID)
        }
    }

    private static func precedes(_ left: String?, _ right: String?) -> Bool {
        guard let left else { return false }
        guard let right else { return true }
        return left < right
    }

    /// Joins what several reasons of one flag say.
    func joined(_ text: KeyPath<FlagReason, String>, separator: String) -> String {
        reasons.map { $0[keyPath: text] }.joined(separator: separator)
    }
}

/// Who a flagged cadre is, as the roster and the present post say.
private struct Person {
    var name: String?
    var post: String?
    var rank: String?
    var postStart: CalendarDate?

    /// Looks up these cadres and nobody else. The judged post comes first; for those not judged, the newest post in force on the day.
    static func all(_ wanted: Set<String>, asOf: CalendarDate, in transaction: Transaction) throws -> [String: Person] {
        var people: [String: Person] = [:]
        try transaction.forEachRow(of: .roster) { row in
            let fields = NamedFields(row, .roster)
            guard let cadreID = fields.text("cadre_id"), wanted.contains(cadreID) else { return }
            people[cadreID] = Person(name: fields.text("name"), rank: fields.text("rank"))
        }
        try transaction.forEachRow(of: .posts) { row in
            guard let cadreID = row.cadreID, wanted.contains(cadreID) else { return }
            let fields = NamedFields(row, .posts)
            guard let start = fields.day("start_date"), start <= asOf, asOf <= fields.day("end_date") ?? asOf else { return }
            var person = people[cadreID] ?? Person()
            if let known = person.postStart, known > start { return }
            person.postStart = start
            person.post = fields.text("post")
            person.rank = fields.text("rank") ?? person.rank
            people[cadreID] = person
        }
        try transaction.forEach(PeerMember.self) { member in
            guard wanted.contains(member.cadreID) else { return }
            people[member.cadreID, default: Person()].post = member.post
            if let rank = member.rank { people[member.cadreID, default: Person()].rank = rank }
        }
        return people
    }
}
