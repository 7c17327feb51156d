/// A measure and the unit of its sums.
public struct MeasureRecord: Record, Hashable {
    public static let table = "measures"
    public static let columns = [
        "measure", "decimals",
    ]
    public static let order = "measure"

    /// `tasks.overdue`.
    public var measure: String
    /// Sums are in units of the last of so many decimals.
    public var decimals: Int

    /// A row with these values.
    public init(
        measure: String, decimals: Int
    ) {
        self.measure = measure
        self.decimals = decimals
    }

    public func write(to row: inout RowWriter) {
        row.text(measure)
        row.integer(decimals)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        measure = try row.text()
        decimals = try row.integer()
    }
}
