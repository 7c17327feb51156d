import Crypto
import Glibc
import PipelineModel
import Tables

/// One table on its way into a file.
enum TableFile {
    /// Writes a header and rows to `folder/NAME.csv`, mode 0600, brings them to the disk, and gives back what was written.
    static func write(
        _ definition: TableDefinition, folder: String, options: TableOptions, rows: (_ write: ([Cell]) throws -> Void) throws -> Void
    ) throws -> OutputFile {
        let path = "\(folder)/\(definition.name).csv"
        let writer: CSVWriter
        do throws(TablesError) {
            writer = try CSVWriter(path: path, options: CSVWriter.Options(encoding: options.byteOrderMark ? .utf8WithMark : .utf8))
            try writer.write(row: definition.header.map { .text($0) })
        } catch {
            throw ReportingError(error, table: definition.name, path: path)
        }
        var count = 0
        try rows { row in
            count += 1
            do throws(TablesError) {
                try writer.write(row: row)
            } catch {
                throw ReportingError(error, table: definition.name, path: path)
            }
        }
        do throws(TablesError) {
            try writer.close()
        } catch {
            throw ReportingError(error, table: definition.name, path: path)
        }
        let (bytes, sha256) = try digest(of: path)
        return OutputFile(name: "\(definition.name).csv", bytes: bytes, rows: count, sha256: sha256)
    }

    /// Length and SHA-256 of a file as it lies on the disk: what the manifest says of it is what a reader will find.
    static func digest(of path: String) throws(ReportingError) -> (bytes: Int, sha256: String) {
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
