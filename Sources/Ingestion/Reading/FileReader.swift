import Glibc
import PipelineModel
import Tables
import Warehouse

/// What reading one file came to.
struct FileOutcome {
    var file: SourceFileRecord
    var findings: [Finding] = []
    var isRefused = false
    /// To read some of its rows again; `nil` where none could be read.
    var parts: FileParts?
}

/// Reads one file under its contract.
struct FileReader {
    let contract: SourceContract
    let fold: FactFold
    let asOf: CalendarDate
    let identityKey: IdentityKey?
    let transaction: Transaction
    let cutting: FileCutting
    let memories: ReadingMemories
    let digests: [String: String]
    let cache: PartCache?

    /// Reads the whole file into the warehouse, and adds its facts to a partial: what the files before it came to, which would take long to merge with it afterwards.
    func read(_ file: InputFile, fileID: Int, into partial: inout FactPartial, meter: inout ProgressMeter) throws -> FileOutcome {
        let digest = PendingDigest(of: file, threads: cutting.threads, known: digests[file.path])
        var outcome = FileOutcome(
            file: SourceFileRecord(
                fileID: fileID, source: contract.name, role: contract.role, path: file.name, sha256: "",
                bytes: file.bytes, encoding: contract.encoding.rawValue, contractFrom: contract.from, rowsRead: 0, rowsAccepted: 0,
                rowsRejected: 0, rowsDuplicate: 0, rowsOutOfScope: 0))
        try transaction.insert([outcome.file])
        do {
            try readRecords(of: file, fileID: fileID, into: &outcome, &partial, meter: &meter)
        } catch let error as TablesError {
            outcome.findings.append(.brokenFile(error, file: file.name))
            outcome.isRefused = true
        }
        outcome.file.sha256 = digest.value
        try transaction.update(outcome.file)
        meter.finishFile(source: contract.name, file: file.name, bytes: file.bytes)
        return outcome
    }

    private func readRecords(
        of file: InputFile, fileID: Int, into outcome: inout FileOutcome, _ partial: inout FactPartial, meter: inout ProgressMeter
    ) throws {
        let dialect = CSVDialect(delimiter: contract.delimiter)
        let reader = try CSVFileReader(path: file.path, encoding: contract.encoding.forReading, dialect: dialect)
        outcome.file.encoding = reader.resolvedEncoding.name
        let encodings = EncodingFindings(contract: contract, file: file.name)
        var endsWithLineBreak = false
        if let header = try reader.nextRow() {
            let (plan, headerFindings) = ColumnPlan.bind(header: header, contract: contract, file: file.name)
            outcome.findings += headerFindings
            if let plan {
                let ranges = RecordRanges(dialect: dialect, fieldCount: header.count)
                    .ranges(path: file.path, totalBytes: reader.totalBytes ?? file.bytes, bytesInRange: cutting.bytesInRange)
                let rangeReader = RangeReader(
                    contract: contract, fold: fold, asOf: asOf, identityKey: identityKey, memories: memories, plan: plan, path: file.path,
                    encoding: reader.resolvedEncoding, fileID: fileID,
                    cache: cache?.scope([reader.resolvedEncoding.name] + header, of: contract, file: fileID))
                endsWithLineBreak = try readRows(ranges, rangeReader, file, into: &outcome, &partial, meter: &meter)
            } else {
                if let wrong = encodings.wrongEncoding(path: file.path) { outcome.findings.append(wrong) }
                outcome.isRefused = true
            }
        } else {
            outcome.findings.append(.emptyFile(file.name))
            outcome.isRefused = true
        }
        outcome.findings += encodings.findings(
            hadMark: reader.hadByteOrderMark, endsWithLineBreak: endsWithLineBreak, rows: outcome.file.rowsRead)
        if reader.resolvedEncoding == .gb18030, !outcome.findings.contains(where: { $0.check == "WrongEncoding" }),
            let other = encodings.strayUTF8(path: file.path, declared: contract.encoding)
        {
            outcome.findings.append(other)
            outcome.isRefused = true
        }
    }

    /// Reads the rows; returns whether the file ends with a line break.
    private func readRows(
        _ ranges: [Range<Int>], _ rangeReader: RangeReader, _ file: InputFile, into outcome: inout FileOutcome, _ partial: inout FactPartial,
        meter: inout ProgressMeter
    ) throws -> Bool {
        var account = RowAccount()
        // Moved in and out: a partial that two hold is copied whole at the next change.
        swap(&account.partial, &partial)
        var endsWithLineBreak = false
        var parts = FileParts(reader: rangeReader, threads: cutting.threads)
        // Where the file breaks, what stood before the place is accounted for all the same.
        defer {
            outcome.parts = parts
            outcome.file.rowsRead = account.read
            outcome.file.rowsAccepted = account.accepted
            outcome.file.rowsRejected = account.rejected
            outcome.file.rowsOutOfScope = account.outOfScope
            swap(&account.partial, &partial)
            outcome.findings += account.findings(file: file.name)
        }
        try parts.read(ranges) { part, linesBefore, bytesRead in
            endsWithLineBreak = part.endsWithLineBreak
            try store(part.account, fileID: rangeReader.fileID, linesBefore: linesBefore)
            account.append(part.account, linesLater: linesBefore)
            meter.countRows(part.account.read, source: contract.name, file: file.name, bytesRead: bytesRead)
        }
        if !endsWithLineBreak, let line = account.lineOfDamagedLastRecord {
            outcome.findings.append(.truncatedFile(file.name, line: line))
            outcome.isRefused = true
        }
        return endsWithLineBreak
    }

    private func store(_ account: RowAccount, fileID: Int, linesBefore: Int) throws {
        try transaction.insert(
            account.rejects.lazy.map { reject in
                var reject = reject
                reject.line += linesBefore
                return reject
            })
        if let rows = account.rows { try transaction.insert(rows, of: contract.role, fileID: fileID, linesLater: linesBefore) }
    }
}

/// How files are cut to be read on several threads. No result depends on it.
struct FileCutting: Sendable {
    var threads: Int
    /// How many bytes are read by themselves: few enough for the processor's cache and for some to wait in memory, and not so few that there are many.
    var bytesInRange: Int

    /// As many threads as the machine has processors.
    static let standard = FileCutting(threads: max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))), bytesInRange: 1 << 21)
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
