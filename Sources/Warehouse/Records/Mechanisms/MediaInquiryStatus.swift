public import PipelineModel

/// A problem aired on television (媒体问政): whether it was rectified in time.
public struct MediaInquiryStatus: Record, Hashable {
    public static let table = "media_inquiry_status"
    public static let columns = ["record_id", "unit_id", "aired_date", "due_date", "rectified_date", "progress", "days_late", "file_id", "line"]
    public static let order = "aired_date, file_id, line"

    /// Number of the inquiry.
    public var recordID: String
    /// The unit it is about; `nil` where it is not in the unit table.
    public var unitID: String?
    /// Day it was aired.
    public var aired: CalendarDate
    /// Day by which it must be rectified; `nil` where the export says none.
    public var due: CalendarDate?
    /// Day it was rectified, if it is known tonight.
    public var rectified: CalendarDate?
    /// Whether it was rectified in time; `nil` without a day by which it must be.
    public var progress: DutyProgress?
    /// From the due date to the rectification, or to tonight while it is overdue; `nil` where it is not late.
    public var daysLate: Int?
    /// Where the inquiry stands in its export.
    public var fileID: Int
    /// Counts from 1.
    public var line: Int

    /// A row with these values.
    public init(
        recordID: String, unitID: String?, aired: CalendarDate, due: CalendarDate?, rectified: CalendarDate?, progress: DutyProgress?, daysLate: Int?,
        fileID: Int, line: Int
    ) {
        self.recordID = recordID
        self.unitID = unitID
        self.aired = aired
        self.due = due
        self.rectified = rectified
        self.progress = progress
        self.daysLate = daysLate
        self.fileID = fileID
        self.line = line
    }

    public func write(to row: inout RowWriter) {
        row.text(recordID)
        row.text(unitID)
        row.date(aired)
        row.date(due)
        row.date(rectified)
        row.code(progress)
        row.integer(daysLate)
        row.integer(fileID)
        row.integer(line)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        recordID = try row.text()
        unitID = try row.optionalText()
        aired = try row.date()
        due = try row.optionalDate()
        rectified = try row.optionalDate()
        progress = try row.optionalCode(DutyProgress.self)
        daysLate = try row.optionalInteger()
        fileID = try row.integer()
        line = try row.integer()
    }
}
