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
    /// P(composite < line) of tonight, whatever raised the flag; none where the cadre is not judged by the model.
    var concern: Double?
    /// Where the model has the cadre tonight.
    var tier: Tier?
    /// What a reviewer has decided; an overturned flag is not raised, so it is confirmed or deferred.
    var verdict: ReviewVerdict?

    /// Every flag of a night, by unit (unknown ones last), cadre and flag; who the cadres are does not stand in it yet.
    static func unnamed(asOf: CalendarDate, in transaction: Transaction) throws -> [FlaggedCadre] {
        var flagged: [String: FlaggedCadre] = [:]
        try transaction.forEach(FlagRecord.self, asOf: asOf) { flagged[$0.flagID] = FlaggedCadre(flag: $0) }
        guard !flagged.isEmpty else { return [] }
        try transaction.forEach(FlagReason.self, asOf: asOf) { flagged[$0.flagID]?.reasons.append($0) }
        try transaction.forEach(FlagEvidence.self, asOf: asOf) { evidence in
            flagged[evidence.flagID]?.evidenceCount += 1
            if flagged[evidence.flagID]?.firstEvidence == nil { flagged[evidence.flagID]?.firstEvidence = evidence }
        }
        let tiers = try Tier.ofFlagged(flagged.values.map(\.flag), asOf: asOf, in: transaction)
        var concerns: [String: Double] = [:]
        let unknown = Set(flagged.values.filter { $0.flag.concern == nil }.map(\.flag.cadreID))
        try transaction.forEach(ScorecardRecord.self, of: unknown.sorted(), window: .current) { concerns[$0.cadreID] = $0.concern }
        let verdicts = try transaction.verdicts(asOf: asOf)
        return flagged.values.map { entry in
            var entry = entry
            entry.verdict = verdicts[entry.flag.flagID]
            entry.concern = entry.flag.concern ?? concerns[entry.flag.cadreID]
            entry.tier = tiers[entry.flag.cadreID] ?? nil
            return entry
        }.sorted { left, right in
            let (a, b) = (left.flag, right.flag)
            if a.unitID != b.unitID { return precedes(a.unitID, b.unitID) }
            return (a.cadreID, a.flagID) < (b.cadreID, b.flagID)
        }
    }

    /// The same, with who the cadre is.
    func named(_ people: PeopleOnLists) -> FlaggedCadre {
        let person = people.person(flag.cadreID)
        var entry = self
        (entry.name, entry.post, entry.rank) = (person.name, person.post, person.rank)
        entry.unitName = people.unitName(flag.unitID)
        return entry
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
