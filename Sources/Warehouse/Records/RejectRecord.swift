/// One reason for which a row was refused.
public struct RejectRecord: Record, Hashable {
    public static let table = "rejects"
    public static let columns = [
        "file_id", "line", "number", "column_number", "field", "value", "check_name", "reason",
    ]
    public static let order = "file_id, line, number"

    /// The export file.
    public var fileID: Int
    /// Where the record starts; counts from 1.
    public var line: Int
    /// Counts the reasons of a row from 1.
    public var number: Int
    /// The field's place in the record; counts from 1.
    public var column: Int?
    /// The column's name in the export.
    public var field: String?
    /// As written; masked where private.
    public var value: String?
    /// The rule that was broken.
    public var check: String
    /// What is wrong, in a sentence.
    public var reason: String

    /// A row with these values.
    public init(
        fileID: Int, line: Int, number: Int, column: Int?, field: String?, value: String?, check: String, reason: String
    ) {
        self.fileID = fileID
        self.line = line
        self.number = number
        self.column = column
        self.field = field
        self.value = value
        self.check = check
        self.reason = reason
    }

    public func write(to row: inout RowWriter) {
        row.integer(fileID)
        row.integer(line)
        row.integer(number)
        row.integer(column)
        row.text(field)
        row.text(value)
        row.text(check)
        row.text(reason)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        fileID = try row.integer()
        line = try row.integer()
        number = try row.integer()
        column = try row.optionalInteger()
        field = try row.optionalText()
        value = try row.optionalText()
        check = try row.text()
        reason = try row.text()
    }
}
