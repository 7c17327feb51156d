import PipelineModel
import Tables

/// Where the rows of one file go.
final class RowSink {
    private let writer: CSVWriter
    private let path: String

    /// Makes the file at `path`, or empties it. Cells are written as they are: real systems do not guard against formulas.
    init(path: String, layout: ExportLayout) throws(SimulationError) {
        self.path = path
        let options = CSVWriter.Options(
            protectFormulas: false, quotesEveryText: layout.quotesEveryCell, lineEnding: layout.lineEnding == .crlf ? .crlf : .lf,
            encoding: {
                switch layout.encoding {
                case .utf8: .utf8
                case .utf8WithMark: .utf8WithMark
                case .gb18030: .gb18030
                }
            }(), dialect: CSVDialect(delimiter: layout.delimiter))
        do {
            writer = try CSVWriter(path: path, options: options)
        } catch {
            throw .cannotWrite(path: path, reason: error.description)
        }
    }

    /// Writes one record; of any length, as broken rows have.
    func write(_ fields: [String]) throws(SimulationError) {
        do {
            try writer.write(row: fields.map { $0.isEmpty ? .empty : .text($0) })
        } catch {
            throw .cannotWrite(path: path, reason: error.description)
        }
    }

    /// Writes what is buffered and closes the file.
    func close() throws(SimulationError) {
        do {
            try writer.close()
        } catch {
            throw .cannotWrite(path: path, reason: error.description)
        }
    }
}
