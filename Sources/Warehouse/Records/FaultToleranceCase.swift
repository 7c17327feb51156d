public import PipelineModel

/// A fault-tolerance case (容错) that was decided in the cadre's favour, wholly or in part.
public struct FaultToleranceCase: Hashable, Sendable {
    /// Number of the case.
    public var caseID: String
    /// Whose event it protects.
    public var cadreID: String
    /// Contract or role of the event's source, as written in the case.
    public var eventSource: String
    /// The event's number in that source.
    public var eventRecordID: String
    /// Approved or mitigated; other decisions protect nothing.
    public var decision: FaultToleranceDecision
    /// Hundredths of the event that still count: 0 where approved; `nil` where a mitigated case does not state a weight from 0 to 1.
    public var keptHundredths: Int?
    /// The export file.
    public var fileID: Int
    /// Where the record starts; counts from 1.
    public var line: Int

    /// A case with these values.
    public init(
        caseID: String, cadreID: String, eventSource: String, eventRecordID: String, decision: FaultToleranceDecision, keptHundredths: Int?,
        fileID: Int, line: Int
    ) {
        self.caseID = caseID
        self.cadreID = cadreID
        self.eventSource = eventSource
        self.eventRecordID = eventRecordID
        self.decision = decision
        self.keptHundredths = keptHundredths
        self.fileID = fileID
        self.line = line
    }
}

extension Transaction {
    /// The approved and mitigated cases whose decision stands on a day, by file and line.
    ///
    /// A case decided after the day is still pending on it. A decision without a day stands, since it is written.
    public func faultToleranceCases(decidedBy asOf: CalendarDate) throws -> [FaultToleranceCase] {
        var cases: [FaultToleranceCase] = []
        try forEachRow(of: .faultTolerance) { row in
            let fields = NamedFields(row, .faultTolerance)
            guard let decision = fields.code("decision", FaultToleranceDecision.self), decision == .approved || decision == .mitigated,
                fields.day("decided_date").map({ $0 <= asOf }) ?? true,
                let caseID = fields.text("case_id"), let cadreID = row.cadreID ?? fields.text("cadre_id"),
                let source = fields.text("event_source"), let recordID = fields.text("event_record_id")
            else { return }
            let weight = fields.decimal("weight").flatMap { (0...100).contains($0) ? Int($0) : nil }
            cases.append(
                FaultToleranceCase(
                    caseID: caseID, cadreID: cadreID, eventSource: source, eventRecordID: recordID, decision: decision,
                    keptHundredths: decision == .approved ? 0 : weight, fileID: row.fileID, line: row.line))
        }
        return cases
    }
}
