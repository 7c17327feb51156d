import Crypto
import Dispatch
import FoundationEssentials
import Glibc
import PipelineModel
import Synchronization

/// SHA-256 of files, for the manifest.
enum FileDigest {
    /// SHA-256 of a file's bytes in hexadecimal, read in blocks; `nil` where the file cannot be read to its end.
    static func sha256(of path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var hash = SHA256()
        var block = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = read(descriptor, &block, block.count)
            if count < 0 { return nil }
            if count == 0 { break }
            hash.update(data: block[..<count])
        }
        return hexadecimal(hash.finalize())
    }

    static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        // By bytes: of a roster each identity number has one made, and characters take longer than the hash.
        func digit(_ value: UInt8) -> UInt8 { value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10 }
        return String(decoding: bytes.flatMap { [digit($0 >> 4), digit($0 & 15)] }, as: UTF8.self)
    }
}

/// The digest of a file, worked out while the file is read: a hash goes from the first byte to the last, and cannot be cut.
final class PendingDigest: Sendable {
    /// Smaller files are hashed at once.
    private static let leastBytes = 1 << 20

    private let digest = Mutex<String?>(nil)
    private let isDone = DispatchGroup()

    /// - Parameter known: The digest, where the file was hashed before.
    init(of file: InputFile, threads: Int, known: String? = nil) {
        if let known {
            digest.withLock { $0 = known }
            return
        }
        let path = file.path
        guard threads > 1, file.bytes >= PendingDigest.leastBytes else {
            digest.withLock { $0 = FileDigest.sha256(of: path) }
            return
        }
        DispatchQueue.global().async(group: isDone) {
            let made = FileDigest.sha256(of: path)
            self.digest.withLock { $0 = made }
        }
    }

    /// Hexadecimal; empty where the file could not be read to its end. Waits for it.
    var value: String {
        isDone.wait()
        return digest.withLock { $0 } ?? ""
    }
}
