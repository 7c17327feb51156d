public import PipelineModel

/// One adverse row of an export and whom it counts against.
public struct EvidenceRecord: Record, Hashable {
    public static let table = "evidence"
    public static let columns = [
        "evidence_id", "source", "role", "file_id", "line", "record_id", "cadre_id", "event_date", "reform",
    ]
    public static let order = "evidence_id"

    /// Counts from 1, by file and line.
    public var evidenceID: Int
    /// The contract.
    public var source: String
    /// What the export is about.
    public var role: SourceRole
    /// The export file.
    public var fileID: Int
    /// Where the record starts; counts from 1.
    public var line: Int
    /// Its number in its own system.
    public var recordID: String?
    /// Whoever held the post on the event date.
    public var cadreID: String
    /// When it happened.
    public var eventDate: CalendarDate?
    /// Code of the reform that it is part of, where the export says so.
    public var reform: String?

    /// A row with these values.
    public init(
        evidenceID: Int, source: String, role: SourceRole, fileID: Int, line: Int, recordID: String?, cadreID: String, eventDate: CalendarDate?,
        reform: String? = nil
    ) {
        self.evidenceID = evidenceID
        self.source = source
        self.role = role
        self.fileID = fileID
        self.line = line
        self.recordID = recordID
        self.cadreID = cadreID
        self.eventDate = eventDate
        self.reform = reform
    }

    public func write(to row: inout RowWriter) {
        row.integer(evidenceID)
        row.text(source)
        row.code(role)
        row.integer(fileID)
        row.integer(line)
        row.text(recordID)
        row.text(cadreID)
        row.date(eventDate)
        row.text(reform)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        evidenceID = try row.integer()
        source = try row.text()
        role = try row.code(SourceRole.self)
        fileID = try row.integer()
        line = try row.integer()
        recordID = try row.optionalText()
        cadreID = try row.text()
        eventDate = try row.optionalDate()
        reform = try row.optionalText()
    }
}
