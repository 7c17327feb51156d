import Foundation
import PipelineModel
import Simulation
import Tables
import Testing

/// The package's own folder.
let packageFolder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")

/// A world written to a folder of its own, which goes away with it.
final class SimulatedFolder {
    let path: String
    let parameters: WorldParameters

    /// One record of a file and the line it starts on.
    struct Record: Equatable {
        let line: Int
        let fields: [String]
    }

    init(_ parameters: WorldParameters) throws {
        self.parameters = parameters
        path = FileManager.default.temporaryDirectory.path + "/cadre-simulation-" + UUID().uuidString
        try WorldWriter(parameters).write(to: path)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The exports, without `truth/`, in order of their names.
    func exports() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".csv") }.sorted()
    }

    func bytes(_ file: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path + "/" + file))) }

    /// Header and records of a file; the encoding is found out, the delimiter told.
    func read(_ file: String, delimiter: UInt8 = UInt8(ascii: ",")) throws -> (header: [String], records: [Record]) {
        let reader = try CSVFileReader(path: path + "/" + file, encoding: .auto, dialect: CSVDialect(delimiter: delimiter))
        var records: [Record] = []
        try reader.forEachRecord { record in
            records.append(Record(line: record.line, fields: record.strings))
            return true
        }
        return (records[0].fields, Array(records.dropFirst()))
    }

    /// The records of an export under its contract, as dictionaries by field; broken rows and rows delivered twice are left out.
    func rows(_ role: SourceRole) throws -> [[String: String]] {
        let contract = try Contracts.contract(role)
        let spoiled = try Set(truth("broken_rows.csv").map { "\($0["file"] ?? ""):\($0["line"] ?? "")" })
        let repeated = try Set(truth("duplicates.csv").map { "\($0["file"] ?? ""):\($0["line"] ?? "")" })
        var rows: [[String: String]] = []
        for file in try exports() where Contracts.matches(file, contract.pattern) {
            let (header, records) = try read(file, delimiter: contract.delimiter)
            let fields = header.map { name in contract.columns.first { $0.column == name || $0.aliases.contains(name) }?.field ?? "-" + name }
            for record in records where !spoiled.contains("\(file):\(record.line)") && !repeated.contains("\(file):\(record.line)") {
                rows.append(Dictionary(uniqueKeysWithValues: zip(fields, record.fields.map { FieldText.normalized($0) })))
            }
        }
        return rows
    }

    /// The records of a file under `truth/`, by column.
    func truth(_ file: String) throws -> [[String: String]] {
        let (header, records) = try read("truth/" + file)
        return records.map { Dictionary(uniqueKeysWithValues: zip(header, $0.fields)) }
    }
}

/// A world big enough for every kind of mess, made once for all tests that only read it.
enum SharedWorld {
    static func parameters(cadres: Int = 600, months: Int = 12, seed: UInt64 = 7) -> WorldParameters {
        WorldParameters(cadres: cadres, months: months, seed: seed, end: Month(year: 2026, monthOfYear: 10).lastDay)
    }
}

/// The contracts that the exports are made for.
enum Contracts {
    static func all() throws -> [SourceContract] {
        try Pipeline.load(path: packageFolder + "/pipelines/nightly.yaml").pipeline.sources.flatMap { $0 }
    }

    static func contract(_ role: SourceRole) throws -> SourceContract {
        let contracts = try all()
        return try #require(contracts.first { $0.role == role })
    }

    static func matches(_ file: String, _ pattern: String) -> Bool { fnmatch(pattern, file, 0) == 0 }
}

/// A day in any of the shapes that exports write.
func day(_ text: String) -> CalendarDate? {
    if text.utf8.count == 8, let number = Int(text) { return CalendarDate(year: number / 10_000, month: number / 100 % 100, day: number % 100) }
    let parts = text.split(whereSeparator: { "-/年月日".contains($0) }).compactMap { Int($0) }
    return parts.count == 3 ? CalendarDate(year: parts[0], month: parts[1], day: parts[2]) : nil
}
