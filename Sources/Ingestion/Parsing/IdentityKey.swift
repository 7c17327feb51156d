import Crypto
import FoundationEssentials
import Glibc
import PipelineModel

/// The secret under which identity numbers are hashed, so that the warehouse can tell two people apart without knowing their numbers.
struct IdentityKey: Sendable {
    private static let minimumBytes = 16
    private let key: SymmetricKey

    init(bytes: [UInt8]) {
        key = SymmetricKey(data: bytes)
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

    /// HMAC-SHA256 of the number's ASCII characters, the first 16 bytes in hexadecimal.
    func hash(_ number: UnsafeBufferPointer<UInt8>) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Array(number), using: key)
        return FileDigest.hexadecimal(code.prefix(16))
    }
}

/// Citizens' identity numbers, GB 11643-1999: 17 digits and a check character by ISO 7064 MOD 11-2.
enum IdentityNumber {
    private static let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    private static let checkCharacters = Array("10X98765432".utf8)

    /// Whether the characters are a well-formed number: length, digits, a real date of birth and the check character (`X` or `x`).
    static func isValid(_ number: UnsafeBufferPointer<UInt8>) -> Bool {
        guard number.count == 18 else { return false }
        var sum = 0
        for index in 0..<17 {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(number[index]) else { return false }
            sum += Int(number[index] - UInt8(ascii: "0")) * weights[index]
        }
        func digits(_ range: Range<Int>) -> Int { range.reduce(0) { $0 * 10 + Int(number[$1] - UInt8(ascii: "0")) } }
        guard CalendarDate(year: digits(6..<10), month: digits(10..<12), day: digits(12..<14)) != nil else { return false }
        let last = number[17] == UInt8(ascii: "x") ? UInt8(ascii: "X") : number[17]
        return last == checkCharacters[sum % 11]
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
