import PipelineModel
import Tables

extension Finding {
    static func emptyFile(_ file: String) -> Finding {
        Finding(
            "EmptyFile", .error, at: Location(file: file), message: "the file is empty: it has not even a header",
            hint: "the export was broken off or has not run: export again")
    }

    static func truncatedFile(_ file: String, line: Int) -> Finding {
        Finding(
            "TruncatedFile", .error, at: Location(file: file, line: line), message: "the file ends in the middle of a row: rows may be missing after it",
            hint: "the export or its transfer was broken off: deliver the file again")
    }

    static func brokenFile(_ error: TablesError, file: String) -> Finding {
        switch error {
        case .malformed(let malformation):
            Finding(
                "MalformedCSV", .error, at: Location(file: file, line: malformation.line, column: malformation.column),
                message: "\(malformation)", hint: "where a row is broken, later ones cannot be trusted: mend the export, and deliver the file again")
        case .unsupportedEncoding(_, let name):
            Finding(
                "UnsupportedEncoding", .error, at: Location(file: file), value: name, message: "the file is written in \(name)",
                hint: "export it as UTF-8 or GB18030")
        default:
            Finding("UnreadableFile", .error, at: Location(file: file), message: "\(error)", hint: "deliver the file again")
        }
    }
}
