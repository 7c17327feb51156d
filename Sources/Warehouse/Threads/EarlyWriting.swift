import Dispatch
import Glibc
import Synchronization

/// Lets the kernel bring the pages of a long transaction to the disk while the transaction is at work, so that its end waits for the last of them and not for all.
///
/// What must be on the disk, and when, SQLite says at the commit; but what the disk has refused the kernel tells once, to whoever asks first. So `end` comes before
/// the commit, and nothing is committed where it throws.
///
/// - Source: for the second sentence, fsync(2) and lwn.net/Articles/752063.
final class EarlyWriting {
    private static let seconds = 0.5

    private final class Files: Sendable {
        let descriptors: [Int32]
        /// What the disk has refused.
        let refusal = Mutex<Int32?>(nil)

        init(_ descriptors: [Int32]) { self.descriptors = descriptors }

        func write() {
            for descriptor in descriptors where fdatasync(descriptor) != 0 {
                let reason = errno
                refusal.withLock { $0 = $0 ?? reason }
            }
        }
    }

    private let files: Files
    // Its own: each call waits for the disk, and must keep no thread from work.
    private let queue = DispatchQueue(label: "early writing")
    private let timer: any DispatchSourceTimer

    /// Begins with the files of this process that are open under a path; where there is none, or the kernel does not say, nothing is done.
    convenience init(path: String) { self.init(EarlyWriting.descriptors(of: path)) }

    init(_ descriptors: [Int32]) {
        let files = Files(descriptors)
        self.files = files
        timer = DispatchSource.makeTimerSource(queue: queue)
        timer.schedule(deadline: .now() + EarlyWriting.seconds, repeating: EarlyWriting.seconds)
        timer.setEventHandler { files.write() }
        timer.activate()
    }

    deinit { timer.cancel() }

    /// Asks for all that has been written so far.
    func write() { queue.sync { files.write() } }

    /// Stops, when nothing is under way any more.
    ///
    /// - Throws: `WarehouseError.cannotStore` where the disk refused something.
    func end() throws(WarehouseError) {
        timer.cancel()
        queue.sync {}
        if let reason = files.refusal.withLock({ $0 }) { throw .cannotStore(reason: String(cString: strerror(reason))) }
    }

    /// SQLite's own descriptors: to open the file once more and close it would take SQLite's locks from it.
    ///
    /// - Source: sqlite.org/howtocorrupt.html, section 2.2.
    static func descriptors(of path: String) -> [Int32] {
        var wanted = stat()
        guard stat(path, &wanted) == 0, wanted.st_mode & S_IFMT == S_IFREG, let folder = opendir("/proc/self/fd") else { return [] }
        defer { closedir(folder) }
        var found: [Int32] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            var status = stat()
            guard let descriptor = Int32(name), fstat(descriptor, &status) == 0 else { continue }
            if status.st_dev == wanted.st_dev, status.st_ino == wanted.st_ino { found.append(descriptor) }
        }
        return found
    }
}
