import Glibc

/// A file being written: whole, or an error with its number.
final class FileSink: ByteSink {
    let path: String
    private let descriptor: Int32
    private var isOpen = true

    /// Makes the file, or empties it; readable by its owner only.
    init(path: String) throws(TablesError) {
        self.path = path
        let opened = uninterrupted { Int(open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)) }
        guard opened >= 0 else { throw .cannotWrite(path: path, errno: Int32(-opened)) }
        descriptor = Int32(opened)
        // A file that was there keeps its old mode through `open`. A device is not ours to change.
        var status = stat()
        if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, fchmod(descriptor, 0o600) != 0 {
            throw .cannotWrite(path: path, errno: errno)
        }
    }

    deinit { if isOpen { _ = Glibc.close(descriptor) } }

    func write(_ bytes: [UInt8]) throws(TablesError) {
        let failed: TablesError? = bytes.withUnsafeBytes { bytes in
            do throws(TablesError) {
                try write(bytes)
                return nil
            } catch {
                return error
            }
        }
        if let failed { throw failed }
    }

    /// Whether what is written from now on goes past the kernel's pages: by `writeBlocks`.
    func turnDirectAccess(on isDirect: Bool) {
        // The number of a closed descriptor may be another file's by now.
        if isOpen { DirectAccess.turn(on: isDirect, for: descriptor) }
    }

    /// Writes from memory, in lengths and at places that are multiples of `DirectAccess.alignment`, but at the end of the file.
    func writeBlocks(_ bytes: UnsafeRawBufferPointer) throws(TablesError) {
        guard isOpen else { throw .cannotWrite(path: path, errno: EBADF) }
        guard DirectAccess.write(descriptor, bytes) else { throw .cannotWrite(path: path, errno: errno) }
    }

    private func write(_ bytes: UnsafeRawBufferPointer) throws(TablesError) {
        guard isOpen else { throw .cannotWrite(path: path, errno: EBADF) }
        var rest = bytes
        while !rest.isEmpty {
            let count = uninterrupted { Glibc.write(descriptor, rest.baseAddress, rest.count) }
            // No progress and no reason: better to fail than to spin.
            guard count != 0 else { throw .cannotWrite(path: path, errno: EIO) }
            guard count > 0 else { throw .cannotWrite(path: path, errno: Int32(-count)) }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }

    /// Brings the bytes to the disk and closes the file; the second time does nothing.
    func close() throws(TablesError) {
        guard isOpen else { return }
        isOpen = false
        let synced = fsync(descriptor) == 0 ? 0 : errno
        let closed = Glibc.close(descriptor) == 0 ? 0 : errno
        // A pipe or a device has nothing to bring to a disk.
        if synced != 0 && synced != EINVAL && synced != EROFS { throw .cannotWrite(path: path, errno: synced) }
        if closed != 0 && closed != EINTR { throw .cannotWrite(path: path, errno: closed) }
    }
}
