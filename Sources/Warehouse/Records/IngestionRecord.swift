/// What the ingestion that the warehouse holds depended on; one row, or none where the last ingestion did not end.
public struct IngestionRecord: Record, Hashable {
    public static let table = "ingestion_fingerprint"
    public static let columns = ["outline", "digests"]
    public static let order = "outline"

    /// Everything but the content of the files.
    public var outline: String
    /// SHA-256 of each file, in the order of the outline.
    public var digests: String

    /// A row with these values.
    public init(outline: String, digests: String) { (self.outline, self.digests) = (outline, digests) }

    public func write(to row: inout RowWriter) {
        row.text(outline)
        row.text(digests)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        outline = try row.text()
        digests = try row.text()
    }
}
