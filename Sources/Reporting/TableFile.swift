import Glibc
import PipelineModel
import Tables
import Warehouse

/// One table on its way into a file.
final class TableFile {
    /// How its rows are written.
    let options: CSVWriter.Options
    /// How many threads make them.
    let threads: Int
    private let name: String
    private let path: String
    private let file: LongFile
    private let digest = OutputDigest()
    private let writer: CSVWriter

    private init(_ definition: TableDefinition, folder: String, options: TableOptions, threads: Int) throws {
        (name, path, self.threads) = (definition.name, "\(folder)/\(definition.name).csv", threads)
        self.options = CSVWriter.Options(encoding: options.byteOrderMark ? .utf8WithMark : .utf8)
        do throws(TablesError) {
            file = try LongFile(path: path, threads: threads) { [digest] in digest.add($0) }
            writer = try CSVWriter(to: file, options: self.options)
            try writer.write(row: definition.header.map { .text($0) })
        } catch {
            throw ReportingError(error, table: name, path: path)
        }
    }

    /// Writes a header and rows to `folder/NAME.csv`, mode 0600, brings them to the disk, and gives back what was written.
    static func write(
        _ definition: TableDefinition, folder: String, options: TableOptions, rows: (TableFile) throws -> Void
    ) throws -> OutputFile {
        try begin(definition, folder: folder, options: options, threads: 1, rows: rows).file()
    }

    /// A file whose rows are made, and which other threads write and bring to the disk.
    struct Pending: PendingFiles {
        fileprivate let work: SideWork<Result<OutputFile, ReportingError>>

        /// What was written, once it is on the disk.
        ///
        /// - Throws: Where it cannot be brought there.
        func file() throws(ReportingError) -> OutputFile {
            guard let result = work.results().first else { preconditionFailure("one piece of work has one result") }
            return try result.get()
        }

        func finished() throws -> [OutputFile] { [try file()] }
    }

    /// The same, but the file is written and brought to the disk by other threads.
    static func begin(
        _ definition: TableDefinition, folder: String, options: TableOptions, threads: Int, rows: (TableFile) throws -> Void
    ) throws -> Pending {
        let table = try TableFile(definition, folder: folder, options: options, threads: threads)
        try rows(table)
        try table.reporting { () throws(TablesError) in try table.writer.close() }
        let (name, path, file, digest, rowCount) = (definition.name, table.path, table.file, table.digest, table.writer.rowCount - 1)
        return Pending(
            work: SideWork(1, threads: threads, waitsForDisk: true) { _ in
                Result { () throws(ReportingError) in
                    do throws(TablesError) {
                        try file.finish()
                    } catch {
                        throw ReportingError(error, table: name, path: path)
                    }
                    return OutputFile(name: "\(name).csv", digest, rows: rowCount)
                }
            })
    }

    /// Writes rows that were made with its options.
    func write(_ rows: CSVRows) throws { try reporting { () throws(TablesError) in try writer.write(rows) } }

    private func reporting(_ body: () throws(TablesError) -> Void) throws(ReportingError) {
        do throws(TablesError) {
            try body()
        } catch {
            throw ReportingError(error, table: name, path: path)
        }
    }
}

/// The system's words for what went wrong last.
enum SystemError {
    static var current: String { message(errno) }

    static func message(_ number: Int32) -> String {
        guard let words = strerror(number) else { return "error \(number)" }
        return String(cString: words)
    }
}
