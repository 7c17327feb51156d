import PipelineModel
import Tables
import Warehouse

/// What reading one file came to.
struct FileOutcome {
    var file: SourceFileRecord
    var partial = FactPartial()
    var findings: [Finding] = []
    var isRefused = false
}

/// Reads one file under its contract, record by record.
struct FileReader {
    let contract: SourceContract
    let fold: FactFold
    let asOf: CalendarDate
    let identityKey: IdentityKey?
    let transaction: Transaction

    /// Reads the whole file into the warehouse and a partial.
    func read(_ file: InputFile, fileID: Int, meter: inout ProgressMeter) throws -> FileOutcome {
        var outcome = FileOutcome(
            file: SourceFileRecord(
                fileID: fileID, source: contract.name, role: contract.role, path: file.name, sha256: FileDigest.sha256(of: file.path) ?? "",
                bytes: file.bytes, encoding: contract.encoding.rawValue, contractFrom: contract.from, rowsRead: 0, rowsAccepted: 0,
                rowsRejected: 0, rowsDuplicate: 0, rowsOutOfScope: 0))
        try transaction.insert([outcome.file])
        do {
            let reader = try CSVFileReader(
                path: file.path, encoding: contract.encoding.forReading, dialect: CSVDialect(delimiter: contract.delimiter))
            outcome.file.encoding = reader.resolvedEncoding.name
            try readRecords(of: reader, file, fileID: fileID, into: &outcome, meter: &meter)
            let encodings = EncodingFindings(contract: contract, file: file.name)
            outcome.findings += encodings.findings(for: reader, rows: outcome.file.rowsRead)
            if reader.resolvedEncoding == .gb18030, !outcome.findings.contains(where: { $0.check == "WrongEncoding" }),
                let other = encodings.strayUTF8(path: file.path, declared: contract.encoding)
            {
                outcome.findings.append(other)
                outcome.isRefused = true
            }
        } catch let error as TablesError {
            outcome.findings.append(.brokenFile(error, file: file.name))
            outcome.isRefused = true
        }
        try transaction.update(outcome.file)
        meter.finishFile(source: contract.name, file: file.name, bytes: file.bytes)
        return outcome
    }

    /// Folds only the records that start on the given lines, without touching the warehouse.
    func fold(_ file: InputFile, fileID: Int, lines: Set<Int>) throws -> FactPartial {
        var partial = FactPartial()
        let reader = try CSVFileReader(path: file.path, encoding: contract.encoding.forReading, dialect: CSVDialect(delimiter: contract.delimiter))
        guard let header = try reader.nextRow(), let plan = ColumnPlan.bind(header: header, contract: contract, file: file.name).plan else {
            return partial
        }
        let parser = RowParser(plan: plan, contract: contract, identityKey: identityKey)
        let checks = RowChecks(role: contract.role, asOf: asOf)
        var left = lines.count
        try reader.forEachRecord { record in
            guard lines.contains(record.line) else { return true }
            left -= 1
            _ = parser.parse(record)
            var values = parser.values
            _ = checks.settle(&values)
            fold.add(values, of: parser, at: Position(file: Int32(fileID), line: Int32(record.line)), to: &partial)
            return left > 0
        }
        return partial
    }

    private func readRecords(
        of reader: CSVFileReader, _ file: InputFile, fileID: Int, into outcome: inout FileOutcome, meter: inout ProgressMeter
    ) throws {
        guard let header = try reader.nextRow() else {
            outcome.findings.append(.emptyFile(file.name))
            outcome.isRefused = true
            return
        }
        let (plan, headerFindings) = ColumnPlan.bind(header: header, contract: contract, file: file.name)
        outcome.findings += headerFindings
        guard let plan else {
            if let wrong = EncodingFindings(contract: contract, file: file.name).wrongEncoding(path: file.path) { outcome.findings.append(wrong) }
            outcome.isRefused = true
            return
        }
        var work = try RowWork(reader: self, plan: plan, fileID: fileID, file: file.name)
        // Where the file breaks, what stood before the place is accounted for all the same.
        defer { work.finish(into: &outcome) }
        try reader.forEachRecord { record in
            try work.take(record, transaction: transaction)
            meter.countRow(source: contract.name, file: file.name, bytesRead: reader.bytesRead)
            return true
        }
        if !reader.endsWithLineBreak, let line = work.lineOfDamagedLastRecord {
            outcome.findings.append(.truncatedFile(file.name, line: line))
            outcome.isRefused = true
        }
    }
}

extension TextEncodingName {
    var forReading: TextEncoding {
        switch self {
        case .utf8: .utf8
        case .utf8WithMark: .utf8WithMark
        case .gb18030: .gb18030
        case .auto: .auto
        }
    }
}

extension TextEncoding {
    fileprivate var name: String {
        switch self {
        case .utf8, .auto: "utf-8"
        case .utf8WithMark: "utf-8-bom"
        case .gb18030: "gb18030"
        }
    }
}

extension Finding {
    fileprivate static func emptyFile(_ file: String) -> Finding {
        Finding(
            "EmptyFile", .error, at: Location(file: file), message: "the file is empty: it has not even a header",
            hint: "the export was broken off or has not run: export again")
    }

    fileprivate static func truncatedFile(_ file: String, line: Int) -> Finding {
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
