public import PipelineModel

/// A reform risk filed beforehand (风险报备): whether it was assessed in time, and what it holds out of scores.
public struct RiskFilingStatus: Record, Hashable {
    public static let table = "risk_filing_status"
    public static let columns = [
        "filing_id", "unit_id", "subject", "filed_date", "assessment_due", "assessed_date", "outcome", "progress", "days_late", "start_date", "end_date",
        "events_held", "held_without_case", "file_id", "line",
    ]
    public static let order = "filing_id, file_id, line"

    /// Number of the filing.
    public var filingID: String
    /// The unit that filed; `nil` where it is not in the unit table.
    public var unitID: String?
    /// Code of the reform.
    public var subject: String?
    /// Day of filing.
    public var filed: CalendarDate
    /// Day by which it must be assessed; `nil` where the export says none.
    public var due: CalendarDate?
    /// Day of assessment, if it is known tonight.
    public var assessed: CalendarDate?
    /// What was decided, if it is known tonight.
    public var outcome: RiskFilingOutcome?
    /// Whether it was assessed in time; `nil` without a day by which it must be.
    public var progress: DutyProgress?
    /// From the due date to the assessment, or to tonight while it is overdue; `nil` where it is not late.
    public var daysLate: Int?
    /// First day of the reform.
    public var start: CalendarDate?
    /// Last day of the reform.
    public var end: CalendarDate?
    /// Events held out of scores tonight because they lie inside the reform.
    public var eventsHeld: Int
    /// Of these, those about which no fault-tolerance case is written.
    public var heldWithoutCase: Int
    /// Where the filing stands in its export.
    public var fileID: Int
    /// Counts from 1.
    public var line: Int

    /// A row with these values.
    public init(
        filingID: String, unitID: String?, subject: String?, filed: CalendarDate, due: CalendarDate?, assessed: CalendarDate?, outcome: RiskFilingOutcome?,
        progress: DutyProgress?, daysLate: Int?, start: CalendarDate?, end: CalendarDate?, eventsHeld: Int, heldWithoutCase: Int, fileID: Int, line: Int
    ) {
        self.filingID = filingID
        self.unitID = unitID
        self.subject = subject
        self.filed = filed
        self.due = due
        self.assessed = assessed
        self.outcome = outcome
        self.progress = progress
        self.daysLate = daysLate
        self.start = start
        self.end = end
        self.eventsHeld = eventsHeld
        self.heldWithoutCase = heldWithoutCase
        self.fileID = fileID
        self.line = line
    }

    public func write(to row: inout RowWriter) {
        row.text(filingID)
        row.text(unitID)
        row.text(subject)
        row.date(filed)
        row.date(due)
        row.date(assessed)
        row.code(outcome)
        row.code(progress)
        row.integer(daysLate)
        row.date(start)
        row.date(end)
        row.integer(eventsHeld)
        row.integer(heldWithoutCase)
        row.integer(fileID)
        row.integer(line)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        filingID = try row.text()
        unitID = try row.optionalText()
        subject = try row.optionalText()
        filed = try row.date()
        due = try row.optionalDate()
        assessed = try row.optionalDate()
        outcome = try row.optionalCode(RiskFilingOutcome.self)
        progress = try row.optionalCode(DutyProgress.self)
        daysLate = try row.optionalInteger()
        start = try row.optionalDate()
        end = try row.optionalDate()
        eventsHeld = try row.integer()
        heldWithoutCase = try row.integer()
        fileID = try row.integer()
        line = try row.integer()
    }
}
