import PipelineModel
import Tables
import Warehouse

/// Reads ranges of one file, each by itself: what several threads do at a time.
struct RangeReader: Sendable {
    let contract: SourceContract
    let fold: FactFold
    let night: ReadingNight
    let memories: ReadingMemories
    let plan: ColumnPlan
    /// Not `auto`.
    let encoding: TextEncoding
    let fileID: Int
    /// Where parts are that were read on another night; `nil` where none are looked for.
    let cache: PartCache.Scope?
    /// Of which parts keys need not be at hand.
    let ledger: KeyLedger
    let file: InputFile
    /// Of parts that need not be hashed to be found: the file begins as it did on another night. Whoever reads the first part waits for the file's hash.
    private let seals = Remembered<[Range<Int>: PartSeal]>()

    /// What a range came to. Lines count from its start.
    struct Outcome: Sendable {
        var account = RowAccount()
        /// Line breaks in the range, blank lines included.
        var lines = 0
        var endsBetweenRecords = false
        var endsWithLineBreak = false
        /// Where reading ended before the range did.
        var failure: (any Error)?
        /// By which the rows of the part are known on another night, when they are resolved; `nil` where none are kept, or no night's are told from another's.
        fileprivate(set) var identity: String?
        /// By which the keys of its rows are known on another night; `nil` where there are none, or they are not kept.
        fileprivate(set) var keyIdentity: String?
        /// Whether the keys are not at hand, because the ledger has the part.
        fileprivate(set) var lacksKeys = false
        let range: Range<Int>
        /// What it is found by on another night; `nil` where it is not kept.
        let seal: PartSeal?
        /// What was read, where it was not yet known who is who: the account then has nothing.
        fileprivate var unresolved: ReadPart?
    }

    /// Reads all records of a range, or finds what they came to when they were read before; the file's first one is its header.
    func read(_ range: Range<Int>) -> Outcome {
        if let cache, let seal = knownSeal(of: range, cache), let part = keptPart(seal, cache) { return outcome(of: part, range, seal) }
        guard let cache, let bytes = cache.bytes(of: range, path: file.path) else {
            let (part, failure) = readRecords(of: range)
            return outcome(of: part, range, nil, failure)
        }
        let seal = cache.seal(of: bytes, hasHeader: range.lowerBound == 0)
        if let part = keptPart(seal, cache) { return outcome(of: part, range, seal) }
        let (part, failure) = readAnew(range, bytes, seal)
        return outcome(of: part, range, seal, failure)
    }

    private func knownSeal(of range: Range<Int>, _ cache: PartCache.Scope) -> PartSeal? {
        seals.value { cache.seals(of: night.hashes[file]) }[range]
    }

    /// What a part came to on another night, with its keys where they are needed; `nil` where it must be read.
    private func keptPart(_ seal: PartSeal, _ cache: PartCache.Scope) -> ReadPart? {
        guard var part = cache.part(seal) else { return nil }
        if !part.lacksKeys || ledger.knows(part.keyIdentity(seal)) { return part }
        guard let keys = cache.keys(of: seal) else { return nil }
        (part.log.keys, part.lacksKeys) = (keys, false)
        return part
    }

    /// The keys of a part, which were left aside; where they are not whole the part is read again.
    ///
    /// - Throws: `TablesError` where they are nowhere to be had any more.
    func keys(of range: Range<Int>, _ seal: PartSeal?) throws -> KeyIndex {
        if let cache, let seal, let keys = cache.keys(of: seal) { return keys }
        let (part, failure) = readRecords(of: range)
        if let failure { throw failure }
        return part.log.keys
    }

    /// Reads all records of a range, and keeps what they come to for another night.
    ///
    /// - Parameter bytes: Those that the seal is made of: an export that is exchanged meanwhile must not stand under that of another.
    private func readAnew(_ range: Range<Int>, _ bytes: [UInt8], _ seal: PartSeal) -> (ReadPart, (any Error)?) {
        let (part, failure) = readRecords(of: range, bytes)
        // Where a guess of where records start was wrong, the range is never asked for again.
        if failure == nil, part.endsBetweenRecords { cache?.store(part, under: seal) }
        return (part, failure)
    }

    /// What a part comes to by what is known tonight, where that is known yet.
    private func outcome(of part: consuming ReadPart, _ range: Range<Int>, _ seal: PartSeal?, _ failure: (any Error)? = nil) -> Outcome {
        var part = part
        var outcome = Outcome(
            lines: part.lines, endsBetweenRecords: part.endsBetweenRecords, endsWithLineBreak: part.endsWithLineBreak, failure: failure, range: range,
            seal: seal)
        let isKept = seal != nil && failure == nil && part.endsBetweenRecords
        if let seal, isKept, part.lacksKeys || !part.log.keys.isEmpty { outcome.keyIdentity = part.keyIdentity(seal) }
        let canBeResolved = memories.areReady
        // Dozens of parts wait until it is known who is who.
        if !canBeResolved { part.log.trim() }
        outcome.unresolved = part
        if canBeResolved { resolve(&outcome) }
        return outcome
    }

