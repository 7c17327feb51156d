import FoundationEssentials
import Glibc
import PipelineModel
import Synchronization
import Warehouse

/// What parts of files came to, for another night: each in a file that is named by, and locked with, what is made of the part's bytes and of all else that reading it
/// depends on (`PartSeal`).
///
/// Nothing in it is ever looked for by a name, a place or a time, so that what it holds changes how long a night takes, and nothing else. A file that cannot be
/// opened is as if it were not there.
final class PartCache: Sendable {
    /// How parts are found: with all that reading depends on but for the part and the night.
    struct Scope: Sendable {
        fileprivate let cache: PartCache
        fileprivate let context: String
        fileprivate let role: SourceRole
        fileprivate let file: Int
    }

    private struct State {
        var used: Set<String> = []
        var filesWritten = 0
        var failure: String?
    }

    private static let partialSuffix = ".partial"

    /// Smaller parts are read as quickly as they would be found.
    static let leastBytes = 1 << 16

    private let folder: String
    /// Program, configuration and key, as `NightFingerprint` has them.
    let reading: String
    let secret: String
    private let asOf: CalendarDate
    private let leastBytes: Int
    private let bytesLeftFree: Int
    private let state = Mutex(State())
    /// Writes files: who reads goes on while the disk is waited for.
    private let writing: SideQueue

    /// - Parameters:
    ///   - key: The pipeline's, from which the secret of its parts is made.
    ///   - leastBytes: Of parts that are kept.
    ///   - bytesLeftFree: So much of the disk is left to the night itself, which must not fail for want of room that was taken for the next.
    ///   - threads: Changes the time, and nothing else.
    init(folder: String, reading: String, key: IdentityKey?, asOf: CalendarDate, leastBytes: Int, bytesLeftFree: Int, threads: Int) {
        (self.folder, self.reading, self.asOf, self.leastBytes, self.bytesLeftFree) = (folder, reading, asOf, leastBytes, bytesLeftFree)
        secret = key?.hash(of: "parts of exports") ?? ""
        writing = SideQueue("keeps parts", waiting: 3, threads: threads)
    }

    /// Why parts could not be stored, as far as is known; `nil` where all were.
    var failure: String? { state.withLock(\.failure) }

    /// Waits until all that is kept is on its way to the disk, or has failed.
    func finishWriting() { writing.wait() }

    /// - Parameters:
    ///   - context: Header and encoding.
    ///   - file: The number that the file has tonight.
    /// - Returns: `nil` for what depends on the night in a way of its own: whether a date of birth can be right.
    func scope(_ context: [String], of contract: SourceContract, file: Int) -> Scope? {
        if contract.role == .roster { return nil }
        return Scope(cache: self, context: (words(of: contract) + context).joined(separator: "\u{1F}"), role: contract.role, file: file)
    }

    /// What reading any file of a contract depends on, but for the file: the contract's own words are those of the configuration, which is known by its hash.
    func words(of contract: SourceContract) -> [String] { [reading, contract.name, contract.from?.description ?? ""] }

    /// Removes what no part of tonight's files is, when all are read: it is about files that nobody has any more.
    func removeUnused() {
        let used = state.withLock(\.used)
        guard let directory = opendir(folder) else { return }
        defer { closedir(directory) }
        var unused: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            let isOwn = name.utf8.count == PartSeal.nameLength && name.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
            if (isOwn && !used.contains(name)) || name.hasSuffix(PartCache.partialSuffix) { unused.append(name) }
        }
        for name in unused { unlink("\(folder)/\(name)") }
    }
}

extension PartCache.Scope {
    /// The bytes of a range of a file; `nil` where they are too few, or cannot be read.
    func bytes(of range: Range<Int>, path: String) -> [UInt8]? { range.count < cache.leastBytes ? nil : PartFile.bytes(of: range, path: path) }

    /// What a part is found by.
    func seal(of bytes: [UInt8], hasHeader: Bool) -> PartSeal {
        PartSeal(context: context + (hasHeader ? "\u{1F}with header" : ""), bytes: bytes, secret: cache.secret)
    }

