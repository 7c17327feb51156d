/// A cadre whose number stands for more than one person, and who is therefore neither judged nor flagged.
public struct DoubtfulCadre: Record, Hashable {
    public static let table = "doubtful_cadres"
    public static let columns = [
        "cadre_id", "reason",
    ]
    public static let order = "cadre_id"

    /// The number.
    public var cadreID: String
    /// Why it is in doubt.
    public var reason: String

    /// A row with these values.
    public init(
        cadreID: String, reason: String
    ) {
        self.cadreID = cadreID
        self.reason = reason
    }

    public func write(to row: inout RowWriter) {
        row.text(cadreID)
        row.text(reason)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        cadreID = try row.text()
        reason = try row.text()
    }
}
