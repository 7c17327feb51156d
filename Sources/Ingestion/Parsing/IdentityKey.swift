import Crypto
import FoundationEssentials
import Glibc
import PipelineModel

/// The secret under which identity numbers are hashed, so that the warehouse can tell two people apart without knowing their numbers.
struct IdentityKey: Sendable {
    private static let minimumBytes = 16
    /// How many bytes a hash has as text.
    static let hashBytes = 32
    /// Has taken up the key and nothing else: the key's part is worked out once, and not for each of a hundred thousand numbers.
    private let keyed: HMAC<SHA256>

    init(bytes: [UInt8]) {
        keyed = HMAC(key: SymmetricKey(data: bytes))
    }

    /// The key that the pipeline names; `nil` where no contract maps an identity number.
    ///
    /// - Throws: `IngestionError.configuration` where the file cannot be read, is short, or others may read it.
    static func load(for pipeline: Pipeline) throws(IngestionError) -> IdentityKey? {
        guard let file = pipeline.identityKeyFile else { return nil }
        let path = pipeline.folder + "/" + file
        guard let data = FileManager.default.contents(atPath: path) else {
            throw .configuration([.unusableKey(file, "cannot be read")])
        }
        var status = stat()
        guard stat(path, &status) == 0 else { throw .configuration([.unusableKey(file, "cannot be read")]) }
        if !pipeline.identityKeyIsDemonstration, status.st_mode & 0o077 != 0 {
            throw .configuration([.unusableKey(file, "may be read by others")])
        }
        let bytes = Array(data.filter { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") })
        guard bytes.count >= minimumBytes else {
            throw .configuration([.unusableKey(file, "is shorter than \(minimumBytes) bytes")])
        }
        return IdentityKey(bytes: bytes)
    }

    /// Tells one key from another, and nothing of either.
    func hash(of text: String) -> String {
        FileDigest.hexadecimal(code(of: Array(text.utf8)))
    }

    /// HMAC-SHA256 of the number's ASCII characters, the first 16 bytes in hexadecimal.
    func hash(_ number: UnsafeBufferPointer<UInt8>) -> String {
        // One number, one hash: the check character is written either way.
        FileDigest.hexadecimal(code(of: number.map { $0 == UInt8(ascii: "x") ? UInt8(ascii: "X") : $0 }).prefix(IdentityKey.hashBytes / 2))
    }

    private func code(of bytes: [UInt8]) -> HMAC<SHA256>.MAC {
        var code = keyed
        code.update(data: bytes)
        return code.finalize()
    }
}

extension Finding {
    fileprivate static func unusableKey(_ file: String, _ why: String) -> Finding {
        Finding(
            "UnusableIdentityKey", .error, at: Location(file: file, field: "identityKey"), message: "the key of identity hashes \(why)",
            hint: "make one with: head -c 32 /dev/urandom | base64 > FILE && chmod 600 FILE")
    }

    static func demonstrationKey(file: String) -> Finding {
        Finding(
            "DemonstrationKey", .note, at: Location(file: file), message: "identity numbers are hashed under the published demonstration key",
            hint: "before real people's data are read, make a key of your own (docs/operations.md)")
    }
}
