public import PipelineModel

/// A cadre who was cleared and whose clarification is not yet published.
public struct ClarificationDue: Record, Hashable {
    public static let table = "clarifications_due"
    public static let columns = ["case_id", "cadre_id", "finding", "decided_date", "due_date", "days_left", "file_id", "line"]
    public static let order = "decided_date, case_id, file_id, line"

    /// Number of the case.
    public var caseID: String
    /// Who was cleared.
    public var cadreID: String
    /// What was found.
    public var finding: PetitionFinding?
    /// Day of the finding.
    public var decided: CalendarDate
    /// Day by which it must be published; `nil` where the export says none.
    public var due: CalendarDate?
    /// From the as-of date to the due date: negative where it is overdue.
    public var daysLeft: Int?
    /// Where the case stands in its export.
    public var fileID: Int
    /// Counts from 1.
    public var line: Int

    /// A row with these values.
    public init(
        caseID: String, cadreID: String, finding: PetitionFinding?, decided: CalendarDate, due: CalendarDate?, daysLeft: Int?, fileID: Int, line: Int
    ) {
        self.caseID = caseID
        self.cadreID = cadreID
        self.finding = finding
        self.decided = decided
        self.due = due
        self.daysLeft = daysLeft
        self.fileID = fileID
        self.line = line
    }

    public func write(to row: inout RowWriter) {
        row.text(caseID)
        row.text(cadreID)
        row.code(finding)
        row.date(decided)
        row.date(due)
        row.integer(daysLeft)
        row.integer(fileID)
        row.integer(line)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        caseID = try row.text()
        cadreID = try row.text()
        finding = try row.optionalCode(PetitionFinding.self)
        decided = try row.date()
        due = try row.optionalDate()
        daysLeft = try row.optionalInteger()
        fileID = try row.integer()
        line = try row.integer()
    }
}
