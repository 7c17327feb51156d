import Glibc

/// A file of mode 0600, on the disk when it is written.
enum PrivateFile {
    /// Writes bytes to a path, over what is there.
    ///
    /// - Returns: What was written.
    static func write(_ bytes: [UInt8], to path: String) throws(ReportingError) -> OutputDigest {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: SystemError.current) }
        var written = 0
        var failure: String?
        while written < bytes.count, failure == nil {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress?.advanced(by: written), bytes.count - written) }
            if count >= 0 { written += count } else if errno != EINTR { failure = SystemError.current }
        }
        if failure == nil, fsync(descriptor) != 0 { failure = SystemError.current }
        if close(descriptor) != 0, failure == nil { failure = SystemError.current }
        if let failure { throw .cannotWrite(path: path, reason: failure) }
        let digest = OutputDigest()
        bytes.withUnsafeBytes { digest.add($0) }
        return digest
    }
}
