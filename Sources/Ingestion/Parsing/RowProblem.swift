import PipelineModel

/// One reason to reject a row.
struct RowProblem {
    let check: Finding.Check
    /// Counts from 1; `nil` where the whole record is meant.
    let column: Int?
    /// The column's name in the export.
    let field: String?
    /// As written; masked where private.
    let value: String?
    let message: String
    let hint: String?

    static func invalidBytes(encoding: TextEncodingName) -> RowProblem {
        RowProblem(
            check: "InvalidBytes", column: nil, field: nil, value: nil, message: "the row has bytes that are not \(encoding.rawValue)",
            hint: "parts of the file may have been written in another encoding: export it again in one")
    }

    static let endOfFileMark = RowProblem(
        check: "EndOfFileMark", column: nil, field: nil, value: nil, message: "an old end-of-file mark (Ctrl-Z) stands where a row should be", hint: nil)

    static let repeatedHeader = RowProblem(
        check: "RepeatedHeader", column: nil, field: nil, value: nil, message: "the header stands again in mid-file",
        hint: "files were put one behind the other: deliver them side by side")

    static func wrongFieldCount(found: Int, expected: Int) -> RowProblem {
        RowProblem(
            check: "WrongFieldCount", column: nil, field: nil, value: String(found),
            message: "the row has \(found) fields where the header has \(expected)",
            hint: found > expected ? "a delimiter inside a text may lack its quotes" : "the row may have been cut, or a line break lacks its quotes")
    }

    static func nulByte(_ column: ColumnPlan.Column) -> RowProblem {
        RowProblem(
            check: "NulByte", column: column.place + 1, field: column.name, value: nil, message: "\(column.name) holds a NUL byte",
            hint: "the file was damaged on its way: deliver it again")
    }

    static func missingValue(_ column: ColumnPlan.Column) -> RowProblem {
        RowProblem(
            check: "MissingValue", column: column.place + 1, field: column.name, value: nil, message: "\(column.name) is blank, and a row needs it",
            hint: "fill it in the system")
    }

    static let markInside = RowProblem(
        check: "ByteOrderMarkInside", column: nil, field: nil, value: nil,
        message: "a byte-order mark stands in front of the row, in mid-file; it was stripped",
        hint: "files were put one behind the other: deliver them side by side")

    static func refused(_ column: ColumnPlan.Column, _ refusal: FieldParser.Refusal, value: String, contract: SourceContract) -> RowProblem {
        let what: String
        switch refusal {
        case .unknownValue, .notADate, .notANumber: what = "is not \(column.parser.expectation)"
        case .dateOutOfRange: what = "is a day that cannot be right"
        case .numberOutOfRange: what = "is outside its bounds"
        case .badIdentityNumber: what = "is not a valid identity number (GB 11643)"
        case .tooLong: what = "is longer than \(FieldParser.maximumTextBytes) bytes"
        }
        return RowProblem(
            check: refusal.check, column: column.place + 1, field: column.name, value: value, message: "\(column.name) \"\(value)\" \(what)",
            hint: column.parser.hint(for: refusal, contract: contract))
    }
}
