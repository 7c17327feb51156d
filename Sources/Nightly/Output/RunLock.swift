import Glibc

/// The right to write into an output folder; given up when the value goes away, or the process ends in whatever way.
struct RunLock: ~Copyable {
    private let descriptor: Int32

    /// Takes the lock, without waiting.
    ///
    /// - Throws: `NightError.lockHeld`; `cannotWrite` where the file cannot be made.
    init(path: String) throws(NightError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: FileSystem.message()) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let number = errno
            let holder = RunLock.holder(descriptor)
            close(descriptor)
            if number == EWOULDBLOCK { throw .lockHeld(path: path, process: holder) }
            throw .cannotWrite(path: path, reason: FileSystem.message(number))
        }
        self.descriptor = descriptor
        // Who holds it, for the message of the next one; the lock itself does not depend on it.
        let text = Array("\(getpid())\n".utf8)
        if ftruncate(descriptor, 0) == 0 { _ = text.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) } }
    }

    deinit { close(descriptor) }

    private static func holder(_ descriptor: Int32) -> String? {
        var bytes = [UInt8](repeating: 0, count: 32)
        let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        guard count > 0 else { return nil }
        let digits = bytes.prefix(count).prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return digits.isEmpty ? nil : String(decoding: digits, as: UTF8.self)
    }
}
