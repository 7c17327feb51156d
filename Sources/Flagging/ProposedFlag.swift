import PipelineModel
import Warehouse

/// A flag about to be raised: who, by which rule, resting on which rows.
struct ProposedFlag {
    private(set) var id: String
    let cadreID: String
    let cause: String
    let trigger: RuleTrigger
    private let hit: TriggerHit

    init(cadreID: String, trigger: RuleTrigger, hit: TriggerHit) {
        self.cadreID = cadreID
        self.cause = "trigger:\(trigger.id)"
        self.trigger = trigger
        self.hit = hit
        self.id = ProposedFlag.id(cadreID: cadreID, cause: cause, newest: hit.newest)
    }

    /// The same for as long as cadre, cause and newest evidence are the same, so that a reviewer's decision finds its flag again on later nights.
    ///
    /// `F` and 12 hexadecimal digits of SHA-256 over the three. Neither file nor line enters: the same row may be elsewhere in tomorrow's export.
    private static func id(cadreID: String, cause: String, newest: TriggerRow) -> String {
        FlagNumber.make("F", of: [cadreID, cause, newest.source, newest.recordID ?? "\(newest.day)"])
    }

    /// The newest of its rows that is none of some; `nil` where all of them are.
    func newestRow(notAmong seen: Set<AdverseRow.Key>) -> TriggerRow? {
        hit.rows.filter { !seen.contains(AdverseRow.key(source: $0.source, recordID: $0.recordID, day: $0.day)) }.min(by: TriggerRow.isNewer)
    }

    /// The same flag under another number.
    func numbered(_ id: String) -> ProposedFlag {
        var flag = self
        flag.id = id
        return flag
    }

    /// The same flag under the number that one of its rows gives it.
    func numbered(by row: TriggerRow) -> ProposedFlag { numbered(ProposedFlag.id(cadreID: cadreID, cause: cause, newest: row)) }

    func record(asOf: CalendarDate, people: People) -> FlagRecord {
        let unit = people.unit(of: cadreID)
        return FlagRecord(
            asOf: asOf, flagID: id, cadreID: cadreID, unitID: unit.unitID, kind: unit.kind, cause: cause, disposition: trigger.disposition,
            status: .proposed)
    }

    func reason(asOf: CalendarDate) -> FlagReason {
        FlagReason(
            asOf: asOf, flagID: id, number: 1, cause: cause, statementChinese: trigger.statement.chinese, statementEnglish: trigger.statement.english,
            citationChinese: trigger.citation.chinese, citationEnglish: trigger.citation.english, clearedByChinese: trigger.clearedBy.chinese,
            clearedByEnglish: trigger.clearedBy.english, eventsCounted: hit.rows.count, eventsExcluded: hit.excluded)
    }

    func evidence(asOf: CalendarDate) -> [FlagEvidence] {
        hit.rows.enumerated().map { index, row in
            FlagEvidence(
                asOf: asOf, flagID: id, number: index + 1, cadreID: cadreID, source: row.source, recordID: row.recordID, file: row.file,
                line: row.line, eventDate: row.day)
        }
    }
}
