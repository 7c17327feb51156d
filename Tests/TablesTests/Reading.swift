import Foundation
import Testing

@testable import Tables

/// A record as a value, to compare.
struct ReadRecord: Equatable, CustomStringConvertible {
    var fields: [[UInt8]]
    var line: Int
    var endLine: Int
    var number: Int
    var byteOffset: Int
    var isInvalid = false

    var strings: [String] { fields.map { String(decoding: $0, as: UTF8.self) } }
    var description: String { "\(number)@\(line)-\(endLine)+\(byteOffset)\(isInvalid ? "!" : "")\(strings)" }
}

/// What reading a text gave: records, and the error that stopped it.
struct ReadTable: Equatable {
    var records: [ReadRecord] = []
    var error: TablesError?

    var rows: [[String]] { records.map(\.strings) }
    var malformation: Malformation? {
        if case .malformed(let malformation) = error { malformation } else { nil }
    }
}

/// How a text is read in a test.
struct Way: CustomTestStringConvertible, Sendable {
    var bytesInBlock = 1 << 20
    var avoidsCutting = false
    var maximumRecordBytes = 16 << 20
    var blankLinesAreRecords = false

    var testDescription: String { "blocks of \(bytesInBlock)\(avoidsCutting ? ", libcsv only" : "")" }

    var options: CSVReader.Options {
        var options = CSVReader.Options()
        options.bytesInBlock = bytesInBlock
        options.avoidsCutting = avoidsCutting
        options.maximumRecordBytes = maximumRecordBytes
        return options
    }

    /// Small blocks put a boundary everywhere; libcsv alone is the other path.
    static let all = [1, 2, 3, 5, 8, 64, 1 << 20].map { Way(bytesInBlock: $0) } + [1, 7, 1 << 20].map { Way(bytesInBlock: $0, avoidsCutting: true) }
}

func read(_ reader: CSVReader) -> ReadTable {
    var table = ReadTable()
    do {
        try reader.forEachRecord { record in
            var fields: [[UInt8]] = []
            for index in 0..<record.fieldCount { fields.append(Array(record[index])) }
            table.records.append(
                ReadRecord(
                    fields: fields, line: record.line, endLine: record.endLine, number: record.number, byteOffset: record.byteOffset,
                    isInvalid: record.hasInvalidBytes))
            return true
        }
    } catch {
        table.error = error as? TablesError ?? .unreadable(path: "\(error)", errno: 0)
    }
    return table
}

func read(_ bytes: [UInt8], _ encoding: TextEncoding = .utf8, delimiter: UInt8 = UInt8(ascii: ","), _ way: Way = Way()) -> ReadTable {
    do {
        return read(
            try CSVReader(
                bytes: bytes, encoding: encoding, dialect: CSVDialect(delimiter: delimiter, blankLinesAreRecords: way.blankLinesAreRecords),
                options: way.options))
    } catch {
        return ReadTable(error: error)
    }
}

func read(_ text: String, _ way: Way = Way()) -> ReadTable { read(Array(text.utf8), way) }

func read(_ bytes: [UInt8], _ way: Way) -> ReadTable { read(bytes, .utf8, way) }

func read(_ bytes: [UInt8], _ encoding: TextEncoding, _ way: Way) -> ReadTable { read(bytes, encoding, delimiter: UInt8(ascii: ","), way) }

/// A place for a test's files, which goes away with it.
final class ScratchFolder {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("tables-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { path + "/" + name }

    func write(_ bytes: [UInt8], _ name: String = "table.csv") throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: file(name)))
        return file(name)
    }

    func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: file(name)))) }
}
