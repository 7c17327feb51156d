import Crypto
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
    private let writer: CSVWriter

    private init(_ definition: TableDefinition, folder: String, options: TableOptions, threads: Int) throws {
        (name, path, self.threads) = (definition.name, "\(folder)/\(definition.name).csv", threads)
        self.options = CSVWriter.Options(encoding: options.byteOrderMark ? .utf8WithMark : .utf8)
        do throws(TablesError) {
            writer = try CSVWriter(path: path, options: self.options)
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

    /// A file whose rows are written, and which other threads bring to the disk.
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

    /// The same, but the file is brought to the disk and read back on another thread.
    static func begin(
        _ definition: TableDefinition, folder: String, options: TableOptions, threads: Int, rows: (TableFile) throws -> Void
    ) throws -> Pending {
        let file = try TableFile(definition, folder: folder, options: options, threads: threads)
        try rows(file)
        try file.reporting { () throws(TablesError) in try file.writer.close(synchronising: false) }
        let (name, path, rowCount) = (definition.name, file.path, file.writer.rowCount - 1)
        return Pending(
            work: SideWork(1, threads: threads, waitsForDisk: true) { _ in
                Result { () throws(ReportingError) in
                    let (bytes, sha256) = try digest(of: path, bringingToDisk: true)
                    return OutputFile(name: "\(name).csv", bytes: bytes, rows: rowCount, sha256: sha256)
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

    /// Length and SHA-256 of a file as it lies on the disk: what the manifest says of it is what a reader will find.
    ///
    /// - Parameter bringsToDisk: Whether its bytes may still be on the way to the disk.
    static func digest(of path: String, bringingToDisk bringsToDisk: Bool = false) throws(ReportingError) -> (bytes: Int, sha256: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: SystemError.current) }
        defer { close(descriptor) }
        var hash = SHA256()
        var total = 0
        var block = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = block.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw .cannotWrite(path: path, reason: SystemError.current)
            }
            if count == 0 { break }
            block.withUnsafeBytes { hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
            total += count
        }
        // A file system that cannot do it has nothing to bring anywhere.
        if bringsToDisk, fsync(descriptor) != 0, errno != EINVAL, errno != EROFS { throw .cannotWrite(path: path, reason: SystemError.current) }
        return (total, hash.finalize().map { byte in hexadecimal(byte) }.joined())
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16)
        return byte < 16 ? "0" + digits : digits
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
