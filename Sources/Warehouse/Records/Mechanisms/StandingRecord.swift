public import PipelineModel

/// Where a judged cadre stood on the first night of a month, kept so that later nights can look back.
public struct StandingRecord: Record, Hashable {
    public static let table = "standings"
    public static let columns = ["as_of", "cadre_id", "kind", "group_id", "mean", "deviation"]
    public static let order = "as_of, cadre_id"

    /// The night.
    public var asOf: CalendarDate
    /// Who.
    public var cadreID: String
    /// The scheme.
    public var kind: KindOfBody
    /// Against whom.
    public var groupID: String
    /// Posterior mean of the composite.
    public var mean: Double
    /// Posterior standard deviation.
    public var deviation: Double

    /// A row with these values.
    public init(
        asOf: CalendarDate, cadreID: String, kind: KindOfBody, groupID: String, mean: Double, deviation: Double
    ) {
        self.asOf = asOf
        self.cadreID = cadreID
        self.kind = kind
        self.groupID = groupID
        self.mean = mean
        self.deviation = deviation
    }

    public func write(to row: inout RowWriter) {
        row.date(asOf)
        row.text(cadreID)
        row.code(kind)
        row.text(groupID)
        row.real(mean)
        row.real(deviation)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        asOf = try row.date()
        cadreID = try row.text()
        kind = try row.code(KindOfBody.self)
        groupID = try row.text()
        mean = try row.real()
        deviation = try row.real()
    }
}
