import Crypto
import Synchronization

/// Length and SHA-256 of what goes into a file, for the manifest: of the very bytes that are handed to the system, so that what it says of the file is what a reader must find.
final class OutputDigest: Sendable {
    private let state = Mutex((bytes: 0, hash: SHA256()))

    /// Adds bytes, in the order in which they are written.
    func add(_ bytes: UnsafeRawBufferPointer) {
        state.withLock { state in
            state.bytes += bytes.count
            state.hash.update(bufferPointer: bytes)
        }
    }

    var bytes: Int { state.withLock { $0.bytes } }

    /// Of all bytes so far, in hexadecimal.
    var sha256: String { state.withLock { $0.hash.finalize() }.map(OutputDigest.hexadecimal).joined() }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16)
        return byte < 16 ? "0" + digits : digits
    }
}

extension OutputFile {
    /// A file whose bytes have all been added to a digest.
    init(name: String, _ digest: OutputDigest, rows: Int = 0) { self.init(name: name, bytes: digest.bytes, rows: rows, sha256: digest.sha256) }
}