    /// What the part of a seal comes to tonight, but for its rows (`rows`) and keys (`keys`); `nil` where nobody has read it, or it must be read again.
    func part(_ seal: PartSeal) -> ReadPart? {
        guard let content = cache.content(of: seal, .account) else { return nil }
        guard let part = content.withUnsafeBytes({ try? ReadPart($0, asOf: cache.asOf, file: file) }) else { return nil }
        cache.state.withLock { state in
            state.used.insert(seal.name(.account))
            if part.lacksRows { state.used.insert(seal.name(.rows)) }
            if part.lacksKeys { state.used.insert(seal.name(.keys)) }
        }
        return part
    }

    /// The rows of a part that was found; `nil` where they are not whole.
    func rows(of seal: PartSeal) -> RowBatch? {
        guard let content = cache.content(of: seal, .rows) else { return nil }
        return content.withUnsafeBytes { bytes in
            var reader = PartReader(bytes)
            guard let rows = try? RowBatch(of: role, from: &reader), reader.isAtEnd else { return nil }
            return rows
        }
    }

    /// The keys of a part that was found; `nil` where they are not whole.
    func keys(of seal: PartSeal) -> KeyIndex? {
        guard let content = cache.content(of: seal, .keys) else { return nil }
        return content.withUnsafeBytes { bytes in
            var reader = PartReader(bytes)
            guard let keys = try? KeyIndex(from: &reader, file: Int32(file)), reader.isAtEnd else { return nil }
            return keys
        }
    }

    /// What finds the index of a file by its beginning.
    func seal(ofBeginning hash: [UInt8]) -> PartSeal { PartSeal(context: context + "\u{1F}beginning", bytes: hash, secret: cache.secret) }

    /// The index of a seal; `nil` where none is whole.
    func index(_ seal: PartSeal) -> FileIndex? {
        guard let content = cache.content(of: seal, .account) else { return nil }
        let index = content.withUnsafeBytes { bytes in
            var reader = PartReader(bytes)
            return try? FileIndex(from: &reader)
        }
        if index != nil { cache.use(seal.name(.account)) }
        return index
    }

    /// Keeps the index of a file.
    func store(_ index: FileIndex, under seal: PartSeal) {
        let isWanted = cache.state.withLock { $0.failure == nil && !$0.used.contains(seal.name(.account)) }
        if isWanted { cache.store(index.bytes, seal, .account) }
    }

    /// Keeps what a part came to. Where that fails nothing more is kept tonight, and `failure` says why.
    func store(_ part: ReadPart, under seal: PartSeal) {
        if cache.failure != nil { return }
        mkdir(cache.folder, 0o700)
        guard PartFile.bytesFree(in: cache.folder).map({ $0 >= cache.bytesLeftFree }) ?? true else {
            cache.state.withLock { $0.failure = "the disk has too little room" }
            return
        }
        // The account is what a part is found by, and says that there are rows and keys: it comes when they are there.
        if let rows = part.account.rows, !cache.store(rows.bytes, seal, .rows) { return }
        if !part.log.keys.isEmpty, !cache.store(part.log.keys.bytes, seal, .keys) { return }
        cache.store(part.bytes(asOf: cache.asOf), seal, .account)
    }
}

extension PartCache {
    func content(of seal: PartSeal, _ content: PartSeal.Content) -> Data? {
        PartFile.content(of: "\(folder)/\(seal.name(content))").flatMap { seal.opened($0, content) }
    }

    /// Notes that a file is tonight's too.
    func use(_ name: String) { state.withLock { _ = $0.used.insert(name) } }

    /// Keeps a file after those before it; where one of them fails it is left out.
    ///
    /// - Returns: Whether it could be locked.
    @discardableResult func store(_ bytes: [UInt8], _ seal: PartSeal, _ content: PartSeal.Content) -> Bool {
        guard let locked = seal.locked(bytes, content) else { return false }
        writing.add { self.write(locked, as: seal.name(content)) }
        return true
    }

    private func write(_ locked: Data, as name: String) {
        if failure != nil { return }
        // Two parts of the same bytes may be stored at a time.
        let number = state.withLock { state in
            state.used.insert(name)
            state.filesWritten += 1
            return state.filesWritten
        }
        let path = "\(folder)/\(name)"
        let partial = "\(path).\(number)\(PartCache.partialSuffix)"
        if PartFile.write(locked, to: partial), rename(partial, path) == 0 { return }
        let reason = String(cString: strerror(errno))
        unlink(partial)
        state.withLock { $0.failure = reason }
    }
}
