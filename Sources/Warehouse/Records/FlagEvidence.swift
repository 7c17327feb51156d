public import PipelineModel

/// One row of an export that a flag rests on.
public struct FlagEvidence: Record, Hashable {
    public static let table = "flag_evidence"
    public static let columns = [
        "as_of", "flag_id", "number", "cadre_id", "source", "record_id", "file", "line", "event_date",
    ]
    public static let order = "as_of, flag_id, number"

    /// The night.
    public var asOf: CalendarDate
    /// The flag.
    public var flagID: String
    /// Counts from 1.
    public var number: Int
    /// Who.
    public var cadreID: String
    /// The contract.
    public var source: String
    /// Its number in its own system.
    public var recordID: String?
    /// Relative to the input folder.
    public var file: String
    /// Where the record starts; counts from 1.
    public var line: Int
    /// When it happened.
    public var eventDate: CalendarDate?

    /// A row with these values.
    public init(
        asOf: CalendarDate, flagID: String, number: Int, cadreID: String, source: String, recordID: String?, file: String, line: Int,
        eventDate: CalendarDate?
    ) {
        self.asOf = asOf
        self.flagID = flagID
        self.number = number
        self.cadreID = cadreID
        self.source = source
        self.recordID = recordID
        self.file = file
        self.line = line
        self.eventDate = eventDate
    }

    public func write(to row: inout RowWriter) {
        row.date(asOf)
        row.text(flagID)
        row.integer(number)
        row.text(cadreID)
        row.text(source)
        row.text(recordID)
        row.text(file)
        row.integer(line)
        row.date(eventDate)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        asOf = try row.date()
        flagID = try row.text()
        number = try row.integer()
        cadreID = try row.text()
        source = try row.text()
        recordID = try row.optionalText()
        file = try row.text()
        line = try row.integer()
        eventDate = try row.optionalDate()
    }
}
