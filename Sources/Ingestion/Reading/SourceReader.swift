import PipelineModel
import Tables
import Warehouse

/// Reads the files of a contract: rows into the warehouse, facts into a partial, problems into rejects and findings.
struct SourceReader {
    let night: ReadingNight

    /// How many parts may wait to be taken, for each thread. Of the first sources they wait until it is known who is who, and are most of what is in memory then.
    fileprivate static let partsAhead = 2

    /// Lets other threads begin to read, while the caller reads something else, or finds out who is who: what rows say depends on neither.
    ///
    /// - Parameters:
    ///   - files: Those of the contract.
    ///   - firstFileID: The number of the first file; those of the others follow.
    func begin(_ contract: SourceContract, _ files: [InputFile], firstFileID: Int) throws -> Begun {
        let fold: FactFold
        do {
            fold = try FactFold(contract: contract, asOf: night.asOf)
        } catch {
            throw IngestionError.configuration([.unusableMeasure(contract, reason: error.description)])
        }
        let memories = ReadingMemories()
        let reader = FileReader(
            contract: contract, fold: fold, memories: memories, night: night, ledger: night.cache?.keyLedger(of: contract) ?? KeyLedger())
        return Begun(
            source: IngestedSource(contract: contract, fold: fold, asOf: night.asOf), files: files, firstFileID: firstFileID, memories: memories,
            reader: reader, night: night, first: files.first.map { reader.begin($0, fileID: firstFileID, ahead: SourceReader.partsAhead) })
    }

    /// A source of which other threads have begun to read the first file.
    struct Begun {
        fileprivate var source: IngestedSource
        fileprivate let files: [InputFile]
        fileprivate let firstFileID: Int
        fileprivate let memories: ReadingMemories
        fileprivate let reader: FileReader
        fileprivate let night: ReadingNight
        fileprivate let first: FileReader.Begun?
    }
}

extension SourceReader.Begun {
    /// Takes every file, then takes back the rows that later ones of the same key replace.
    ///
    /// - Parameter resolver: Whom rows are about, as far as it is known before all sources are read.
    /// - Throws: `WarehouseError`; a broken file is no error here, but a finding and `isRefused`.
    consuming func finish(resolver: RowResolver, in transaction: Transaction, meter: inout ProgressMeter) throws -> IngestedSource {
        var read = ReadRows(cadres: resolver.cadreIDs.count, ledger: reader.ledger, threads: night.cutting.threads, in: night.spill)
        if let cache = night.cache, source.contract.keep == .rows { read.rows = RowStoring(role: source.contract.role, reading: cache.reading) }
        memories.know(resolver, try read.rows?.standing(in: transaction))
        var parts: [FileParts?] = []
        for (index, file) in files.enumerated() {
            let begun = index == 0 ? first : reader.begin(file, fileID: firstFileID + index, ahead: SourceReader.partsAhead)
            guard let begun else { continue }
            let outcome = try reader.finish(begun, into: &read, in: transaction, meter: &meter)
            source.files.append(outcome.file)
            parts.append(outcome.parts)
            source.findings += outcome.findings
            source.isRefused = source.isRefused || outcome.isRefused
        }
        try transaction.endRows(of: source.contract.role, files: firstFileID..<firstFileID + files.count)
        let names = files.map(\.name).joined(separator: " ")
        do {
            if !source.isRefused { try replaceRows(parts, of: &read, in: transaction) }
        } catch let error as TablesError {
            source.findings.append(.brokenFile(error, file: names))
            source.isRefused = true
        }
        source.beginSettling(read, raters: memories.raters, threads: night.cutting.threads)
        if source.partial.undatedRows > 0 {
            source.findings.append(.undatedRows(source.partial.undatedRows, contract: source.contract, file: names))
        }
        return source
    }

    /// Takes back what does not stand: from the account, from the stored rows, and from the facts by reading just those lines once more.
    private mutating func replaceRows(_ parts: [FileParts?], of read: inout ReadRows, in transaction: Transaction) throws {
        let replaced = try read.spill.replaced(read.keys.known, threads: night.cutting.threads)
        night.cache?.keep(read.keys.ledger(replaced), of: source.contract, before: read.keys.ledger)
        if replaced.isEmpty { return }
        let positions = Set(replaced.map(\.position))
        let first = source.files.first?.fileID ?? 0
        let repeated = try RepeatedRows(replaced, in: parts, firstFileID: first, folding: !read.isBare)
        let duplicates = DuplicateFindings(contract: source.contract, files: source.files)
        source.findings += try duplicates.findings(replaced, saying: repeated, in: transaction)
        let linesByFile = Dictionary(grouping: positions, by: \.file).mapValues { Set($0.map { Int($0.line) }) }
        for index in parts.indices {
            guard let lines = linesByFile[Int32(first + index)] else { continue }
            source.files[index].rowsAccepted -= lines.count
            source.files[index].rowsDuplicate += lines.count
            try transaction.note(source.files[index])
            if source.contract.keep == .rows {
                for line in lines.sorted() { try transaction.deleteRow(of: source.contract.role, fileID: first + index, line: line) }
            }
            if let facts = repeated.facts[first + index] { read.retract(facts, at: positions) }
        }
    }
}

extension Finding {
    fileprivate static func unusableMeasure(_ contract: SourceContract, reason: String) -> Finding {
        Finding("UnusableMeasure", .error, at: Location(file: contract.configurationFile), message: reason)
    }

    fileprivate static func undatedRows(_ count: Int, contract: SourceContract, file: String) -> Finding {
        Finding(
            "UndatedRows", .warning, at: Location(file: file, field: contract.role.eventDateField),
            message: "\(count) rows of \(contract.name) have no date: they are kept and count for nothing",
            hint: "ask for the date to be exported again; what happened when nobody knows must not count against anybody")
    }
}
