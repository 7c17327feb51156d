import FoundationEssentials
import Glibc
import Tables

/// Files on the disk, as bytes. Kept parts go past the kernel's pages: each is written once, and read once, a night later.
enum PartFile {
    /// A range of a file.
    ///
    /// - Returns: `nil` where the file cannot be read, or does not have the whole range.
    static func bytes(of range: Range<Int>, path: String) -> [UInt8]? {
        guard let file = open(path, O_RDONLY) else { return nil }
        defer { close(file.descriptor) }
        let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { bytes, count in
            count = DirectAccess.read(file.descriptor, into: UnsafeMutableRawBufferPointer(bytes), wanted: range.count, at: range.lowerBound) ?? 0
        }
        return bytes.count == range.count ? bytes : nil
    }

    /// A whole file.
    ///
    /// - Returns: `nil` where it cannot be read.
    static func content(of path: String) -> Data? {
        guard let file = open(path, O_RDONLY) else { return nil }
        defer { close(file.descriptor) }
        DirectAccess.turn(on: true, for: file.descriptor)
        let memory = DirectAccess.allocate(file.bytes)
        guard let start = memory.baseAddress, DirectAccess.read(file.descriptor, into: memory, wanted: file.bytes, at: 0) == file.bytes else {
            memory.deallocate()
            return nil
        }
        return Data(bytesNoCopy: start, count: file.bytes, deallocator: .custom { memory, _ in memory.deallocate() })
    }

    /// Writes a new file of mode 0600.
    ///
    /// - Returns: Whether all was written; `errno` says why not.
    static func write(_ content: Data, to path: String) -> Bool {
        guard let file = open(path, O_WRONLY | O_CREAT | O_TRUNC) else { return false }
        let memory = DirectAccess.allocate(content.count)
        defer { memory.deallocate() }
        content.withUnsafeBytes { memory.copyMemory(from: $0) }
        let whole = content.count / DirectAccess.alignment * DirectAccess.alignment
        DirectAccess.turn(on: true, for: file.descriptor)
        var isWritten = DirectAccess.write(file.descriptor, UnsafeRawBufferPointer(rebasing: memory[..<whole]))
        if isWritten {
            // What is left is no whole block.
            DirectAccess.turn(on: false, for: file.descriptor)
            isWritten = DirectAccess.write(file.descriptor, UnsafeRawBufferPointer(rebasing: memory[whole..<content.count]))
        }
        let reason = errno
        let isClosed = close(file.descriptor) == 0
        if !isWritten { errno = reason }
        return isWritten && isClosed
    }

    /// What the disk of a folder has room for; `nil` where it does not say.
    static func bytesFree(in folder: String) -> Int? {
        var status = statvfs()
        return statvfs(folder, &status) == 0 ? Int(status.f_bavail) * Int(status.f_frsize) : nil
    }

    /// A regular file, and its length.
    private static func open(_ path: String, _ flags: Int32) -> (descriptor: Int32, bytes: Int)? {
        let descriptor = Glibc.open(path, flags | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return nil }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            return nil
        }
        return (descriptor, Int(status.st_size))
    }
}
