public import PipelineModel

/// Why a flag stands, which provision says so, and what would clear it.
public struct FlagReason: Record, Hashable {
    public static let table = "flag_reasons"
    public static let columns = [
        "as_of", "flag_id", "number", "cause", "statement_zh", "statement_en", "citation_zh", "citation_en", "cleared_by_zh", "cleared_by_en",
        "events_counted", "events_excluded",
    ]
    public static let order = "as_of, flag_id, number"

    /// The night.
    public var asOf: CalendarDate
    /// The flag.
    public var flagID: String
    /// Counts from 1.
    public var number: Int
    /// The rule or model.
    public var cause: String
    /// What the rule says.
    public var statementChinese: String
    /// The same.
    public var statementEnglish: String
    /// The provision.
    public var citationChinese: String
    /// The same.
    public var citationEnglish: String
    /// What would clear it.
    public var clearedByChinese: String
    /// The same.
    public var clearedByEnglish: String
    /// Rows that the flag rests on.
    public var eventsCounted: Int
    /// Rows that a protection took out.
    public var eventsExcluded: Int

    /// A row with these values.
    public init(
        asOf: CalendarDate, flagID: String, number: Int, cause: String, statementChinese: String, statementEnglish: String, citationChinese: String,
        citationEnglish: String, clearedByChinese: String, clearedByEnglish: String, eventsCounted: Int, eventsExcluded: Int
    ) {
        self.asOf = asOf
        self.flagID = flagID
        self.number = number
        self.cause = cause
        self.statementChinese = statementChinese
        self.statementEnglish = statementEnglish
        self.citationChinese = citationChinese
        self.citationEnglish = citationEnglish
        self.clearedByChinese = clearedByChinese
        self.clearedByEnglish = clearedByEnglish
        self.eventsCounted = eventsCounted
        self.eventsExcluded = eventsExcluded
    }

    public func write(to row: inout RowWriter) {
        row.date(asOf)
        row.text(flagID)
        row.integer(number)
        row.text(cause)
        row.text(statementChinese)
        row.text(statementEnglish)
        row.text(citationChinese)
        row.text(citationEnglish)
        row.text(clearedByChinese)
        row.text(clearedByEnglish)
        row.integer(eventsCounted)
        row.integer(eventsExcluded)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        asOf = try row.date()
        flagID = try row.text()
        number = try row.integer()
        cause = try row.text()
        statementChinese = try row.text()
        statementEnglish = try row.text()
        citationChinese = try row.text()
        citationEnglish = try row.text()
        clearedByChinese = try row.text()
        clearedByEnglish = try row.text()
        eventsCounted = try row.integer()
        eventsExcluded = try row.integer()
    }
}
