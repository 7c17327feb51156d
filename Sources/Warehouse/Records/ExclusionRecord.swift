public import PipelineModel

/// An event, or a share of it, taken out of a score, and why.
public struct ExclusionRecord: Record, Hashable {
    public static let table = "exclusions"
    public static let columns = [
        "number", "cadre_id", "indicator", "source", "record_id", "file_id", "line", "event_date", "reason", "case_id", "weight_kept",
        "value_before", "value_after",
    ]
    public static let order = "number"

    /// Counts from 1 in a stable order.
    public var number: Int
    /// Whose score.
    public var cadreID: String
    /// Which; none where no indicator of the scheme counts it.
    public var indicator: String?
    /// The contract.
    public var source: String
    /// The event's number.
    public var recordID: String?
    /// The export file.
    public var fileID: Int?
    /// Counts from 1.
    public var line: Int?
    /// When it happened.
    public var eventDate: CalendarDate?
    /// Why.
    public var reason: ExclusionReason
    /// The protecting case, or the risk filing that holds the event out.
    public var caseID: String?
    /// Share that still counts: 0 to 1.
    public var weightKept: Double
    /// The indicator's value with every exclusion undone.
    public var valueBefore: Double?
    /// The indicator's value as judged.
    public var valueAfter: Double?

    /// A row with these values.
    public init(
        number: Int, cadreID: String, indicator: String?, source: String, recordID: String?, fileID: Int?, line: Int?, eventDate: CalendarDate?,
        reason: ExclusionReason, caseID: String?, weightKept: Double, valueBefore: Double?, valueAfter: Double?
    ) {
        self.number = number
        self.cadreID = cadreID
        self.indicator = indicator
        self.source = source
        self.recordID = recordID
        self.fileID = fileID
        self.line = line
        self.eventDate = eventDate
        self.reason = reason
        self.caseID = caseID
        self.weightKept = weightKept
        self.valueBefore = valueBefore
        self.valueAfter = valueAfter
    }

    public func write(to row: inout RowWriter) {
        row.integer(number)
        row.text(cadreID)
        row.text(indicator)
        row.text(source)
        row.text(recordID)
        row.integer(fileID)
        row.integer(line)
        row.date(eventDate)
        row.code(reason)
        row.text(caseID)
        row.real(weightKept)
        row.real(valueBefore)
        row.real(valueAfter)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        number = try row.integer()
        cadreID = try row.text()
        indicator = try row.optionalText()
        source = try row.text()
        recordID = try row.optionalText()
        fileID = try row.optionalInteger()
        line = try row.optionalInteger()
        eventDate = try row.optionalDate()
        reason = try row.code(ExclusionReason.self)
        caseID = try row.optionalText()
        weightKept = try row.real()
        valueBefore = try row.optionalReal()
        valueAfter = try row.optionalReal()
    }
}
