public import PipelineModel

/// A cadre who is not judged, and why.
public struct NotJudged: Record, Hashable {
    public static let table = "not_judged"
    public static let columns = [
        "cadre_id", "unit_id", "kind", "reason", "detail", "exposure_months",
    ]
    public static let order = "cadre_id"

    /// Who.
    public var cadreID: String
    /// Where known.
    public var unitID: String?
    /// Where known.
    public var kind: KindOfBody?
    /// Why.
    public var reason: NotJudgedReason
    /// The same with its numbers.
    public var detail: String
    /// Where counted.
    public var exposureMonths: Double?

    /// A row with these values.
    public init(
        cadreID: String, unitID: String?, kind: KindOfBody?, reason: NotJudgedReason, detail: String, exposureMonths: Double?
    ) {
        self.cadreID = cadreID
        self.unitID = unitID
        self.kind = kind
        self.reason = reason
        self.detail = detail
        self.exposureMonths = exposureMonths
    }

    public func write(to row: inout RowWriter) {
        row.text(cadreID)
        row.text(unitID)
        row.code(kind)
        row.code(reason)
        row.text(detail)
        row.real(exposureMonths)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        cadreID = try row.text()
        unitID = try row.optionalText()
        kind = try row.optionalCode(KindOfBody.self)
        reason = try row.code(NotJudgedReason.self)
        detail = try row.text()
        exposureMonths = try row.optionalReal()
    }
}
