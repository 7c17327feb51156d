import Crypto
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
    /// On which nights it comes to the same.
    var nights = NightsOfPart()
    /// Whether it has rows that are not in the account: they are kept by themselves.
    var lacksRows = false
    /// Whether it has keys that are not in the log: they too are kept by themselves.
    var lacksKeys = false

    /// The account with all that the rows come to, by what is known of targets.
    ///
    /// - Parameters:
    ///   - meanings: Of the targets of its log.
    ///   - file: The number of the file that the part is of.
    consuming func resolved(_ meanings: LogMeanings, for role: SourceRole, file: Int, _ memory: inout ReadingMemory) -> RowAccount {
        let log = log
        if role.isAboutCadres { account.rows?.setCadres { log.abouts[$0].cadre(meanings, memory) } }
        account.rows?.flush()
        account.partial = log.resolved(meanings, file: Int32(file), &memory)
        return account
    }
}

extension WrittenLog.About {
    /// The number of the cadre that the row is about; `nil` where it is not known.
    @inline(__always)
    fileprivate func cadre(_ meanings: LogMeanings, _ memory: ReadingMemory) -> String? {
        let cadre = target < 0 ? -1 : meanings.cadre(target, on: day, memory)
        return cadre < 0 ? nil : memory.cadreID(cadre)
    }
}

extension ReadPart {
    /// By which rows of the part are known, stored as they are tonight: one program and configuration makes the same rows of whatever has it.
    ///
    /// - Parameters:
    ///   - seal: Where the part has one it is made of the part's bytes.
    ///   - meanings: Of the targets of its log.
    func identity(_ seal: PartSeal?, _ meanings: LogMeanings, _ memory: ReadingMemory) -> String {
        if log.abouts.isEmpty { return rowsAsRead(seal) }
        var cadres: [UInt8] = []
        cadres.reserveCapacity(log.abouts.count * 12)
        for about in log.abouts {
            if let id = about.cadre(meanings, memory) { cadres.append(contentsOf: id.utf8) }
            cadres.append(0)
        }
        return "\(rowsAsRead(seal)) \(FileDigest.hexadecimal(SHA256.hash(data: cadres)))"
    }

    /// What rows are before it is known who is who. Beside the part's bytes they depend on which days had come; where these are not hashed the rows are looked at themselves.
    private func rowsAsRead(_ seal: PartSeal?) -> String {
        guard let seal else {
            var hash = SHA256()
            hash.update(data: bytes(asOf: CalendarDate(dayNumber: 0)))
            if let rows = account.rows { hash.update(data: rows.bytes) }
            return FileDigest.hexadecimal(hash.finalize())
        }
        return "\(seal.name(.rows)) \(nights.latestThatHasCome) \(nights.firstToCome)"
    }

    /// By which the keys of its rows are known: one program and configuration makes the same keys of the part's bytes, of those rows that are known by then.
    func keyIdentity(_ seal: PartSeal) -> String { "\(seal.name(.keys)) \(nights.latestThatHasCome) \(nights.firstToCome)" }

    /// All but its rows and keys.
    ///
    /// - Parameter asOf: The night on which the part was read.
    func bytes(asOf: CalendarDate) -> [UInt8] {
        var writer = PartWriter(expecting: 1 << 22)
        writer.put([asOf.dayNumber, nights.latestThatHasCome, nights.firstToCome])
        writer.put(lines)
        writer.put(endsBetweenRecords ? 1 : 0)
        writer.put(endsWithLineBreak ? 1 : 0)
        writer.put(account.rows == nil ? 0 : 1)
        writer.put(log.keys.isEmpty ? 0 : 1)
        account.store(in: &writer)
        log.store(in: &writer)
        return writer.bytes
    }

    /// - Parameters:
    ///   - asOf: Tonight.
    ///   - file: The number of the file that the part is of.
    /// - Returns: `nil` where the part must be read again for tonight.
    init?(_ bytes: UnsafeRawBufferPointer, asOf: CalendarDate, file: Int) throws(PartReader.Fault) {
        var reader = PartReader(bytes)
        let days = try reader.entries(of: Int32.self)
        guard days.count == 3 else { throw PartReader.Fault() }
        let night = days[0]
        nights = NightsOfPart(latestThatHasCome: days[1], firstToCome: days[2])
        guard nights.contain(asOf.dayNumber) else { return nil }
        lines = try reader.number()
        endsBetweenRecords = try reader.number() != 0
        endsWithLineBreak = try reader.number() != 0
        lacksRows = try reader.number() != 0
        lacksKeys = try reader.number() != 0
        account = try RowAccount(from: &reader, file: file)
        log = try WrittenLog(withoutKeysFrom: &reader, file: Int32(file))
        guard reader.isAtEnd else { throw PartReader.Fault() }
        if !log.come(asOf.dayNumber, from: night) { return nil }
    }
}

/// The nights on which reading a part comes to the same: of the days that were asked whether they have come, the same have.
struct NightsOfPart: Sendable {
    private(set) var latestThatHasCome = FactPartial.noDay
    private(set) var firstToCome = Int32.max

    init() {}

    init(latestThatHasCome: Int32, firstToCome: Int32) { (self.latestThatHasCome, self.firstToCome) = (latestThatHasCome, firstToCome) }

    /// Notes a day of a row that is read on a night.
    @inline(__always)
    mutating func note(_ day: Int32, on night: Int32) {
        if day <= night { latestThatHasCome = max(latestThatHasCome, day) } else { firstToCome = min(firstToCome, day) }
    }

    func contain(_ night: Int32) -> Bool { latestThatHasCome <= night && night < firstToCome }
}

extension WrittenLog {
    /// Makes a log of one night that of another.
    ///
    /// - Returns: Whether it is known: not where days had come that had not yet.
    fileprivate mutating func come(_ night: Int32, from before: Int32) -> Bool {
        if night < before { return newestDay <= night }
        newestDay = daysToCome.reduce(newestDay) { $1 <= night ? max($0, $1) : $0 }
        return true
    }
}
