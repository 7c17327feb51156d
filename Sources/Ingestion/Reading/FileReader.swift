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
    let memories: ReadingMemories
    let night: ReadingNight
    /// What is known of the keys of the source's parts.
    let ledger: KeyLedger

    /// A file that other threads have begun to read.
    struct Begun {
        let file: InputFile
        let fileID: Int
        /// Fails where not even the header could be read.
        fileprivate let opened: Result<Opened, any Error>
    }

    /// What the head of a file says.
    fileprivate struct Opened {
        let encoding: TextEncoding
        let hadByteOrderMark: Bool
        /// Of the header; and where it cannot be bound to the contract, why.
        let findings: [Finding]
        /// `nil` where rows cannot be read.
        let parts: FileParts.Begun?
    }

    /// Opens a file, binds its header, and lets other threads begin with its rows.
    ///
    /// - Parameter ahead: How many parts may wait to be taken, for each thread.
    func begin(_ file: InputFile, fileID: Int, ahead: Int) -> Begun {
        Begun(file: file, fileID: fileID, opened: Result { try open(file, fileID: fileID, ahead: ahead) })
    }

    private func open(_ file: InputFile, fileID: Int, ahead: Int) throws -> Opened {
        let dialect = CSVDialect(delimiter: contract.delimiter)
        let reader = try CSVFileReader(path: file.path, encoding: contract.encoding.forReading, dialect: dialect)
        var (findings, parts): ([Finding], FileParts.Begun?) = ([], nil)
        if let header = try reader.nextRow() {
            let (plan, headerFindings) = ColumnPlan.bind(header: header, contract: contract, file: file.name)
            findings = headerFindings
            if let plan {
                let ranges = RecordRanges(dialect: dialect, fieldCount: header.count)
                    .ranges(path: file.path, totalBytes: reader.totalBytes ?? file.bytes, bytesInRange: night.cutting.bytesInRange)
                let cache = night.cache?.scope([reader.resolvedEncoding.name] + header, of: contract, file: fileID)
                let rangeReader = RangeReader(
                    contract: contract, fold: fold, night: night, memories: memories, plan: plan, encoding: reader.resolvedEncoding,
                    fileID: fileID, cache: cache, ledger: ledger, file: file)
                parts = FileParts.begin(ranges, with: rangeReader, threads: night.cutting.threads, ahead: ahead)
            } else if let wrong = EncodingFindings(contract: contract, file: file.name).wrongEncoding(path: file.path) {
                findings.append(wrong)
            }
        } else {
            findings.append(.emptyFile(file.name))
        }
        return Opened(encoding: reader.resolvedEncoding, hadByteOrderMark: reader.hadByteOrderMark, findings: findings, parts: parts)
    }

    /// Takes the whole file into the warehouse, and adds what its rows say to what those of the files before it said, with which it would take long to merge afterwards.
    func finish(_ begun: Begun, into read: inout ReadRows, in transaction: Transaction, meter: inout ProgressMeter) throws -> FileOutcome {
        let file = begun.file
        var outcome = FileOutcome(
            file: SourceFileRecord(
                fileID: begun.fileID, source: contract.name, role: contract.role, path: file.name, sha256: "",
                bytes: file.bytes, encoding: contract.encoding.rawValue, contractFrom: contract.from, rowsRead: 0, rowsAccepted: 0,
                rowsRejected: 0, rowsDuplicate: 0, rowsOutOfScope: 0))
        try transaction.note(outcome.file)
        do {
            try takeRecords(of: file, begun.opened.get(), into: &outcome, &read, in: transaction, meter: &meter)
        } catch let error as TablesError {
            outcome.findings.append(.brokenFile(error, file: file.name))
            outcome.isRefused = true
        }
        outcome.file.sha256 = night.hashes[file].sha256
        try transaction.note(outcome.file)
        meter.finishFile(source: contract.name, file: file.name, bytes: file.bytes)
        return outcome
    }

    private func takeRecords(
        of file: InputFile, _ opened: Opened, into outcome: inout FileOutcome, _ read: inout ReadRows, in transaction: Transaction,
        meter: inout ProgressMeter
    ) throws {
        outcome.file.encoding = opened.encoding.name
        outcome.findings += opened.findings
        var endsWithLineBreak = false
        if let parts = opened.parts {
            endsWithLineBreak = try takeRows(parts, file, into: &outcome, &read, in: transaction, meter: &meter)
        } else {
            outcome.isRefused = true
        }
        let encodings = EncodingFindings(contract: contract, file: file.name)
        outcome.findings += encodings.findings(
            hadMark: opened.hadByteOrderMark, endsWithLineBreak: endsWithLineBreak, rows: outcome.file.rowsRead)
        if opened.encoding == .gb18030, !outcome.findings.contains(where: { $0.check == "WrongEncoding" }),
            let other = encodings.strayUTF8(path: file.path, declared: contract.encoding)
        {
            outcome.findings.append(other)
            outcome.isRefused = true
        }
    }

    /// Takes the rows; returns whether the file ends with a line break.
    private func takeRows(
        _ begun: FileParts.Begun, _ file: InputFile, into outcome: inout FileOutcome, _ read: inout ReadRows, in transaction: Transaction,
        meter: inout ProgressMeter
    ) throws -> Bool {
        var account = RowAccount()
        // Moved in and out: a partial that two hold is copied whole at the next change.
        swap(&account.partial, &read.partial)
        var endsWithLineBreak = false
        var parts = FileParts(of: begun)
        var seals: [(range: Range<Int>, seal: PartSeal?)] = []
        // Where the file breaks, what stood before the place is accounted for all the same.
        defer {
            outcome.parts = parts
            outcome.file.rowsRead = account.read
            outcome.file.rowsAccepted = account.accepted
            outcome.file.rowsRejected = account.rejected
            outcome.file.rowsOutOfScope = account.outOfScope
            swap(&account.partial, &read.partial)
            outcome.findings += account.findings(file: file.name)
        }
        try parts.take(begun) { part, linesBefore, bytesRead in
            endsWithLineBreak = part.endsWithLineBreak
            seals.append((part.range, part.seal))
            try store(part, from: begun.reader, linesBefore: linesBefore, read.rows, in: transaction)
            var own = part.account
            own.partial.keys = try read.keys.take(part, from: begun.reader, linesBefore: linesBefore)
            read.spill.take(&own.partial, linesLater: linesBefore)
            account.append(own, linesLater: linesBefore)
            read.takeEvidence(of: &account.partial)
            meter.countRows(part.account.read, source: contract.name, file: file.name, bytesRead: bytesRead)
        }
        begun.reader.cache?.keepSeals(seals, of: night.hashes[file])
        if !endsWithLineBreak, let line = account.lineOfDamagedLastRecord {
            outcome.findings.append(.truncatedFile(file.name, line: line))
            outcome.isRefused = true
        }
        return endsWithLineBreak
    }

    private func store(
        _ part: RangeReader.Outcome, from reader: RangeReader, linesBefore: Int, _ rows: RowStoring?, in transaction: Transaction
    ) throws {
        try transaction.insert(
            part.account.rejects.lazy.map { reject in
                var reject = reject
                reject.line += linesBefore
                return reject
            })
        if part.identity != nil, let rows {
            try rows.store(part, from: reader, linesBefore: linesBefore, in: transaction)
        } else if let own = part.account.rows {
            try transaction.insert(own, of: contract.role, fileID: reader.fileID, linesLater: linesBefore)
        }
    }
}
