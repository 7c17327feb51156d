public import PipelineModel

/// What became of a flag since last night.
public struct FlagChange: Record, Hashable {
    public static let table = "flag_changes"
    public static let columns = [
        "as_of", "flag_id", "cadre_id", "cause", "change", "why", "last_night", "concern", "concern_last_night",
    ]
    public static let order = "as_of, flag_id"

    /// The night.
    public var asOf: CalendarDate
    /// The flag.
    public var flagID: String
    /// Who.
    public var cadreID: String
    /// Rule or model.
    public var cause: String
    /// New, kept or cleared.
    public var change: FlagChangeKind
    /// In words, Chinese / English.
    public var why: String
    /// The newest earlier night.
    public var lastNight: CalendarDate?
    /// P(composite < c) tonight, where the model speaks.
    public var concern: Double?
    /// The same, last night.
    public var concernLastNight: Double?

    /// A row with these values.
    public init(
        asOf: CalendarDate, flagID: String, cadreID: String, cause: String, change: FlagChangeKind, why: String, lastNight: CalendarDate?,
        concern: Double?, concernLastNight: Double?
    ) {
        self.asOf = asOf
        self.flagID = flagID
        self.cadreID = cadreID
        self.cause = cause
        self.change = change
        self.why = why
        self.lastNight = lastNight
        self.concern = concern
        self.concernLastNight = concernLastNight
    }

    public func write(to row: inout RowWriter) {
        row.date(asOf)
        row.text(flagID)
        row.text(cadreID)
        row.text(cause)
        row.code(change)
        row.text(why)
        row.date(lastNight)
        row.real(concern)
        row.real(concernLastNight)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        asOf = try row.date()
        flagID = try row.text()
        cadreID = try row.text()
        cause = try row.text()
        change = try row.code(FlagChangeKind.self)
        why = try row.text()
        lastNight = try row.optionalDate()
        concern = try row.optionalReal()
        concernLastNight = try row.optionalReal()
    }
}
