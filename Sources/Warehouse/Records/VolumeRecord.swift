public import PipelineModel

/// How many rows a source had on a night.
public struct VolumeRecord: Record, Hashable {
    public static let table = "volume_history"
    public static let columns = [
        "as_of", "source", "rows_read",
    ]
    public static let order = "as_of, source"

    /// The night.
    public var asOf: CalendarDate
    /// The contract.
    public var source: String
    /// Over all its files.
    public var rowsRead: Int

    /// A row with these values.
    public init(
        asOf: CalendarDate, source: String, rowsRead: Int
    ) {
        self.asOf = asOf
        self.source = source
        self.rowsRead = rowsRead
    }

    public func write(to row: inout RowWriter) {
        row.date(asOf)
        row.text(source)
        row.integer(rowsRead)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        asOf = try row.date()
        source = try row.text()
        rowsRead = try row.integer()
    }
}
