public import PipelineModel

/// One export file of tonight and its row account.
public struct SourceFileRecord: Record, Hashable {
    public static let table = "source_files"
    public static let columns = [
        "file_id", "source", "role", "path", "sha256", "bytes", "encoding", "contract_from", "rows_read", "rows_accepted", "rows_rejected",
        "rows_duplicate", "rows_out_of_scope",
    ]
    public static let order = "file_id"

    /// Counts from 1, by source and path.
    public var fileID: Int
    /// The contract.
    public var source: String
    /// What the export is about.
    public var role: SourceRole
    /// Relative to the input folder.
    public var path: String
    /// Of the file as delivered, in hexadecimal.
    public var sha256: String
    /// Length as delivered.
    public var bytes: Int
    /// As declared or, for `auto`, as found.
    public var encoding: String
    /// First day of the contract version that read it.
    public var contractFrom: CalendarDate?
    /// Records after the header.
    public var rowsRead: Int
    /// Kept.
    public var rowsAccepted: Int
    /// Refused, each in `rejects`.
    public var rowsRejected: Int
    /// Repeated or replaced by a later row of the same key.
    public var rowsDuplicate: Int
    /// Not what the pipeline is about, or not yet known.
    public var rowsOutOfScope: Int

    /// A row with these values.
    public init(
        fileID: Int, source: String, role: SourceRole, path: String, sha256: String, bytes: Int, encoding: String, contractFrom: CalendarDate?,
        rowsRead: Int, rowsAccepted: Int, rowsRejected: Int, rowsDuplicate: Int, rowsOutOfScope: Int
    ) {
        self.fileID = fileID
        self.source = source
        self.role = role
        self.path = path
        self.sha256 = sha256
        self.bytes = bytes
        self.encoding = encoding
        self.contractFrom = contractFrom
        self.rowsRead = rowsRead
        self.rowsAccepted = rowsAccepted
        self.rowsRejected = rowsRejected
        self.rowsDuplicate = rowsDuplicate
        self.rowsOutOfScope = rowsOutOfScope
    }

    public func write(to row: inout RowWriter) {
        row.integer(fileID)
        row.text(source)
        row.code(role)
        row.text(path)
        row.text(sha256)
        row.integer(bytes)
        row.text(encoding)
        row.date(contractFrom)
        row.integer(rowsRead)
        row.integer(rowsAccepted)
        row.integer(rowsRejected)
        row.integer(rowsDuplicate)
        row.integer(rowsOutOfScope)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        fileID = try row.integer()
        source = try row.text()
        role = try row.code(SourceRole.self)
        path = try row.text()
        sha256 = try row.text()
        bytes = try row.integer()
        encoding = try row.text()
        contractFrom = try row.optionalDate()
        rowsRead = try row.integer()
        rowsAccepted = try row.integer()
        rowsRejected = try row.integer()
        rowsDuplicate = try row.integer()
        rowsOutOfScope = try row.integer()
    }
}
