import PipelineModel
import Warehouse

/// What reading a part of a file comes to, whoever is on the roster and wherever the part lies in the file: lines count from its start.
struct ReadPart: Sendable {
    var log = WrittenLog()
    /// Without facts; the cadres of its rows are not set.
    var account = RowAccount()
    /// Line breaks in the part, blank lines included.
    var lines = 0
    var endsBetweenRecords = false
    var endsWithLineBreak = false
    /// The newest of all days that were compared with the night's.
    var latestDay = FactPartial.noDay

    /// The account with all that the rows come to, by what is known of targets.
    ///
    /// - Parameter file: The number of the file that the part is of.
    consuming func resolved(for role: SourceRole, file: Int, _ memory: inout ReadingMemory) -> RowAccount {
        let (log, meanings) = (log, LogMeanings(log.targets, &memory))
        if role.isAboutCadres {
            account.rows?.setCadres { row in
                let about = log.abouts[row]
                let cadre = about.target < 0 ? -1 : meanings.cadre(about.target, on: about.day, memory)
                return cadre < 0 ? nil : memory.cadreID(cadre)
            }
        }
        account.rows?.flush()
        account.partial = log.resolved(meanings, file: Int32(file), &memory)
        return account
    }
}

extension ReadPart {
    /// - Parameter asOf: The night on which the part was read.
    func bytes(asOf: CalendarDate) -> [UInt8] {
        var writer = PartWriter(expecting: 1 << 22)
        writer.put(Int(asOf.dayNumber))
        writer.put(Int(latestDay))
        writer.put(lines)
        writer.put(endsBetweenRecords ? 1 : 0)
        writer.put(endsWithLineBreak ? 1 : 0)
        account.store(in: &writer)
        log.store(in: &writer)
        return writer.bytes
    }

    /// - Parameters:
    ///   - asOf: Tonight. What was read on another night is the same tonight where all days that were compared with that night's had come, and have tonight.
    ///   - file: The number of the file that the part is of.
    /// - Returns: `nil` where the part must be read again for tonight.
    init?(_ bytes: UnsafeRawBufferPointer, role: SourceRole, asOf: CalendarDate, file: Int) throws(PartReader.Fault) {
        var reader = PartReader(bytes)
        let (night, latest) = (try reader.number(), try reader.number())
        guard night == Int(asOf.dayNumber) || (latest <= night && latest <= Int(asOf.dayNumber)) else { return nil }
        latestDay = Int32(truncatingIfNeeded: latest)
        lines = try reader.number()
        endsBetweenRecords = try reader.number() != 0
        endsWithLineBreak = try reader.number() != 0
        account = try RowAccount(from: &reader, role: role, file: file)
        log = try WrittenLog(from: &reader, file: Int32(file))
        guard reader.isAtEnd else { throw PartReader.Fault() }
    }
}
