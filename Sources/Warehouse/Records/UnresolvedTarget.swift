public import PipelineModel

/// Rows whose cadre is unknown or not exactly one: they count for nobody.
public struct UnresolvedTarget: Record, Hashable {
    public static let table = "unresolved_targets"
    public static let columns = [
        "file_id", "line", "source", "record_id", "form", "written_cadre_id", "unit", "post", "name", "event_date", "rows", "reason", "candidates",
    ]
    public static let order = "file_id, line"

    /// The export file.
    public var fileID: Int
    /// First such row; counts from 1.
    public var line: Int
    /// The contract.
    public var source: String
    /// Its number, where rows are kept.
    public var recordID: String?
    /// How the target was written.
    public var form: String
    /// As written.
    public var writtenCadreID: String?
    /// As written.
    public var unit: String?
    /// As written.
    public var post: String?
    /// As written.
    public var name: String?
    /// When it happened.
    public var eventDate: CalendarDate?
    /// Rows with this target and day.
    public var rows: Int
    /// Why nobody was named.
    public var reason: UnresolvedReason
    /// How many people fit.
    public var candidates: Int

    /// A row with these values.
    public init(
        fileID: Int, line: Int, source: String, recordID: String?, form: String, writtenCadreID: String?, unit: String?, post: String?,
        name: String?, eventDate: CalendarDate?, rows: Int, reason: UnresolvedReason, candidates: Int
    ) {
        self.fileID = fileID
        self.line = line
        self.source = source
        self.recordID = recordID
        self.form = form
        self.writtenCadreID = writtenCadreID
        self.unit = unit
        self.post = post
        self.name = name
        self.eventDate = eventDate
        self.rows = rows
        self.reason = reason
        self.candidates = candidates
    }

    public func write(to row: inout RowWriter) {
        row.integer(fileID)
        row.integer(line)
        row.text(source)
        row.text(recordID)
        row.text(form)
        row.text(writtenCadreID)
        row.text(unit)
        row.text(post)
        row.text(name)
        row.date(eventDate)
        row.integer(rows)
        row.code(reason)
        row.integer(candidates)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        fileID = try row.integer()
        line = try row.integer()
        source = try row.text()
        recordID = try row.optionalText()
        form = try row.text()
        writtenCadreID = try row.optionalText()
        unit = try row.optionalText()
        post = try row.optionalText()
        name = try row.optionalText()
        eventDate = try row.optionalDate()
        rows = try row.integer()
        reason = try row.code(UnresolvedReason.self)
        candidates = try row.integer()
    }
}
