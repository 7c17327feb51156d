import PipelineModel
import Tables

/// Reads ranges of one file, each by itself: what several threads do at a time.
struct RangeReader: Sendable {
    let contract: SourceContract
    let fold: FactFold
    let asOf: CalendarDate
    let identityKey: IdentityKey?
    let memories: ReadingMemories
    let plan: ColumnPlan
    let path: String
    /// Not `auto`.
    let encoding: TextEncoding
    let fileID: Int

    /// What a range came to. Lines count from its start.
    struct Outcome: Sendable {
        var account = RowAccount()
        /// Line breaks in the range, blank lines included.
        var lines = 0
        var endsBetweenRecords = false
        var endsWithLineBreak = false
        /// Where reading ended before the range did.
        var failure: (any Error)?
    }

    /// Reads all records of a range; the file's first one is its header.
    func read(_ range: Range<Int>) -> Outcome {
        var outcome = Outcome()
        do {
            try withWork { work in
                // Where the file breaks, what stood before the place is accounted for all the same.
                defer {
                    work.finish()
                    outcome.account = work.account
                }
                let reader = try open(range)
                defer {
                    outcome.lines = reader.linesPassed
                    outcome.endsBetweenRecords = reader.endsBetweenRecords
                    outcome.endsWithLineBreak = reader.endsWithLineBreak
                }
                if range.lowerBound == 0 { _ = try reader.nextRow() }
                try reader.forEachRecord { record in
                    work.take(record)
                    return true
                }
            }
        } catch {
            outcome.failure = error
        }
        return outcome
    }

    /// Folds only the records that start on the given lines, ascending, which count from the start of the range.
    func fold(_ range: Range<Int>, lines: [Int]) throws -> FactPartial {
        if lines.isEmpty { return FactPartial() }
        return try withWork { work in
            let reader = try open(range)
            var next = 0
            try reader.forEachRecord { record in
                if record.line < lines[next] { return true }
                if record.line == lines[next] { work.foldAgain(record) }
                next += 1
                return next < lines.count
            }
            return work.account.partial
        }
    }

    private func withWork<Value>(_ body: (inout RowWork) throws -> Value) throws -> Value {
        try memories.lend { memory in
            var work = try RowWork(
                contract: contract, fold: fold, asOf: asOf, identityKey: identityKey, memory: memory, plan: plan, fileID: fileID)
            // One holder at a time: a memory that two hold is copied whole at the next change.
            memory = ReadingMemory.nothing
            defer { memory = work.memory }
            return try body(&work)
        }
    }

    private func open(_ range: Range<Int>) throws -> CSVFileReader {
        var options = CSVReader.Options()
        // A block that stays in the cache between being read, checked and cut.
        options.bytesInBlock = max(1, min(range.count, 1 << 18))
        return try CSVFileReader(
            path: path, range: range, encoding: encoding, dialect: CSVDialect(delimiter: contract.delimiter), options: options)
    }
}
