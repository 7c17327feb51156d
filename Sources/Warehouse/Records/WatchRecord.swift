public import PipelineModel

/// A cadre in the second tier: support, never a disposition.
public struct WatchRecord: Record, Hashable {
    public static let table = "watch_list"
    public static let columns = [
        "as_of", "cadre_id", "unit_id", "kind", "concern", "weakest",
    ]
    public static let order = "as_of, cadre_id"

    /// The night.
    public var asOf: CalendarDate
    /// Who.
    public var cadreID: String
    /// Of the present post.
    public var unitID: String?
    /// Of that unit.
    public var kind: KindOfBody
    /// P(composite < c).
    public var concern: Double
    /// Indicator with the lowest contribution.
    public var weakest: String

    /// A row with these values.
    public init(
        asOf: CalendarDate, cadreID: String, unitID: String?, kind: KindOfBody, concern: Double, weakest: String
    ) {
        self.asOf = asOf
        self.cadreID = cadreID
        self.unitID = unitID
        self.kind = kind
        self.concern = concern
        self.weakest = weakest
    }

    public func write(to row: inout RowWriter) {
        row.date(asOf)
        row.text(cadreID)
        row.text(unitID)
        row.code(kind)
        row.real(concern)
        row.text(weakest)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        asOf = try row.date()
        cadreID = try row.text()
        unitID = try row.optionalText()
        kind = try row.code(KindOfBody.self)
        concern = try row.real()
        weakest = try row.text()
    }
}
