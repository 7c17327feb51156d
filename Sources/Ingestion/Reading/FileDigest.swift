import Crypto
import FoundationEssentials
import Glibc
import PipelineModel

/// SHA-256 of files.
enum FileDigest {
    /// SHA-256 of a file's bytes in hexadecimal, read in blocks; `nil` where the file cannot be read to its end.
    static func sha256(of path: String) -> String? {
        let hash = hashed(path, step: .max).sha256
        return hash.isEmpty ? nil : hash
    }

    /// SHA-256 of a file's bytes and of its beginnings.
    static func hashed(_ path: String, step: Int) -> HashedFile {
        let none = HashedFile(step: step, sha256: "", beginnings: [])
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return none }
        defer { close(descriptor) }
        var hash = SHA256()
        var block = [UInt8](repeating: 0, count: 1 << 18)
        var (beginnings, bytes): ([[UInt8]], Int) = ([], 0)
        while true {
            let count = read(descriptor, &block, min(block.count, step - bytes % step))
            if count < 0 { return none }
            if count == 0 { break }
            // What ended just where a beginning does is one only if more follows.
            if bytes > 0, bytes % step == 0 { beginnings.append(Array(hash.finalize())) }
            hash.update(data: block[..<count])
            bytes += count
        }
        return HashedFile(step: step, sha256: hexadecimal(hash.finalize()), beginnings: beginnings)
    }

    static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        // By bytes: of a roster each identity number has one made, and characters take longer than the hash.
        func digit(_ value: UInt8) -> UInt8 { value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10 }
        return String(decoding: bytes.flatMap { [digit($0 >> 4), digit($0 & 15)] }, as: UTF8.self)
    }
}
