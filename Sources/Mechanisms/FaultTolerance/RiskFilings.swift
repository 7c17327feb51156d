import PipelineModel
import Warehouse

/// Reform risks that were filed beforehand (mechanism 4): whether each was assessed in time, and what it holds out of scores.
enum RiskFilings {
    /// Share assessed by its day.
    static let measure = "risk_filings_assessed_in_time"
    static let measures = [MeasureLabel(measure, .faultTolerance, "风险报备按期评估的占比", "Share of risk filings assessed by their day")]

    static func run(_ night: TrackNight) throws -> [Finding] {
        let held = try heldEvents(night)
        var (rows, filings, inTime) = (0, [RiskFilingStatus](), MeasureCounts())
        try night.transaction.forEachRow(of: .riskFilings) { row in
            rows += 1
            let fields = NamedFields(row, .riskFilings)
            guard let id = fields.text("filing_id"), let filed = fields.day("filed_date"), night.isKnown(filed) else { return }
            let (due, written) = (fields.day("assessment_due"), fields.day("assessed_date"))
            let assessed = night.isKnown(written) ? written : nil
            let unitID = night.history.unitID(fields.text("unit"))
            let duty = Duty(due: due, done: assessed, asOf: night.asOf)
            let isOpen = written != nil && assessed == nil
            filings.append(
                RiskFilingStatus(
                    filingID: id, unitID: unitID, subject: fields.text("subject"), filed: filed, due: due, assessed: assessed,
                    outcome: isOpen ? .pending : fields.code("outcome", RiskFilingOutcome.self), progress: duty.progress, daysLate: duty.daysLate,
                    start: fields.day("start_date"), end: fields.day("end_date"), eventsHeld: held[id]?.events ?? 0,
                    heldWithoutCase: held[id]?.withoutCase ?? 0, fileID: row.fileID, line: row.line))
            if let wasInTime = Duty.inTime(due: due, done: assessed, asOf: night.asOf) { inTime.add(wasInTime, unitID: unitID) }
        }
        night.store(filings)
        night.store(inTime.values(measure, asOf: night.asOf))
        return rows == 0 ? [night.emptySource(.riskFilings, table: "risk_filings")] : []
    }

    /// By filing, how many events of judged cadres the analysis held out, and about how many of them no case is written.
    private static func heldEvents(_ night: TrackNight) throws -> [String: (events: Int, withoutCase: Int)] {
        struct Event: Hashable {
            let cadreID: String
            let recordID: String?
        }
        var cases: Set<Event> = []
        try night.transaction.forEachRow(of: .faultTolerance) { row in
            let fields = NamedFields(row, .faultTolerance)
            guard let cadreID = row.cadreID ?? fields.text("cadre_id") else { return }
            cases.insert(Event(cadreID: cadreID, recordID: fields.text("event_record_id")))
        }
        var events: [String: Set<Event>] = [:]
        try night.transaction.forEach(ExclusionRecord.self) { exclusion in
            guard exclusion.reason == .reformRisk, let filing = exclusion.caseID else { return }
            events[filing, default: []].insert(Event(cadreID: exclusion.cadreID, recordID: exclusion.recordID))
        }
        return events.mapValues { held in (held.count, held.count { !cases.contains($0) }) }
    }
}
