import Foundation
import Glibc

/// The few things a run does to folders, each with the error of a run.
enum FileSystem {
    static func message(_ number: Int32 = errno) -> String {
        guard let words = strerror(number) else { return "error \(number)" }
        return String(cString: words)
    }

    /// What lies at a path, not following a symbolic link.
    static func kind(of path: String) -> Kind {
        var status = stat()
        guard lstat(path, &status) == 0 else { return errno == ENOENT ? .nothing : .unknown }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: return .folder
        case S_IFLNK: return .link
        default: return .file
        }
    }

    enum Kind { case nothing, file, folder, link, unknown }

    /// Makes a folder of mode 0700, and the folders above it where they are missing. One that is there stays as it is.
    static func makeFolder(_ path: String) throws(NightError) {
        if mkdir(path, 0o700) == 0 { return }
        switch errno {
        case EEXIST:
            var status = stat()
            guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
                throw .cannotWrite(path: path, reason: "there is a file where the folder should be")
            }
        case ENOENT:
            let parent = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
            guard !parent.isEmpty, parent != path else { throw .cannotWrite(path: path, reason: message(ENOENT)) }
            try makeFolder(parent)
            guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .cannotWrite(path: path, reason: message()) }
        default: throw .cannotWrite(path: path, reason: message())
        }
    }

    /// Names in a folder, sorted.
    static func names(in path: String) throws(NightError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: path).sorted()
        } catch {
            throw .cannotWrite(path: path, reason: "the folder cannot be listed")
        }
    }

    /// Brings a folder's entries to the disk.
    static func synchronise(_ path: String) throws(NightError) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: message()) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .cannotWrite(path: path, reason: message()) }
    }

    static func rename(_ old: String, to new: String) throws(NightError) {
        guard Glibc.rename(old, new) == 0 else { throw .cannotWrite(path: new, reason: message()) }
    }

    /// Makes a symbolic link point at a target, in one step for whoever reads through it.
    static func point(_ link: String, at target: String) throws(NightError) {
        let temporary = link + ".new"
        unlink(temporary)
        guard symlink(target, temporary) == 0 else { throw .cannotWrite(path: temporary, reason: message()) }
        try rename(temporary, to: link)
    }

    /// Where a symbolic link points; `nil` where there is none.
    static func target(of link: String) -> String? { try? FileManager.default.destinationOfSymbolicLink(atPath: link) }

    /// Removes a folder and what is in it.
    static func remove(_ path: String) throws(NightError) {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            throw .cannotWrite(path: path, reason: "it cannot be removed")
        }
    }
}
