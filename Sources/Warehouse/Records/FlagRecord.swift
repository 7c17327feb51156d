public import PipelineModel

/// A proposal to look at a cadre; never a decision.
public struct FlagRecord: Record, Hashable {
    public static let table = "flags"
    public static let columns = [
        "as_of", "flag_id", "cadre_id", "unit_id", "kind", "cause", "disposition", "status", "concern",
    ]
    public static let order = "as_of, flag_id"

    /// The night.
    public var asOf: CalendarDate
    /// Stable: of a trigger by cadre, cause and newest evidence; of the model by cadre, present post and first night of the episode.
    public var flagID: String
    /// Who.
    public var cadreID: String
    /// Of the present post.
    public var unitID: String?
    /// Of that unit.
    public var kind: KindOfBody?
    /// `trigger:annual_incompetent`, or `model`.
    public var cause: String
    /// What is proposed.
    public var disposition: Disposition
    /// Always proposed, until a person decides.
    public var status: FlagStatus
    /// P(composite < c | data), where the model raised the flag.
    public var concern: Double?

    /// A row with these values.
    public init(
        asOf: CalendarDate, flagID: String, cadreID: String, unitID: String?, kind: KindOfBody?, cause: String, disposition: Disposition,
        status: FlagStatus,
        concern: Double? = nil
    ) {
        self.asOf = asOf
        self.flagID = flagID
        self.cadreID = cadreID
        self.unitID = unitID
        self.kind = kind
        self.cause = cause
        self.disposition = disposition
        self.status = status
        self.concern = concern
    }

    public func write(to row: inout RowWriter) {
        row.date(asOf)
        row.text(flagID)
        row.text(cadreID)
        row.text(unitID)
        row.code(kind)
        row.text(cause)
        row.code(disposition)
        row.code(status)
        row.real(concern)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        asOf = try row.date()
        flagID = try row.text()
        cadreID = try row.text()
        unitID = try row.optionalText()
        kind = try row.optionalCode(KindOfBody.self)
        cause = try row.text()
        disposition = try row.code(Disposition.self)
        status = try row.code(FlagStatus.self)
        concern = try row.optionalReal()
    }
}
