import Dispatch
import Glibc

/// Lets the kernel bring the pages of a long transaction to the disk while the transaction is at work, so that its end waits for the last of them and not for all.
///
/// Nothing depends on it but the time: what must be on the disk, and when, SQLite says at the commit.
final class EarlyWriting {
    private static let seconds = 0.5

    private let timer: any DispatchSourceTimer

    /// Begins with the files of this process that are open under a path; where there is none, or the kernel does not say, nothing is done.
    init(path: String) {
        // A queue of its own: the call waits for the disk, and must keep no thread from work.
        timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "early writing"))
        let descriptors = EarlyWriting.descriptors(of: path)
        timer.schedule(deadline: .now() + EarlyWriting.seconds, repeating: EarlyWriting.seconds)
        timer.setEventHandler { for descriptor in descriptors { fdatasync(descriptor) } }
        timer.activate()
    }

    deinit { timer.cancel() }

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
