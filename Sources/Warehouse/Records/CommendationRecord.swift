public import PipelineModel

/// A cadre proposed to be seen.
public struct CommendationRecord: Record, Hashable {
    public static let table = "commendations"
    public static let columns = [
        "as_of", "commendation_id", "cadre_id", "unit_id", "kind", "outstanding", "strongest", "status",
    ]
    public static let order = "as_of, cadre_id"

    /// The night.
    public var asOf: CalendarDate
    /// Stable.
    public var commendationID: String
    /// Who.
    public var cadreID: String
    /// Of the present post.
    public var unitID: String?
    /// Of that unit.
    public var kind: KindOfBody
    /// P(composite > −c).
    public var outstanding: Double
    /// Indicator with the highest contribution.
    public var strongest: String
    /// Always proposed.
    public var status: FlagStatus

    /// A row with these values.
    public init(
        asOf: CalendarDate, commendationID: String, cadreID: String, unitID: String?, kind: KindOfBody, outstanding: Double, strongest: String,
        status: FlagStatus
    ) {
        self.asOf = asOf
        self.commendationID = commendationID
        self.cadreID = cadreID
        self.unitID = unitID
        self.kind = kind
        self.outstanding = outstanding
        self.strongest = strongest
        self.status = status
    }

    public func write(to row: inout RowWriter) {
        row.date(asOf)
        row.text(commendationID)
        row.text(cadreID)
        row.text(unitID)
        row.code(kind)
        row.real(outstanding)
        row.text(strongest)
        row.code(status)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        asOf = try row.date()
        commendationID = try row.text()
        cadreID = try row.text()
        unitID = try row.optionalText()
        kind = try row.code(KindOfBody.self)
        outstanding = try row.real()
        strongest = try row.text()
        status = try row.code(FlagStatus.self)
    }
}