    /// Finds all that the rows come to, where it was not known who is who when they were read.
    func resolve(_ outcome: inout Outcome) {
        // Taken out, because rows that two hold are copied when their cadres are set.
        guard var part = outcome.unresolved.take() else { return }
        outcome.account = memories.lend { memory in
            var meanings = LogMeanings(part.log.targets, &memory)
            if night.cache != nil, contract.keep == .rows { outcome.identity = part.identity(outcome.seal, meanings, memory) }
            if part.lacksRows, !memories.mayStand(outcome.identity, file: fileID) {
                outcome.failure = addRows(to: &part, outcome) ?? outcome.failure
                meanings = LogMeanings(part.log.targets, &memory)
            }
            outcome.lacksKeys = part.lacksKeys
            return part.resolved(meanings, for: contract.role, file: fileID, &memory)
        }
    }

    /// The rows of a part that had seemed to stand in the warehouse, and lies elsewhere.
    ///
    /// - Throws: `TablesError` where they are nowhere to be had any more.
    func rows(of outcome: Outcome) throws -> RowBatch? {
        guard let seal = outcome.seal else { return nil }
        // Those after it lie elsewhere too.
        memories.noteMoved(file: fileID)
        var part = cache?.part(seal) ?? ReadPart()
        if let failure = addRows(to: &part, outcome) { throw failure }
        return memories.lend { part.resolved(LogMeanings(part.log.targets, &$0), for: contract.role, file: fileID, &$0).rows }
    }

    /// Adds the rows that were left aside; where they are not whole the part is read again.
    ///
    /// - Returns: Why that failed: a night must not go on without them.
    private func addRows(to part: inout ReadPart, _ outcome: Outcome) -> (any Error)? {
        part.lacksRows = false
        if let cache, let seal = outcome.seal {
            part.account.rows = cache.rows(of: seal)
            if part.account.rows != nil { return nil }
        }
        let failure: (any Error)?
        if let cache, let bytes = cache.bytes(of: outcome.range, path: file.path) {
            (part, failure) = readAnew(outcome.range, bytes, cache.seal(of: bytes, hasHeader: outcome.range.lowerBound == 0))
        } else {
            (part, failure) = readRecords(of: outcome.range)
        }
        return failure
    }

    private func readRecords(of range: Range<Int>, _ bytes: [UInt8]? = nil) -> (ReadPart, (any Error)?) {
        do {
            var work = try newWork()
            let reader = try open(range, bytes)
            var failure: (any Error)?
            do {
                if range.lowerBound == 0 { _ = try reader.nextRow() }
                try reader.forEachRecord { record in
                    work.take(record)
                    return true
                }
            } catch {
                failure = error
            }
            // Where the file breaks, what stood before the place is accounted for all the same.
            var part = work.finished()
            part.lines = reader.linesPassed
            part.endsBetweenRecords = reader.endsBetweenRecords
            part.endsWithLineBreak = reader.endsWithLineBreak
            return (part, failure)
        } catch {
            return (ReadPart(), error)
        }
    }

    /// Reads only the records that start on some lines, ascending, which count from the start of the range.
    func readAgain(_ range: Range<Int>, _ lines: [RepeatedRows.Line]) throws -> RepeatedRows.Read {
        if lines.isEmpty { return RepeatedRows.Read() }
        var work = try newWork()
        let reader = try open(range)
        var contents: [UInt64] = []
        contents.reserveCapacity(lines.count)
        try reader.forEachRecord { record in
            let wanted = lines[contents.count]
            if record.line < Int(wanted.line) { return true }
            contents.append(record.line == Int(wanted.line) ? work.takeAgain(record, folding: wanted.isFolded) : 0)
            return contents.count < lines.count
        }
        let part = work.finished()
        let facts = memories.lend { part.log.resolved(LogMeanings(part.log.targets, &$0), file: Int32(fileID), &$0) }
        return RepeatedRows.Read(facts: facts, contents: contents)
    }

    private func newWork() throws -> RowWork {
        try RowWork(contract: contract, fold: fold, asOf: night.asOf, identityKey: night.identityKey, plan: plan, fileID: fileID)
    }

    private func open(_ range: Range<Int>, _ bytes: [UInt8]? = nil) throws -> CSVFileReader {
        var options = CSVReader.Options()
        // A block that stays in the cache between being read, checked and cut.
        options.bytesInBlock = max(1, min(range.count, 1 << 18))
        return try CSVFileReader(
            path: file.path, range: range, bytes: bytes, encoding: encoding, dialect: CSVDialect(delimiter: contract.delimiter), options: options)
    }
}
